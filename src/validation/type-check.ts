/**
 * The check of one complex type or resource: every property known, required ones present, one type for each choice.
 * https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/formats.html#choice
 */
import type { Definitions, ElementDefinition, Property } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import type { JsonObject } from '../fhir/resource.ts';
import { type Check, codeCheck, listCheck, primitiveCheck, wrongKind } from './check.ts';
import { checkConstraints, constraintCheck } from './constraint-check.ts';
import { type Constraints, runFor } from './invariants.ts';
import { primitiveOf } from './primitive.ts';
import { referenceCheck } from './reference-check.ts';
import { twinCheck, twinsCheck, valuesCheck } from './twin.ts';
import { shown, type Walk } from './walk.ts';

/** One JSON property of a type. */
interface Slot {
  /** Element name, without type suffix and underscore. */
  readonly name: string;
  /** The element's bit among those that are counted (required ones and choices); 0 = not counted. */
  readonly bit: number;
  /** Of a twin: the property that holds the value. */
  readonly twinOf?: string;
  readonly check: Check;
}

interface Plan {
  readonly type: string;
  readonly resource: boolean;
  readonly slots: ReadonlyMap<string, Slot>;
  /** Elements that have a bit, by the position of their bit. */
  readonly counted: readonly ElementDefinition[];
  /** Bits of those that must be there. */
  readonly required: number;
}

const maxDepth = 500;
const maxCounted = 31;

/** Checks of all types, each compiled when a value of it is met for the first time. */
export class TypeChecks {
  private readonly definitions: Definitions;
  private readonly constraints: Constraints;
  private readonly checks = new Map<string, Check>();
  /** The check of a resource of any type, as it stands inside other resources. */
  private readonly anyResource: Check;
  private readonly contained: Check;

  constructor(definitions: Definitions, constraints: Constraints, anyResource: Check, contained: Check) {
    this.definitions = definitions;
    this.constraints = constraints;
    this.anyResource = anyResource;
    this.contained = contained;
  }

  /** The check of a complex type, inline structure or resource type. */
  of(name: string): Check {
    const known = this.checks.get(name);
    if (known) return known;
    let plan: Plan | undefined;
    const extension = name === 'Extension';
    const check: Check = (walk, value, _owner, key) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return wrongKind(walk, value, `a single object of type ${name}`);
      if (walk.depth > maxDepth) return walk.add('structure', () => `Too deep: expected at most ${maxDepth} levels`);
      plan ??= this.plan(name);
      const around = walk.within;
      if (plan.resource) walk.within = this.within(walk, value as JsonObject, key === 'contained');
      const seen = checkObject(plan, walk, value as JsonObject);
      if (extension) checkExtension(plan, walk, value as JsonObject, seen);
      checkConstraints(this.constraints.ofType(name), walk, value);
      walk.within = around;
    };
    this.checks.set(name, check);
    return check;
  }

  private within({ within }: Walk, resource: JsonObject, isContained: boolean): Walk['within'] {
    const root = isContained && within !== undefined ? within.resource : resource;
    return { run: runFor(this.definitions, resource, root), resource: root, isContained };
  }

  private plan(name: string): Plan {
    const type = this.definitions.type(name);
    if (type === undefined) throw new Error(`The registry has no type ${name}`);
    const resource = type.kind === 'resource';
    const counted = type.elements.filter((element) => element.max > 0 && (element.min > 0 || element.choice));
    if (counted.length > maxCounted) throw new Error(`${name} has more than ${maxCounted} required elements and choices`);
    const bitOf = new Map(counted.map((element, i) => [element, 1 << i]));
    const required = counted.reduce((bits, element, i) => (element.min > 0 ? bits | (1 << i) : bits), 0);
    const slots = new Map<string, Slot>();
    for (const [key, property] of this.definitions.properties(name)) {
      if (property.element.max === 0) continue;
      for (const [slotKey, slot] of this.slots(name, key, property, bitOf.get(property.element) ?? 0)) slots.set(slotKey, slot);
    }
    if (resource) this.addRootSlots(name, slots);
    return { type: name, resource, slots, counted, required };
  }

  /** The slot of a property and, for a primitive, that of its twin. */
  private slots(owner: string, key: string, property: Property, bit: number): [string, Slot][] {
    const { element, type } = property;
    const { name } = element;
    if (this.definitions.type(type.code)?.kind !== 'primitive') {
      const single = this.constrained(this.single(type.code, element), property);
      return [[key, { name, bit, check: element.max > 1 ? listCheck(single, element) : single }]];
    }
    const single = this.constrained(this.primitive(owner, property), property);
    const check = element.max > 1 ? valuesCheck(single, key, element) : single;
    if (element.xml === 'attribute' || type.code === 'xhtml') return [[key, { name, bit, check }]];
    const twin = element.max > 1 ? twinsCheck(this.of('Element'), key, element) : twinCheck(this.of('Element'), key);
    return [
      [key, { name, bit, check }],
      [`_${key}`, { name, bit, check: twin, twinOf: key }],
    ];
  }

  private constrained(check: Check, { element, type }: Property): Check {
    return element.invariants === undefined ? check : constraintCheck(check, this.constraints.constraints(type.code, element.invariants));
  }

  private single(code: string, element: ElementDefinition): Check {
    if (code !== 'Resource') return this.of(code);
    return element.name === 'contained' ? this.contained : this.anyResource;
  }

  private primitive(owner: string, { element, type }: Property): Check {
    const check = primitiveCheck(type.code, primitiveOf(type.code));
    if (owner === 'Reference' && element.name === 'reference') return referenceCheck(this.definitions, check);
    const codes =
      element.binding?.strength === 'required' && type.code === 'code' ? this.definitions.codes(element.binding.valueSet) : undefined;
    return codes ? codeCheck(codes, element.binding?.valueSet ?? '', check) : check;
  }

  private addRootSlots(name: string, slots: Map<string, Slot>): void {
    slots.set('resourceType', { name: 'resourceType', bit: 0, check: () => undefined });
    if (!this.definitions.additionalTypes.includes(name)) return;
    slots.set('resourceDefinition', { name: 'resourceDefinition', bit: 0, check: primitiveCheck('canonical', primitiveOf('canonical')) });
  }
}

