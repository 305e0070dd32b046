/**
 * What may stand inside the element that is being read, by the definition of its type: one kind of frame for each kind of element.
 * https://hl7.org/fhir/R4/xml.html
 */
import type { SaxesTagNS } from 'saxes';
import { setExactNumber } from '../json/exact.ts';
import type { JsonObject, Resource } from '../resource.ts';
import { type Part, type Plan, planOf } from './plan.ts';
import { primitiveValue } from './primitive.ts';
import { checkNamespace, contentAttributes, type Frame, ignored, isFilled, type Reading, type Step } from './reading.ts';
import { XhtmlFrame } from './xhtml-frame.ts';

/** Sets a property, or adds to it where the element repeats. */
function put(object: JsonObject, { name, repeats }: Part, value: unknown): void {
  if (!repeats) object[name] = value;
  else if (Array.isArray(object[name])) object[name].push(value);
  else object[name] = [value];
}

/** The document, or an element such as `contained` that holds one resource of any type. */
export class ResourceHolder implements Frame {
  readonly text = false;
  readonly step: Step | undefined;
  private resource: Resource | undefined;
  private readonly reading: Reading;
  private readonly name: string;
  private readonly done: (resource: Resource) => void;

  constructor(reading: Reading, name: string, done: (resource: Resource) => void, step?: Step) {
    this.reading = reading;
    this.name = name;
    this.done = done;
    this.step = step;
  }

  child(tag: SaxesTagNS): Frame {
    const { reading } = this;
    checkNamespace(tag, reading);
    if (this.resource) return this.unfit(`<${this.name}> holds a second resource; expected one`);
    if (!reading.definitions.isResourceType(tag.local)) return this.unfit(`<${tag.local}> is not a resource type`);
    const resource: Resource = { resourceType: tag.local };
    this.resource = resource;
    const root = this.step === undefined ? { name: tag.local } : undefined;
    return new ObjectFrame({ reading, tag, type: tag.local, object: resource, step: root, done: () => undefined });
  }

  private unfit(what: string, step?: Step): Frame {
    if (this.step === undefined) this.reading.fail(what);
    this.reading.fault(what, step);
    return ignored;
  }

  end(): void {
    if (this.resource) this.done(this.resource);
    else this.unfit(`<${this.name}> holds no resource`, this.step);
  }
}

interface ObjectPlace {
  readonly reading: Reading;
  readonly tag: SaxesTagNS;
  readonly type: string;
  readonly object: JsonObject;
  readonly step: Step | undefined;
  done(): void;
}

/** A resource, a complex type, or what stands beside a primitive value (its id and extensions). */
export class ObjectFrame implements Frame {
  readonly text = false;
  readonly step: Step | undefined;
  private readonly reading: Reading;
  private readonly tag: SaxesTagNS;
  private readonly plan: Plan;
  private readonly type: string;
  private readonly object: JsonObject;
  private readonly done: () => void;
  private filled = false;
  /** An attribute was there; if it is left out, that was told. */
  private attributed = false;
  /** The furthest element yet, by the order of the definition. */
  private last: Part | undefined;
  /** Repeating primitives of which some have an id or extensions. */
  private twins: Part[] | undefined;

  constructor({ reading, tag, type, object, step, done }: ObjectPlace) {
    this.reading = reading;
    this.tag = tag;
    this.plan = planOf(reading.definitions, type);
    this.type = type;
    this.object = object;
    this.step = step;
    this.done = done;
    for (const [name, value] of contentAttributes(tag)) this.attribute(name, value);
  }

  private attribute(name: string, value: string): void {
    const definitionOfItself = name === 'resourceDefinition' && this.reading.definitions.additionalTypes.includes(this.type);
    this.attributed = true;
    if (this.plan.get(name)?.kind !== 'attribute' && !definitionOfItself) {
      this.reading.fault(`The attribute "${name}" is not known on <${this.tag.local}>`, this.step);
    } else if (isFilled(name, value, this.reading, this.step)) {
      this.object[name] = value;
      this.filled = true;
    }
  }

  child(tag: SaxesTagNS): Frame {
    this.filled = true;
    const part = this.partOf(tag);
    if (part === undefined) return ignored;
    const { reading, object } = this;
    const step = this.stepTo(part);
    if (part.kind === 'xhtml') return new XhtmlFrame(reading, tag, (text) => put(object, part, text), step);
    if (part.kind === 'primitive') {
      const done: PrimitiveDone = (value, digits, twin) => this.primitive(part, value, digits, twin);
      return new PrimitiveFrame({ reading, tag, type: part.type, step, done });
    }
    if (part.kind === 'resource') {
      if (contentAttributes(tag).length > 0) reading.fault(`<${tag.local}> has no attributes`, step);
      return new ResourceHolder(reading, tag.local, (resource) => put(object, part, resource), step);
    }
    const value = {};
    return new ObjectFrame({ reading, tag, type: part.type, object: value, step, done: () => put(object, part, value) });
  }

  private stepTo({ name, element, repeats }: Part): Step {
    const items = this.object[name];
    return repeats ? { name: element, index: Array.isArray(items) ? items.length : 0 } : { name: element };
  }

