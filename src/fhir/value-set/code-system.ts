/**
 * A CodeSystem resource read into concepts that can be looked up, with their place in the hierarchy.
 * https://hl7.org/fhir/R4/codesystem.html
 */
import { type Reason, reason } from './reason.ts';

export interface RawProperty {
  readonly code: string;
  readonly [value: `value${string}`]: unknown;
}

export interface RawConcept {
  readonly code: string;
  readonly display?: string;
  readonly designation?: readonly { readonly value?: string }[];
  readonly property?: readonly RawProperty[];
  readonly concept?: readonly RawConcept[];
}

export interface RawCodeSystem {
  readonly url: string;
  readonly version?: string;
  readonly content: string;
  readonly supplements?: string;
  readonly caseSensitive?: boolean;
  readonly hierarchyMeaning?: string;
  readonly property?: readonly { readonly code: string; readonly uri?: string }[];
  readonly concept?: readonly RawConcept[];
  /** Of one whose codes follow a grammar. */
  readonly accepts?: (code: string) => boolean;
}

export interface Concept {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  /** Further displays, such as those of other languages. */
  readonly designations?: readonly string[];
  /** Only there to group and select others: `notSelectable`. */
  readonly abstract: boolean;
  /** Not for use any more: `inactive`, or retired by its status. */
  readonly inactive: boolean;
  readonly properties: readonly (readonly [code: string, value: string])[];
  /** One step up and down; a concept can have several parents. */
  readonly parents: readonly Concept[];
  readonly children: readonly Concept[];
}

export interface CodeSystem {
  readonly url: string;
  readonly version?: string;
  /** Every code is here: only then is a code that is not here no code. */
  readonly complete: boolean;
  /** Why its codes cannot be listed, although every single one can be told. */
  readonly endless?: Reason;
  /** What is here of it: complete, fragment, example, not-present, supplement. */
  readonly content: string;
  /** The system whose codes it adds to: its canonical is no system of codes. */
  readonly supplements?: string;
  /** Why steps of the hierarchy say nothing about is-a; absent where they do. */
  readonly otherHierarchy?: string;
  /** In the order of the resource, parents before their nested children. */
  readonly concepts: readonly Concept[];
  /** Codes of the properties that are declared or used. */
  readonly properties: ReadonlySet<string>;
  concept(code: string): Concept | undefined;
}

type Growing = Concept & { properties: [string, string][]; parents: Concept[]; children: Concept[] };

/** Hierarchies of other meanings order concepts without saying that the lower one is a kind of the upper one. */
const otherHierarchies: ReadonlySet<string | undefined> = new Set(['part-of', 'grouped-by']);

/** Concept properties of the specification carry its URI; in practice many are known by their code alone. */
const standardProperty = 'http://hl7.org/fhir/concept-properties#';
const parentProperties: ReadonlySet<string> = new Set(['parent', 'subsumedBy']);
const retired: ReadonlySet<string> = new Set(['retired', 'inactive']);

/** Its canonical, with the version where it has one. */
export const nameOf = ({ url, version }: { readonly url: string; readonly version?: string }): string =>
  version === undefined ? url : `${url}|${version}`;

/** Why what is not here may still be a code of it. */
export function incompleteness(system: CodeSystem): Reason | undefined {
  if (system.complete) return undefined;
  const name = nameOf(system);
  if (system.concepts.length === 0) return reason('not-supported', `the codes of ${name} are not loaded`);
  return reason('not-supported', `only some codes of ${name} are loaded (content: ${system.content})`);
}

/** A concept of which nothing is known but its code. */
export const bareConcept = (system: string, code: string): Concept => ({
  system,
  code,
  abstract: false,
  inactive: false,
  properties: [],
  parents: [],
  children: [],
});

function grammarSystem(url: string, accepts: (code: string) => boolean): CodeSystem {
  return {
    url,
    complete: true,
    endless: reason('not-supported', `the codes of ${url} follow a grammar and cannot all be listed`),
    content: 'complete',
    concepts: [],
    properties: new Set(),
    concept: (code) => (accepts(code) ? bareConcept(url, code) : undefined),
  };
}