/** Answers the bits of the counted elements that are there. */
function checkObject(plan: Plan, walk: Walk, object: JsonObject): number {
  let seen = 0;
  let count = 0;
  for (const key in object) {
    count++;
    const slot = plan.slots.get(key);
    if (slot === undefined) {
      unknown(plan, walk, key);
      continue;
    }
    if (slot.bit !== 0 && (slot.twinOf === undefined || object[slot.twinOf] === undefined)) {
      if ((seen & slot.bit) !== 0) doubled(plan, walk, slot, key);
      seen |= slot.bit;
    }
    walk.enter(slot.name);
    slot.check(walk, object[key], object, key);
    walk.leave();
  }
  if ((seen & plan.required) !== plan.required) missing(plan, walk, seen);
  if (count < 2 && !plan.resource) checkContent(plan, walk, object, count);
  return seen;
}

// SHALL: an element has a value, children or extensions — element.html#ele-1
function checkContent(plan: Plan, walk: Walk, object: JsonObject, count: number): void {
  if (count === 0) walk.add('structure', () => 'The object is empty; leave the element out or give it content');
  else if (object.id !== undefined && plan.type !== 'Element')
    walk.add('invariant', () => 'The element has only an id; leave it out or give it content');
}

function unknown({ type, slots, counted }: Plan, walk: Walk, key: string): void {
  walk.addAt(key, 'structure', () => `Unknown element ${shown(key)} in ${type}${hint(key, slots, counted)}`);
}

function hint(key: string, slots: ReadonlyMap<string, Slot>, counted: readonly ElementDefinition[]): string {
  if (counted.some(({ name, choice }) => choice && name === key)) {
    const forms = [...slots].filter(([, slot]) => slot.name === key && slot.twinOf === undefined).map(([form]) => form);
    return `; its name carries its type: ${forms.slice(0, 3).join(', ')}${forms.length > 3 ? ' …' : ''}`;
  }
  const meant = longer(key, slots) ?? nearest(key, slots.keys());
  return meant === undefined ? '' : `; did you mean ${shown(meant)}?`;
}

/** The shortest name that goes on where a cut-off one ends, such as `valueInteger` for `valueInt`. */
function longer(key: string, slots: ReadonlyMap<string, Slot>): string | undefined {
  if (key.length < 4) return undefined;
  const names = [...slots.keys()].filter((name) => name.startsWith(key));
  return names.sort((a, b) => a.length - b.length)[0];
}

// SHALL: only one type of a choice — formats.html#choice
function doubled({ slots }: Plan, walk: Walk, slot: Slot, key: string): void {
  walk.addAt(
    slot.name,
    'structure',
    () => `More than one ${slot.name}[x] is there, the last as ${slots.get(key)?.twinOf ?? key}; expected only one type`,
  );
}

function missing({ type, slots, counted, required }: Plan, walk: Walk, seen: number): void {
  counted.forEach(({ name, choice }, i) => {
    if (((required & ~seen) >> i) % 2 === 0) return;
    const form = choice ? `${name}[x], such as ${[...slots].find(([, slot]) => slot.name === name)?.[0]}` : name;
    walk.addAt(name, 'required', () => `${type} must have ${form}`);
  });
}

// SHALL: an extension has a value or extensions, not both — extensibility.html#ext-1
function checkExtension({ counted }: Plan, walk: Walk, { extension }: JsonObject, seen: number): void {
  const hasValue = counted.some(({ choice }, i) => choice && (seen >> i) % 2 !== 0);
  const nested = extension !== undefined;
  if (nested === hasValue)
    walk.add('invariant', () => `An Extension must have either a value[x] or extensions; this one has ${nested ? 'both' : 'neither'}`);
}
