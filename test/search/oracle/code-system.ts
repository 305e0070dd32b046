/** Codes of the published code systems, with what each is a kind of. https://hl7.org/fhir/R4/codesystem.html#hierarchy */
import { definitionsOf } from './definition.ts';

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

interface CodeSystem {
  readonly url?: string;
  readonly content?: string;
  readonly hierarchyMeaning?: string;
  readonly concept?: readonly Concept[];
}

/** Codes, each with those right above it. */
export type Codes = ReadonlyMap<string, ReadonlySet<string>>;

let systems: ReadonlyMap<string, CodeSystem> | undefined;

/** Only those that are published whole. */
const systemOf = (url: string): CodeSystem | undefined => {
  systems ??= new Map((definitionsOf('CodeSystem') as readonly CodeSystem[]).map((each) => [each.url ?? '', each]));
  const found = systems.get(url);
  return found?.content === 'complete' ? found : undefined;
};

const known = new Map<string, Codes | undefined>();

function read(concepts: readonly Concept[], above: string | undefined, into: Map<string, Set<string>>): void {
  for (const { code, concept = [] } of concepts) {
    const parents = into.get(code) ?? new Set();
    if (above !== undefined) parents.add(above);
    into.set(code, parents);
    read(concept, code, into);
  }
}

/** Undefined for what is not published whole. */
export function codesOf(url: string): Codes | undefined {
  if (known.has(url)) return known.get(url);
  const system = systemOf(url);
  const codes = new Map<string, Set<string>>();
  read(system?.concept ?? [], undefined, codes);
  const found = codes.size === 0 ? undefined : codes;
  known.set(url, found);
  return found;
}

/** Whether a code is another one or below it. */
export function isBelow(codes: Codes, code: string, other: string): boolean {
  if (code === other) return codes.has(code);
  return [...(codes.get(code) ?? [])].some((parent) => isBelow(codes, parent, other));
}
