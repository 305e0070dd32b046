/** What stands at a path of an ElementDefinition, by the definitions of the standard. https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.path */
import type { Definitions, ElementDefinition } from '../../../fhir/definitions.ts';

/** Where a path leads: the element, and the types of what stands there. */
export interface PathTarget {
  /** Absent for the root. */
  readonly element?: ElementDefinition;
  readonly types: readonly string[];
}

/** Names of children; `value[x]` and `valueString` too. */
export function childOf(definitions: Definitions, types: readonly string[], step: string): PathTarget | undefined {
  const name = step.replace(/\[x\]$/, '');
  for (const type of types) {
    const properties = definitions.properties(type);
    const exact = properties.get(name);
    if (exact !== undefined)
      return { element: exact.element, types: step === exact.element.name ? typesOf(exact.element) : [exact.type.code] };
    const choice = [...properties.values()].find(({ element }) => element.choice && element.name === name);
    if (choice !== undefined) return { element: choice.element, types: typesOf(choice.element) };
  }
  return undefined;
}

const typesOf = ({ types }: ElementDefinition): string[] => types.map(({ code }) => code);

/** Undefined when the definitions have no such element; types that they do not know are looked into no further. */
export function targetOf(definitions: Definitions, path: string): PathTarget | 'unknown' | undefined {
  const [root = '', ...steps] = path.split('.');
  if (definitions.type(root) === undefined) return 'unknown';
  let target: PathTarget = { types: [root] };
  for (const step of steps) {
    if (target.types.some((type) => definitions.type(type) === undefined || type === 'Resource')) return 'unknown';
    const next = childOf(definitions, target.types, step) ?? primitiveChild(definitions, target.types, step);
    if (next === undefined) return undefined;
    target = next;
  }
  return target;
}

/** The value of a primitive is of no type of FHIR. */
const primitiveChild = (definitions: Definitions, types: readonly string[], step: string): PathTarget | undefined =>
  step === 'value' && types.some((type) => definitions.type(type)?.kind === 'primitive') ? { types: [] } : undefined;