export function readCodeSystem(raw: RawCodeSystem): CodeSystem {
  if (raw.accepts !== undefined) return grammarSystem(raw.url, raw.accepts);
  const concepts: Growing[] = [];
  grow(raw.url, raw.concept ?? [], undefined, concepts);
  const byCode = new Map<string, Growing>();
  for (const concept of concepts) if (!byCode.has(concept.code)) byCode.set(concept.code, concept);
  const meaning = standardMeanings(raw);
  for (const concept of concepts) linkByProperties(concept, meaning, byCode);
  return {
    url: raw.url,
    ...(raw.version === undefined ? {} : { version: raw.version }),
    // One that lists nothing has its codes elsewhere, whatever it says.
    complete: raw.content === 'complete' && concepts.length > 0,
    content: raw.content,
    ...(raw.supplements === undefined ? {} : { supplements: raw.supplements }),
    ...(otherHierarchies.has(raw.hierarchyMeaning) ? { otherHierarchy: raw.hierarchyMeaning as string } : {}),
    concepts,
    properties: new Set([
      ...(raw.property ?? []).map(({ code }) => code),
      ...concepts.flatMap(({ properties }) => properties.map(([code]) => code)),
    ]),
    concept: lookUp(byCode, raw.caseSensitive),
  };
}

function grow(system: string, raw: readonly RawConcept[], parent: Growing | undefined, concepts: Growing[]): void {
  for (const { code, display, designation = [], property = [], concept: nested = [] } of raw) {
    const properties = property.flatMap(textOf);
    const designations = designation.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    const grown: Growing = {
      system,
      code,
      ...(display === undefined ? {} : { display }),
      ...(designations.length === 0 ? {} : { designations }),
      abstract: properties.some(([name, value]) => name === 'notSelectable' && value === 'true'),
      inactive: properties.some(([name, value]) => (name === 'inactive' && value === 'true') || (name === 'status' && retired.has(value))),
      properties,
      parents: [],
      children: [],
    };
    concepts.push(grown);
    if (parent) join(parent, grown);
    grow(system, nested, grown, concepts);
  }
}

function join(parent: Growing, child: Growing): void {
  if (child.parents.includes(parent)) return;
  parent.children.push(child);
  child.parents.push(parent);
}

/** `valueCode`, `valueBoolean` … as the text that filters compare; a Coding by its code. */
function textOf(property: RawProperty): [string, string][] {
  const name = Object.keys(property).find((key) => key.startsWith('value'));
  const value = name === undefined ? undefined : property[name as `value${string}`];
  const plain = typeof value === 'object' && value !== null ? (value as { code?: unknown }).code : value;
  return plain === undefined || plain === null ? [] : [[property.code, String(plain)]];
}

/** Code of a property → what it means, for those that the resource ties to the specification. */
const standardMeanings = ({ property = [] }: RawCodeSystem): ReadonlyMap<string, string> =>
  new Map(property.flatMap(({ code, uri = '' }) => (uri.startsWith(standardProperty) ? [[code, uri.slice(standardProperty.length)]] : [])));

function linkByProperties(concept: Growing, meaning: ReadonlyMap<string, string>, byCode: ReadonlyMap<string, Growing>): void {
  for (const [code, value] of concept.properties) {
    const name = meaning.get(code) ?? code;
    const other = name === 'child' || parentProperties.has(name) ? byCode.get(value) : undefined;
    if (other === undefined) continue;
    if (name === 'child') join(concept, other);
    else join(other, concept);
  }
}

/** Where a code system does not say that case matters, a code is accepted in any case that leaves no doubt which it is. */
function lookUp(byCode: ReadonlyMap<string, Concept>, caseSensitive: boolean | undefined): CodeSystem['concept'] {
  if (caseSensitive === true) return (code) => byCode.get(code);
  let folded: Map<string, Concept | undefined> | undefined;
  return (code) => {
    folded ??= fold(byCode);
    return byCode.get(code) ?? folded.get(code.toLowerCase());
  };
}

function fold(byCode: ReadonlyMap<string, Concept>): Map<string, Concept | undefined> {
  const folded = new Map<string, Concept | undefined>();
  for (const [code, concept] of byCode) folded.set(code.toLowerCase(), folded.has(code.toLowerCase()) ? undefined : concept);
  return folded;
}
