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

interface BoundType {
  readonly bound: readonly Bound[];
  /** Properties in which they begin. */
  readonly keys: readonly string[];
}

export interface RequiredBindings {
  /** Whether the resource has an element with such a binding. */
  concern(resource: Resource): boolean;
  ask(resource: Resource, at: string, questions: Questions): void;
}

const bindable: ReadonlySet<string> = new Set(['code', 'Coding', 'CodeableConcept', 'Quantity']);

/** Elements of resources and of their inline structures, not of data types. */
export function requiredBindings(definitions: Definitions): RequiredBindings {
  const known = new Map<string, BoundType>();
  const boundOf = (type: string): BoundType => {
    let found = known.get(type);
    if (found === undefined) {
      const bound = boundBelow(definitions, type, []);
      found = { bound, keys: [...new Set(bound.flatMap(({ steps: [first] }) => first?.key ?? []))] };
      known.set(type, found);
    }
    return found;
  };
  return {
    concern: (resource) => {
      for (const key of boundOf(resource.resourceType).keys) if (resource[key] !== undefined) return true;
      return false;
    },
    ask: (resource, at, questions) => {
      for (const { steps, type, valueSet } of boundOf(resource.resourceType).bound) {
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
