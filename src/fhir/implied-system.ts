/**
 * The systems of plain codes: those of the value set that the element is bound to. https://hl7.org/fhir/R4/search.html#token
 */
import type { SlimType } from './slim.ts';
import type { CodeSystem } from './value-set/code-system.ts';
import { expandValueSet } from './value-set/expansion.ts';
import { linkValueSet } from './value-set/link.ts';
import { isReason, reason } from './value-set/reason.ts';
import type { RawValueSet } from './value-set/value-set.ts';

type ByUrl<T> = ReadonlyMap<string, T>;

/** A system and its codes in the value set; without codes: they are all of the value set's, or cannot be listed. */
export type ImpliedSystem = readonly [system: string, ...codes: string[]];

const withoutVersion = (canonical: string): string => canonical.split('|')[0] ?? '';

/** Value sets that elements of plain codes are bound to. */
function boundSets(types: readonly SlimType[]): readonly string[] {
  const elements = types.flatMap((type) => type.elements).filter((element) => element.types.some((each) => each === 'code'));
  return [...new Set(elements.flatMap(({ binding }) => (binding ? [binding[1]] : [])))].sort();
}

/** All systems that a value set takes codes from, whether or not they can be listed. */
function namedSystems(url: string, sets: ByUrl<RawValueSet>): readonly string[] {
  const include = sets.get(withoutVersion(url))?.compose?.include ?? [];
  return [
    ...new Set(
      include.flatMap(({ system, valueSet = [] }) => [
        ...(system === undefined ? [] : [system]),
        ...valueSet.flatMap((other) => namedSystems(other, sets)),
      ]),
    ),
  ];
}

function systemsOf(url: string, sets: ByUrl<RawValueSet>, systems: ByUrl<CodeSystem>): readonly ImpliedSystem[] {
  const set = sets.get(withoutVersion(url));
  const names = namedSystems(url, sets);
  if (set === undefined || names.length < 2) return names.map((name) => [name]);
  const concepts = expandValueSet(
    linkValueSet(set, {
      valueSet: (canonical) => sets.get(withoutVersion(canonical)) ?? reason('not-found', `${canonical} is not here`),
      codeSystem: (name) => systems.get(name) ?? reason('not-found', `${name} is not here`),
    }),
  );
  if (isReason(concepts)) return names.map((name) => [name]);
  return names.map((name) => [name, ...concepts.filter(({ system }) => system === name).map(({ code }) => code)]);
}

/** By the value set, as bindings name it. */
export function impliedSystems(
  types: readonly SlimType[],
  sets: ByUrl<RawValueSet>,
  systems: ByUrl<CodeSystem>,
): Readonly<Record<string, readonly ImpliedSystem[]>> {
  const found = boundSets(types).map((url) => [url, systemsOf(url, sets, systems)] as const);
  return Object.fromEntries(found.filter(([, list]) => list.length > 0));
}