  private partOf(tag: SaxesTagNS): Part | undefined {
    const part = this.plan.get(tag.local);
    if (!part || part.kind === 'attribute') return this.unfit(`<${tag.local}> is not an element of ${this.type}`);
    if (part.kind !== 'xhtml') checkNamespace(tag, this.reading);
    if (!part.repeats && (Object.hasOwn(this.object, part.name) || Object.hasOwn(this.object, `_${part.name}`))) {
      return this.unfit(`<${tag.local}> stands more than once in ${this.type}; it does not repeat`);
    }
    if (this.reading.collects) this.checkOrder(part);
    return part;
  }

  private unfit(what: string): undefined {
    this.reading.fault(what);
    return undefined;
  }

  // SHALL: elements in the order documented — xml.html
  private checkOrder(part: Part): void {
    if (this.last !== undefined && part.order < this.last.order)
      this.reading.fault(`<${part.name}> stands behind <${this.last.name}>; expected the order of the definition of ${this.type}`);
    else this.last = part;
  }

  private primitive(part: Part, value: unknown, digits: string | undefined, twin: JsonObject | undefined): void {
    if (!part.repeats) {
      if (value !== undefined) this.object[part.name] = value;
      if (digits !== undefined) setExactNumber(this.object, part.name, digits);
      if (twin) this.object[`_${part.name}`] = twin;
      return;
    }
    put(this.object, part, value ?? null);
    const values = this.object[part.name] as unknown[];
    if (digits !== undefined) setExactNumber(values, values.length - 1, digits);
    if (twin) this.addTwin(part, values.length - 1, twin);
  }

  private addTwin(part: Part, index: number, twin: JsonObject): void {
    const name = `_${part.name}`;
    const twins = (this.object[name] ??= []) as unknown[];
    while (twins.length < index) twins.push(null);
    twins.push(twin);
    this.twins ??= [];
    if (!this.twins.includes(part)) this.twins.push(part);
  }

  /** SHALL: null fills both arrays to align value with extension — json.html#primitive */
  private align({ name }: Part): void {
    const values = this.object[name] as unknown[];
    const twins = this.object[`_${name}`] as unknown[];
    while (twins.length < values.length) twins.push(null);
    if (values.every((value) => value === null)) delete this.object[name];
  }

  end(): void {
    // SHALL: elements are never empty — xml.html
    if (!this.filled && this.type !== this.object['resourceType']) {
      if (!this.attributed) this.reading.fault(`<${this.tag.local}> is empty; expected content or nothing at all`, this.step);
      return;
    }
    for (const part of this.twins ?? []) this.align(part);
    this.done();
  }
}

type PrimitiveDone = (value: unknown, digits: string | undefined, twin: JsonObject | undefined) => void;

interface PrimitivePlace {
  readonly reading: Reading;
  readonly tag: SaxesTagNS;
  readonly type: string;
  readonly step: Step;
  readonly done: PrimitiveDone;
}

/** An element with a `value` attribute, an id, extensions, or any of them. */
class PrimitiveFrame implements Frame {
  readonly text = false;
  readonly step: Step;
  private readonly reading: Reading;
  private readonly tag: SaxesTagNS;
  private readonly done: PrimitiveDone;
  private value: ReturnType<typeof primitiveValue>;
  /** Something was there that is left out. */
  private faulty = false;
  private twin: JsonObject | undefined;

  constructor({ reading, tag, type, step, done }: PrimitivePlace) {
    this.reading = reading;
    this.tag = tag;
    this.step = step;
    this.done = done;
    for (const [name, text] of contentAttributes(tag)) this.attribute(name, text, type);
  }

  private attribute(name: string, text: string, type: string): void {
    if (!isFilled(name, text, this.reading, this.step)) this.faulty = true;
    else if (name === 'id') this.beside()['id'] = text;
    else if (name !== 'value') this.fault(`The attribute "${name}" is not known on <${this.tag.local}>`);
    else {
      this.value = primitiveValue(type, text);
      if (this.value === undefined) this.fault(`The value of <${this.tag.local}> is not of the type ${type}`);
    }
  }

  private fault(what: string): void {
    this.reading.fault(what, this.step);
    this.faulty = true;
  }

  private beside(): JsonObject {
    this.twin ??= {};
    return this.twin;
  }

  child(tag: SaxesTagNS): Frame {
    const { reading } = this;
    const part = planOf(reading.definitions, 'Element').get(tag.local);
    if (part?.kind !== 'complex') {
      reading.fault(`<${tag.local}> is not an element of the primitive <${this.tag.local}>`);
      this.faulty = true;
      return ignored;
    }
    checkNamespace(tag, reading);
    const object = {};
    const before = this.twin?.[part.name];
    const step = { name: part.name, index: Array.isArray(before) ? before.length : 0 };
    return new ObjectFrame({ reading, tag, type: part.type, object, step, done: () => put(this.beside(), part, object) });
  }

  end(): void {
    const isEmpty = this.value === undefined && !this.twin;
    if (isEmpty && !this.faulty) this.reading.fault(`<${this.tag.local}> has neither a value nor extensions`, this.step);
    if (!isEmpty) this.done(this.value?.value, this.value?.digits, this.twin);
  }
}
