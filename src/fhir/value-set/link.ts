/**
 * A value set with everything that its definition names put in place: code systems, imported value sets, tests for filters. What is
 * missing is noted where it is missing, because it may not matter to a single code. https://hl7.org/fhir/R4/valueset.html#compositions
 */
import { bareConcept, type CodeSystem, type Concept, incompleteness } from './code-system.ts';
import { type ConceptTest, compileFilter } from './filter.ts';
import { isReason, type Reason, reason } from './reason.ts';
import { linkExpansion } from './stored-expansion.ts';
import type { RawInclude, RawValueSet } from './value-set.ts';

/** What an include or exclude says of codes of its system; all of it must hold, and the imports as well. */
export interface LinkedInclude {
  readonly system?: string;
  /** Of several lists one concept each by its code; absent where the system is not listed but selected from. */
  readonly listed?: ReadonlyMap<string, Concept>;
  readonly codeSystem?: CodeSystem;
  readonly tests: readonly ConceptTest[];
  /** Why the codes of the system that belong here are not known. */
  readonly unknown?: Reason;
  readonly imports: readonly (LinkedValueSet | Reason)[];
}

export interface LinkedValueSet {
  readonly url: string;
  readonly version?: string;
  /** Inactive codes were taken out by the definition. */
  readonly activeOnly: boolean;
  readonly include: readonly LinkedInclude[];
  readonly exclude: readonly LinkedInclude[];
}

/** What is loaded, by canonical (`url` or `url|version`) or system and version; a Reason where it is not. */
export interface Loaded {
  valueSet(canonical: string): RawValueSet | Reason;
  codeSystem(url: string, version: string | undefined): CodeSystem | Reason;
}

const deepest = 100;

export const linkValueSet = (raw: RawValueSet, loaded: Loaded): LinkedValueSet => new Linker(loaded).link(raw);

class Linker {
  private readonly loaded: Loaded;
  private readonly done = new Map<RawValueSet, LinkedValueSet>();
  private readonly path: RawValueSet[] = [];

  constructor(loaded: Loaded) {
    this.loaded = loaded;
  }

  link(raw: RawValueSet): LinkedValueSet {
    const known = this.done.get(raw);
    if (known) return known;
    this.path.push(raw);
    const { url, version, compose } = raw;
    const linked: LinkedValueSet = {
      url,
      ...(version === undefined ? {} : { version }),
      activeOnly: compose?.inactive === false,
      include: compose?.include?.map((each) => this.include(each, raw)) ?? linkExpansion(raw),
      exclude: (compose?.exclude ?? []).map((each) => this.include(each, raw)),
    };
    this.path.pop();
    this.done.set(raw, linked);
    return linked;
  }

  private include(raw: RawInclude, within: RawValueSet): LinkedInclude {
    const imports = (raw.valueSet ?? []).map((canonical) => this.imported(canonical));
    if (raw.system !== undefined) return { imports, ...this.selection(raw.system, raw, within) };
    // SHALL: have a value set or a system, and a system with concepts or filters — valueset.html#invs (vsd-1, vsd-2)
    if (raw.concept ?? raw.filter) return { imports, ...invalid('an include or exclude has concepts or filters and no system') };
    return imports.length === 0
      ? { imports, ...invalid('an include or exclude names neither a system nor a value set') }
      : { imports, tests: [] };
  }

  private imported(canonical: string): LinkedValueSet | Reason {
    const raw = this.loaded.valueSet(canonical);
    if (isReason(raw)) return raw;
    if (this.path.includes(raw)) return reason('invalid', `${canonical} imports itself${through(this.path, raw)}`);
    return this.path.length < deepest ? this.link(raw) : reason('too-costly', `value sets import each other more than ${deepest} deep`);
  }

  private selection(system: string, { version, concept, filter }: RawInclude, { compose }: RawValueSet): Omit<LinkedInclude, 'imports'> {
    const found = this.loaded.codeSystem(system, version === '*' ? undefined : version);
    const codeSystem = isReason(found) ? undefined : found;
    const known = { system, ...(codeSystem ? { codeSystem } : {}) };
    // SHALL NOT: have both concept and filter — valueset.html#invs (vsd-3)
    if (concept && filter) return { ...known, ...invalid('an include or exclude has both concept and filter') };
    if (concept) return { ...known, listed: listedConcepts(system, concept, codeSystem), tests: [] };
    if (isReason(found)) return { ...known, ...undecided(found) };
    if (compose?.lockedDate !== undefined && version === undefined) return { ...known, ...undecided(locked(system, compose.lockedDate)) };
    if (filter && found.endless) return { ...known, ...undecided(found.endless) };
    const tests = (filter ?? []).map((each) => compileFilter(each, found));
    const refused = tests.find(isReason);
    if (refused) return { ...known, ...undecided(refused) };
    const unknown = incompleteness(found);
    return { ...known, tests: tests.filter((test): test is ConceptTest => !isReason(test)), ...(unknown ? { unknown } : {}) };
  }
}

/** Nothing is known of any code, not even that it belongs. */
const undecided = (unknown: Reason): Pick<LinkedInclude, 'tests' | 'unknown'> => ({ tests: [() => false], unknown });

const invalid = (text: string): Pick<LinkedInclude, 'tests' | 'unknown'> => undecided(reason('invalid', text));

const locked = (system: string, date: string): Reason =>
  reason('not-supported', `it is locked to what ${system} was on ${date}, and no version of ${system} is named`);

function through(path: readonly RawValueSet[], raw: RawValueSet): string {
  const between = path.slice(path.indexOf(raw) + 1).map(({ url }) => url);
  return between.length === 0 ? '' : ` through ${between.join(', ')}`;
}

/** Listed codes that a complete code system does not define are no codes. */
function listedConcepts(
  system: string,
  listed: NonNullable<RawInclude['concept']>,
  codeSystem: CodeSystem | undefined,
): Map<string, Concept> {
  const concepts = new Map<string, Concept>();
  for (const { code, display } of listed) {
    const defined = codeSystem?.concept(code);
    if (codeSystem?.complete && !codeSystem.endless && defined === undefined) continue;
    const concept = defined ?? bareConcept(system, code);
    const isShownAsDefined = display === undefined || display === concept.display;
    if (!concepts.has(concept.code)) concepts.set(concept.code, isShownAsDefined ? concept : { ...concept, display });
  }
  return concepts;
}
