/**
 * The codes of a value set that lists them or takes in whole code systems, where no terminology server is needed to know them.
 * https://hl7.org/fhir/R4/valueset.html#compositions
 */

interface RawInclude {
  readonly system?: string;
  readonly concept?: readonly { readonly code: string }[];
  readonly filter?: readonly unknown[];
  readonly valueSet?: readonly string[];
}

export interface RawValueSet {
  readonly url: string;
  readonly compose?: { readonly include?: readonly RawInclude[]; readonly exclude?: readonly unknown[] };
}

interface RawConcept {
  readonly code: string;
  readonly concept?: readonly RawConcept[];
}

export interface RawCodeSystem {
  readonly url: string;
  readonly content: string;
  readonly concept?: readonly RawConcept[];
}

type ByUrl<T> = ReadonlyMap<string, T>;

/** Sorted, each once; undefined when the codes cannot be listed: filters, exclusions, code systems that are not here as a whole. */
export function enumeratedCodes(
  set: RawValueSet | undefined,
  sets: ByUrl<RawValueSet>,
  systems: ByUrl<RawCodeSystem>,
): readonly string[] | undefined {
  const codes = codesOfSet(set, sets, systems, []);
  return codes && [...new Set(codes)].sort();
}

/** `within` holds the value sets that import this one: a circle has no codes of its own to add. */
function codesOfSet(
  set: RawValueSet | undefined,
  sets: ByUrl<RawValueSet>,
  systems: ByUrl<RawCodeSystem>,
  within: readonly RawValueSet[],
): string[] | undefined {
  if (!set?.compose?.include || set.compose.exclude || within.includes(set)) return undefined;
  const codes: string[] = [];
  for (const include of set.compose.include) {
    const part = include.valueSet ? imported(include, sets, systems, [...within, set]) : codesOfInclude(include, systems);
    if (part === undefined) return undefined;
    codes.push(...part);
  }
  return codes;
}

/** One imported value set and nothing else; intersections are left to terminology. */
function imported(
  { system, valueSet = [] }: RawInclude,
  sets: ByUrl<RawValueSet>,
  systems: ByUrl<RawCodeSystem>,
  within: readonly RawValueSet[],
): string[] | undefined {
  const [url, ...others] = valueSet;
  if (url === undefined || others.length > 0 || system !== undefined) return undefined;
  return codesOfSet(sets.get(url.split('|')[0] ?? ''), sets, systems, within);
}

function codesOfInclude({ system, concept, filter }: RawInclude, systems: ByUrl<RawCodeSystem>): string[] | undefined {
  if (filter) return undefined;
  if (concept) return concept.map(({ code }) => code);
  const found = systems.get(system ?? '');
  return found?.content === 'complete' && found.concept ? allCodes(found.concept) : undefined;
}

const allCodes = (concepts: readonly RawConcept[]): string[] => concepts.flatMap(({ code, concept = [] }) => [code, ...allCodes(concept)]);
