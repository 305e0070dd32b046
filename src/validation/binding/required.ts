/**
 * Required bindings of resources that are checked when they are written, beside plain codes, which are checked with the structure.
 * https://hl7.org/fhir/R4/terminologies.html#required
 */
import type { Definitions, Property } from '../../fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import type { Questions } from './questions.ts';

interface Bound {
  /** JSON properties from the resource on. */
  readonly steps: readonly Step[];
  readonly type: string;
  readonly valueSet: string;
}

interface Step {
  readonly key: string;
  readonly name: string;
  readonly many: boolean;
}

export interface RequiredBindings {
  /** Whether the resource has an element with such a binding. */
  concern(resource: Resource): boolean;
  ask(resource: Resource, at: string, questions: Questions): void;
}

const bindable: ReadonlySet<string> = new Set(['code', 'Coding', 'CodeableConcept', 'Quantity']);

/** Elements of resources and of their inline structures, not of data types. */
export function requiredBindings(definitions: Definitions): RequiredBindings {
  const known = new Map<string, readonly Bound[]>();
  const boundOf = (type: string): readonly Bound[] => {
    const found = known.get(type) ?? boundBelow(definitions, type, []);
    known.set(type, found);
    return found;
  };
  return {
    concern: (resource) => boundOf(resource.resourceType).some(({ steps: [first] }) => first !== undefined && first.key in resource),
    ask: (resource, at, questions) => {
      for (const { steps, type, valueSet } of boundOf(resource.resourceType)) {
        visit(resource, steps, at, (value, path) => questions.add({ valueSet, strength: 'required', type, value, at: path }));
      }
    },
  };
}

const deepest = 10;

function boundBelow(definitions: Definitions, owner: string, above: readonly Step[]): Bound[] {
  if (above.length > deepest) return [];
  return [...definitions.properties(owner)].flatMap(([key, { element, type }]) => {
    const steps = [...above, { key, name: element.name, many: element.max > 1 }];
    if (isRequired(definitions, element, type.code)) return [{ steps, type: type.code, valueSet: element.binding?.valueSet ?? '' }];
    return type.code.includes('.') && !isRecursive(owner, type.code) ? boundBelow(definitions, type.code, steps) : [];
  });
}

const isRecursive = (owner: string, code: string): boolean => owner === code || owner.startsWith(`${code}.`);

const isRequired = (definitions: Definitions, { binding }: Property['element'], type: string): boolean =>
  binding?.strength === 'required' && bindable.has(type) && !(type === 'code' && definitions.codes(binding.valueSet) !== undefined);

function visit(holder: JsonObject, steps: readonly Step[], at: string, tell: (value: unknown, at: string) => void): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  const found = holder[step.key];
  const path = `${at}.${step.name}`;
  const each = (value: unknown, place: string): void => {
    if (rest.length === 0) tell(value, place);
    else if (isObject(value)) visit(value, rest, place, tell);
  };
  if (!step.many) {
    if (found !== undefined) each(found, path);
  } else if (Array.isArray(found)) found.forEach((value, i) => each(value, `${path}[${i}]`));
}
