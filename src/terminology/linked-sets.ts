/** Value sets with all that their definitions name: read as far as they lead, and kept until one of the definitions changes. */
import type { CodeSystem } from '../fhir/value-set/code-system.ts';
import { type LinkedValueSet, linkValueSet } from '../fhir/value-set/link.ts';
import { isReason, type Reason, reason } from '../fhir/value-set/reason.ts';
import type { RawValueSet } from '../fhir/value-set/value-set.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { Catalogue, Found } from './catalogue.ts';
import { weightOf } from './shelf.ts';
import type { Kind } from './source.ts';

interface Part {
  readonly kind: Kind;
  readonly reference: string;
  readonly found: Found<Kind>;
}

interface Linked {
  readonly set: LinkedValueSet;
  /** Every definition that was asked for, also those that are not loaded. */
  readonly parts: readonly Part[];
  readonly generation: number;
  readonly until: number;
}

export interface LinkedSetsOptions {
  readonly catalogue: Catalogue;
  /** Milliseconds for which a value set is taken for unchanged. */
  readonly trust: number;
  readonly now: () => number;
}

/** Concepts that the kept value sets hold or refer to. */
const mostConcepts = 300_000;

export class LinkedSets {
  private readonly options: LinkedSetsOptions;
  private readonly linked = new BoundedCache<Linked>(mostConcepts);
  private readonly underway = new Map<string, Promise<LinkedValueSet | Reason>>();
  /** Grows when everything has to be asked for again. */
  private generation = 0;

  constructor(options: LinkedSetsOptions) {
    this.options = options;
  }

  forget(): void {
    this.generation++;
  }

  /** The same object as long as nothing changed of what it is made of; a Reason where the value set itself is not loaded. */
  async get(reference: string): Promise<LinkedValueSet | Reason> {
    const known = this.linked.get(reference);
    if (known && known.generation === this.generation && this.options.now() < known.until) return known.set;
    const name = `${this.generation} ${reference}`;
    const started = this.underway.get(name) ?? this.renew(reference, known);
    this.underway.set(name, started);
    return started.finally(() => this.underway.delete(name));
  }

  private async renew(reference: string, known: Linked | undefined): Promise<LinkedValueSet | Reason> {
    const times = { generation: this.generation, until: this.options.now() + this.options.trust };
    const fresh = known && (await this.isUnchanged(known)) ? known : await this.link(reference);
    if (isReason(fresh)) return fresh;
    this.linked.set(
      reference,
      { ...fresh, ...times },
      fresh.parts.reduce((sum, { found }) => sum + weightOfPart(found), 0),
    );
    return fresh.set;
  }

  private async isUnchanged({ parts }: Linked): Promise<boolean> {
    const keys = await Promise.all(parts.map(async ({ kind, reference }) => (await this.options.catalogue.find(kind, reference)).key));
    return parts.every(({ found }, i) => found.key === keys[i]);
  }

  private async link(reference: string): Promise<Pick<Linked, 'set' | 'parts'> | Reason> {
    const { value, key } = await this.options.catalogue.find('ValueSet', reference);
    if (isReason(value)) return value;
    const gathering = new Gathering(this.options.catalogue);
    gathering.add('ValueSet', reference, { value, key });
    for (;;) {
      const set = linkValueSet(value, gathering);
      if (!(await gathering.readMissing())) return { set, parts: gathering.parts() };
    }
  }
}

const weightOfPart = ({ value }: Found<Kind>): number => (isReason(value) ? 1 : weightOf(value));

/** Definitions that one value set may lead to. */
const mostParts = 1000;

const tooMany = reason('too-costly', `it leads to more than ${mostParts} other definitions`);
const notYet = reason('not-found', 'it is not read yet');

/** What linking asks for is not there the first time; it is read, and linking begins anew. */
class Gathering {
  private readonly catalogue: Catalogue;
  private readonly known = new Map<string, Part>();
  private readonly missing = new Map<string, Omit<Part, 'found'>>();
  /** One object for one content: cycles are found by it. */
  private readonly byKey = new Map<string, Found<Kind>['value']>();

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  parts(): readonly Part[] {
    return [...this.known.values()];
  }

  add(kind: Kind, reference: string, found: Found<Kind>): void {
    const value = (found.key === undefined ? undefined : this.byKey.get(found.key)) ?? found.value;
    if (found.key !== undefined) this.byKey.set(found.key, value);
    this.known.set(`${kind} ${reference}`, { kind, reference, found: { ...found, value } });
  }

  valueSet(canonical: string): RawValueSet | Reason {
    return this.take('ValueSet', canonical) as RawValueSet | Reason;
  }

  codeSystem(url: string, version: string | undefined): CodeSystem | Reason {
    return this.take('CodeSystem', version === undefined ? url : `${url}|${version}`) as CodeSystem | Reason;
  }

  private take(kind: Kind, reference: string): Found<Kind>['value'] {
    const known = this.known.get(`${kind} ${reference}`);
    if (known) return known.found.value;
    if (this.known.size + this.missing.size >= mostParts) return tooMany;
    this.missing.set(`${kind} ${reference}`, { kind, reference });
    return notYet;
  }

  /** False when nothing was missing. */
  async readMissing(): Promise<boolean> {
    const missing = [...this.missing.values()];
    this.missing.clear();
    const found = await Promise.all(missing.map(({ kind, reference }) => this.catalogue.find(kind, reference)));
    for (const [i, { kind, reference }] of missing.entries()) this.add(kind, reference, found[i] as Found<Kind>);
    return missing.length > 0;
  }
}
