/**
 * Profiles by canonical: each is loaded together with all that it needs, once for every generation of the source.
 * https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/R4/references.html#canonical
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import type { CompiledExpression } from '../../fhir/fhirpath/fhirpath.ts';
import type { ConformanceSource } from '../validation.ts';
import type { Compiler, ValueCheck } from './compiler.ts';
import { elementCheck } from './element-check.ts';
import type { ElementNode } from './element-node.ts';
import { expressionOn } from './expression.ts';
import { layersOf, needsOf } from './layers.ts';
import { Profile } from './profile.ts';
import { simpleQuantity } from './simple-quantity.ts';
import { bareCanonical, isStructureDefinition, type StructureDefinition, specifiedName } from './structure-definition.ts';
import { createKeysOf, type KeysOf } from './typed-keys.ts';
import { wellFormed } from './well-formed.ts';

/** Canonicals kept at a time, known and unknown ones. */
const mostKept = 20_000;
/** Canonicals that one profile may lead to. */
const mostNeeded = 1_000;

interface Loaded {
  readonly profile: Profile;
  readonly needs: readonly string[];
}

export class Library implements Compiler {
  readonly definitions: Definitions;
  readonly keysOf: KeysOf;
  private readonly source: ConformanceSource;
  /** Of loads that are under way. */
  private readonly raw = new Map<string, Promise<StructureDefinition | undefined>>();
  private readonly loaded = new Map<string, Loaded | undefined>();
  /** Canonicals of which everything they need is loaded. */
  private readonly complete = new Set<string>();
  private readonly expressions = new Map<string, CompiledExpression | FhirPathError>();
  private readonly checks = new Map<ElementNode, Map<string, ValueCheck | undefined>>();

  constructor(definitions: Definitions, source: ConformanceSource) {
    this.definitions = definitions;
    this.keysOf = createKeysOf(definitions);
    this.source = source;
  }

  /** Then another should be started. */
  get isFull(): boolean {
    return this.loaded.size > mostKept;
  }

  profile(canonical: string): Profile | undefined {
    const known = this.loaded.get(canonical);
    return known === undefined ? this.typeProfile(canonical) : known.profile;
  }

  /** A type of the specification is a profile that asks for nothing but the type. */
  private typeProfile(canonical: string): Profile | undefined {
    const name = specifiedName(canonical);
    if (name === undefined || this.definitions.type(name) === undefined) return undefined;
    const url = bareCanonical(canonical);
    const profile = new Profile({ resourceType: 'StructureDefinition', url, type: name, kind: 'resource' }, [], this);
    this.loaded.set(canonical, { profile, needs: [] });
    return profile;
  }

  /** Whether nothing is left to be loaded for the canonical. */
  isComplete(canonical: string): boolean {
    return this.complete.has(canonical);
  }

  expression(text: string, type: string): CompiledExpression | FhirPathError {
    const key = `${type} ${text}`;
    const known = this.expressions.get(key) ?? expressionOn(this.definitions, text, type);
    this.expressions.set(key, known);
    return known;
  }

  valueCheck(node: ElementNode, type: string): ValueCheck | undefined {
    const checks = this.checks.get(node) ?? new Map<string, ValueCheck | undefined>();
    this.checks.set(node, checks);
    if (!checks.has(type)) checks.set(type, elementCheck(this, node, type));
    return checks.get(type);
  }

  /** One after the other, so that no cycle waits for itself. */
  async load(canonical: string): Promise<Profile | undefined> {
    const seen = new Set([canonical]);
    for (const next of seen) {
      if (this.complete.has(next)) continue;
      const loaded = await this.own(next);
      for (const need of loaded?.needs ?? []) seen.add(need);
      if (seen.size > mostNeeded) return this.boundless(canonical, seen);
    }
    for (const one of seen) {
      this.complete.add(one);
      this.raw.delete(one);
    }
    return this.profile(canonical);
  }

  /** Nothing is checked against what leads to so much. */
  private async boundless(canonical: string, seen: ReadonlySet<string>): Promise<Profile | undefined> {
    const definition = await this.find(canonical);
    for (const one of seen) this.raw.delete(one);
    const text = `The profile ${canonical} leads to more than ${mostNeeded} others, so nothing was checked against it`;
    const profile = definition && new Profile(definition, [], this, { code: 'too-costly', text });
    this.loaded.set(canonical, profile && { profile, needs: [] });
    this.complete.add(canonical);
    return profile;
  }

  private async own(canonical: string): Promise<Loaded | undefined> {
    if (this.loaded.has(canonical)) return this.loaded.get(canonical);
    const definition = await this.find(canonical);
    const loaded = definition === undefined ? undefined : await this.open(definition, partOf(canonical));
    // Another load may have been faster: there is one Profile for each canonical.
    if (!this.loaded.has(canonical)) this.loaded.set(canonical, loaded);
    return this.loaded.get(canonical);
  }

  private async open(definition: StructureDefinition, part: string | undefined): Promise<Loaded> {
    const { layers, fault } = await layersOf(definition, this.definitions, (canonical) => this.find(canonical));
    return { profile: new Profile(definition, layers, this, fault, part), needs: needsOf(layers, this.definitions) };
  }

  private find(canonical: string): Promise<StructureDefinition | undefined> {
    const known = this.raw.get(canonical);
    if (known !== undefined) return known;
    const found = this.ask(canonical);
    this.raw.set(canonical, found);
    return found;
  }

  private async ask(canonical: string): Promise<StructureDefinition | undefined> {
    const found = await this.source.find('StructureDefinition', canonical.split('#')[0] ?? canonical);
    if (found !== undefined && isStructureDefinition(found)) return wellFormed(found);
    return bareCanonical(canonical) === simpleQuantity.url ? simpleQuantity : undefined;
  }
}

/** The id of the element that is meant, in `canonical#id`. */
const partOf = (canonical: string): string | undefined =>
  canonical.includes('#') ? canonical.slice(canonical.indexOf('#') + 1) : undefined;
