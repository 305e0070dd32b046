/**
 * Asks about the coded values of a resource what its base definitions say: bindings of every strength, and every Coding.
 * https://hl7.org/fhir/R4/terminologies.html#strength
 */
import type { Definitions, Property } from '../../fhir/definitions.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import { Questions } from './questions.ts';

interface Slot {
  readonly name: string;
  readonly type: string;
  readonly many: boolean;
  readonly binding?: Property['element']['binding'];
  /** Something coded can stand inside. */
  readonly inside: boolean;
  /** Of the id and extensions of a code: the property of the code itself, which cannot be left out. */
  readonly twinOf?: string;
}

type Ask = (resource: Resource, at: string, questions: Questions) => void;

const bindable: ReadonlySet<string> = new Set(['code', 'Coding', 'CodeableConcept', 'Quantity', 'string', 'uri']);

/** Plans are made when a type is first met. The resources inside of a resource are not looked into. */
export function askBaseBindings(definitions: Definitions): Ask {
  const plans = new Map<string, ReadonlyMap<string, Slot>>();
  const planOf = (type: string): ReadonlyMap<string, Slot> => {
    const known = plans.get(type) ?? plan(definitions, type);
    plans.set(type, known);
    return known;
  };
  const visit = (type: string, value: JsonObject, at: string, questions: Questions): void => {
    const slots = planOf(type);
    for (const key of Object.keys(value)) {
      const slot = slots.get(key);
      if (slot === undefined) continue;
      const path = `${at}.${slot.name}`;
      const found = value[key];
      if (slot.twinOf !== undefined) {
        if (value[slot.twinOf] === undefined && slot.binding && !hasAlternative(found))
          questions.add({ ...slot.binding, type: slot.type, value: undefined, at: path });
        continue;
      }
      if (!slot.many) visitOne(slot, found, path, questions);
      else if (Array.isArray(found)) found.forEach((item, i) => visitOne(slot, item, `${path}[${i}]`, questions));
    }
  };
  const visitOne = (slot: Slot, value: unknown, at: string, questions: Questions): void => {
    if (value === null || value === undefined) return;
    const { type, binding } = slot;
    if (binding !== undefined) questions.add({ ...binding, type, value, at });
    if (type === 'Coding') questions.addCoding(value, at);
    if (type === 'Quantity') askUnit(value, at, questions);
    if (slot.inside && isObject(value)) visit(type, value, at, questions);
  };
  return (resource, at, questions) => visit(resource.resourceType, resource, at, questions);
}

const crossVersion = /^http:\/\/hl7\.org\/fhir\/\d\.\d\/StructureDefinition\/extension-/;

/** A code of another version of FHIR stands in an extension. https://hl7.org/fhir/R4/versions.html#extensions */
function hasAlternative(twin: unknown): boolean {
  const extension = isObject(twin) ? twin['extension'] : undefined;
  return Array.isArray(extension) && extension.some((one: unknown) => isObject(one) && crossVersion.test(String(one['url'])));
}

/** The unit of a quantity is a code of its system too. */
function askUnit(value: unknown, at: string, questions: Questions): void {
  if (isObject(value) && typeof value['system'] === 'string') questions.addCoding({ system: value['system'], code: value['code'] }, at);
}

function plan(definitions: Definitions, name: string): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const [key, { element, type }] of definitions.properties(name)) {
    const kind = definitions.type(type.code)?.kind;
    const inside = kind === 'complex';
    const binding = bindable.has(type.code) && !isChecked(definitions, element, type.code) ? element.binding : undefined;
    const { name: elementName } = element;
    if (type.code === 'code' && element.binding?.strength === 'required' && element.max === 1)
      slots.set(`_${key}`, { name: elementName, type: 'code', many: false, inside: false, binding: element.binding, twinOf: key });
    if (!inside && binding === undefined) continue;
    slots.set(key, { name: elementName, type: type.code, many: element.max > 1, inside, ...(binding === undefined ? {} : { binding }) });
  }
  return slots;
}

/** Listed codes are checked with the structure. */
const isChecked = (definitions: Definitions, { binding }: Property['element'], type: string): boolean =>
  binding === undefined || (type === 'code' && binding.strength === 'required' && definitions.codes(binding.valueSet) !== undefined);
