/**
 * Where an element of a differential belongs: by its id where ids are to be trusted, by path and order otherwise.
 * https://hl7.org/fhir/R4/elementdefinition.html#id, https://hl7.org/fhir/R4/profiling.html#slicing
 */
import type { RawElement } from './structure-definition.ts';

/** `component:systolic` → name and slice. */
export interface Step {
  readonly name: string;
  readonly slice: string | undefined;
}

/** Steps from the root with the slices that the id names; undefined when it does not say the same as the path. */
function stepsOfId({ id, path }: RawElement): readonly Step[] | undefined {
  if (id === undefined) return undefined;
  const names = path.split('.');
  const parts = id.split('.');
  if (parts.length !== names.length) return undefined;
  const steps = parts.map((part) => {
    const colon = part.indexOf(':');
    return colon < 0 ? { name: part, slice: undefined } : { name: part.slice(0, colon), slice: part.slice(colon + 1) };
  });
  return steps.every(({ name }, i) => name === names[i]) ? steps.slice(1) : undefined;
}

/** SHALL: the id of a slice ends with its name — elementdefinition.html#id. Where one does not, the ids are of another make. */
function isTrusted(element: RawElement): boolean {
  const steps = stepsOfId(element);
  return steps !== undefined && (element.sliceName === undefined || steps.at(-1)?.slice === element.sliceName);
}

interface Open {
  readonly names: readonly string[];
  readonly steps: readonly Step[];
}

/** Steps of each element, in the order of the elements. */
export function stepsOf(elements: readonly RawElement[]): (readonly Step[])[] {
  if (elements.every(isTrusted)) return elements.map((element) => stepsOfId(element) ?? []);
  const open: Open[] = [];
  return elements.map((element) => {
    const names = element.path.split('.').slice(1);
    while (open.length > 0 && !isBelow(names, open.at(-1)?.names ?? [])) open.pop();
    const top = open.at(-1);
    const known = top?.steps ?? [];
    const rest = names.slice(known.length).map((name) => ({ name, slice: undefined }));
    const steps: Step[] = [...known, ...rest];
    const last = steps.at(-1);
    if (last !== undefined && element.sliceName !== undefined) steps[steps.length - 1] = { name: last.name, slice: element.sliceName };
    open.push({ names, steps });
    return steps;
  });
}

const isBelow = (names: readonly string[], above: readonly string[]): boolean =>
  names.length > above.length && above.every((name, i) => name === names[i]);
