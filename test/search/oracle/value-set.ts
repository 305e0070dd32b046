/** Value sets that are published whole: which codes they have, and the systems of plain codes. https://hl7.org/fhir/R4/valueset.html */
import { codesOf } from './code-system.ts';
import { definitionsOf, structureOf } from './definition.ts';

interface Element {
  readonly path: string;
  readonly binding?: { readonly valueSet?: string };
}

interface Include {
  readonly system?: string;
  readonly concept?: readonly { readonly code: string }[];
  readonly valueSet?: readonly string[];
  readonly filter?: readonly unknown[];
}

interface ValueSet {
  readonly url?: string;
  readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly Include[] };
}

let sets: ReadonlyMap<string, ValueSet> | undefined;

const setOf = (url: string): ValueSet | undefined => {
  sets ??= new Map((definitionsOf('ValueSet') as readonly ValueSet[]).map((each) => [each.url ?? '', each]));
  return sets.get(url.replace(/\|.*$/, ''));
};

const isPlain = ({ system, concept, valueSet, filter }: Include): boolean =>
  filter === undefined && valueSet === undefined && system !== undefined && (concept !== undefined || codesOf(system) !== undefined);

/** All its codes can be told: none is filtered, excluded, or of a system that is not published. */
export function isWhole(url: string): boolean {
  const compose = setOf(url)?.compose;
  return compose !== undefined && compose.exclude === undefined && compose.include.every(isPlain);
}

/** Of a value set that is whole. */
export const hasCode = (url: string, system: string, code: string): boolean =>
  (setOf(url)?.compose?.include ?? []).some(
    (each) =>
      each.system === system &&
      (each.concept === undefined ? codesOf(system)?.has(code) === true : each.concept.some((one) => one.code === code)),
  );

const elementsOf = new Map<string, readonly Element[]>();

function elements(type: string): readonly Element[] {
  const known = elementsOf.get(type);
  if (known) return known;
  const found = (structureOf(type) ?? {}) as { snapshot?: { element: readonly Element[] } };
  elementsOf.set(type, found.snapshot?.element ?? []);
  return found.snapshot?.element ?? [];
}

/** The value set that an element of the definitions is bound to. */
export const bindingOf = (path: string): string | undefined =>
  elements(path.split('.')[0] ?? '').find((each) => each.path === path || each.path === `${path}[x]`)?.binding?.valueSet;

/** Of a system that is not published whole any code may be one. */
const isOf = (system: string, concept: Include['concept'], code: string): boolean =>
  concept === undefined ? codesOf(system)?.has(code) !== false : concept.some((each) => each.code === code);

function systemsOf(url: string, code: string): readonly string[] {
  return (setOf(url)?.compose?.include ?? []).flatMap(({ system, concept, valueSet = [] }) => [
    ...(system !== undefined && isOf(system, concept, code) ? [system] : []),
    ...valueSet.flatMap((other) => systemsOf(other, code)),
  ]);
}

/** Systems that a plain code at a path of the definitions can be of. */
export function implicitSystems(path: string, code: string): readonly string[] {
  const url = bindingOf(path);
  return url === undefined ? [] : systemsOf(url, code);
}
