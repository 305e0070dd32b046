/**
 * What may stand inside the element that is being read, by the definition of its type: one kind of frame for each kind of element.
 * https://hl7.org/fhir/R4/xml.html
 */
import type { SaxesTagNS } from 'saxes';
import type { Definitions } from '../definitions.ts';
import { setExactNumber } from '../json/exact.ts';
import type { JsonObject, Resource } from '../resource.ts';
import { fhirNamespace, type Part, type Plan, planOf, xhtmlNamespace } from './plan.ts';
import { primitiveValue } from './primitive.ts';

/** What frames need of the reader. */
export interface Reading {
  readonly definitions: Definitions;
  /** Throws with the position of the tag that is being read. */
  fail(what: string): never;
  /** The XHTML that ends here and began at `start`, whole and self-contained. */
  xhtml(start: number, tag: SaxesTagNS): string;
  /** Index of the `<` of the tag that is being read. */
  start(): number;
}

export interface Frame {
  /** XHTML may hold text; nothing else may. */
  readonly text: boolean;
  child(tag: SaxesTagNS): Frame;
  end(): void;
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/** Attributes that carry content: namespace declarations and hints for schema validators are none. */
function contentAttributes(tag: SaxesTagNS): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (const { name, prefix, uri, value } of Object.values(tag.attributes)) {
    if (name !== 'xmlns' && prefix !== 'xmlns' && uri !== schemaInstance) found.push([name, value]);
  }
  return found;
}

function checkNamespace(tag: SaxesTagNS, reading: Reading): void {
  if (tag.uri === fhirNamespace) return;
  const found = tag.uri === '' ? 'in no namespace' : `in the namespace "${tag.uri}"`;
  reading.fail(`The element <${tag.name}> is ${found}; expected ${fhirNamespace}`);
}

function attributeText(name: string, value: string, reading: Reading): string {
  // SHALL: attributes can never be empty — xml.html
  if (value === '') reading.fail(`The attribute "${name}" is empty; leave it out or give it a value`);
  return value;
}

/** Sets a property, or adds to it where the element repeats. */
function put(object: JsonObject, { name, repeats }: Part, value: unknown): void {
  if (!repeats) object[name] = value;
  else if (Array.isArray(object[name])) object[name].push(value);
  else object[name] = [value];
}

/** The document, or an element such as `contained` that holds one resource of any type. */
export class ResourceHolder implements Frame {
  readonly text = false;
  private resource: Resource | undefined;
  private readonly reading: Reading;
  private readonly name: string;
  private readonly done: (resource: Resource) => void;

  constructor(reading: Reading, name: string, done: (resource: Resource) => void) {
    this.reading = reading;
    this.name = name;
    this.done = done;
  }

  child(tag: SaxesTagNS): Frame {
    const { reading } = this;
    checkNamespace(tag, reading);
    if (this.resource) reading.fail(`<${this.name}> holds a second resource; expected one`);
    if (!reading.definitions.isResourceType(tag.local)) reading.fail(`<${tag.local}> is not a resource type`);
    const resource: Resource = { resourceType: tag.local };
    this.resource = resource;
    return new ObjectFrame(reading, tag, tag.local, resource, () => undefined);
  }

  end(): void {
    if (!this.resource) this.reading.fail(`<${this.name}> holds no resource`);
    else this.done(this.resource);
  }
}

/** A resource, a complex type, or what stands beside a primitive value (its id and extensions). */
export class ObjectFrame implements Frame {
  readonly text = false;
  private readonly reading: Reading;
  private readonly tag: SaxesTagNS;
  private readonly plan: Plan;
  private readonly type: string;
  private readonly object: JsonObject;
  private readonly done: () => void;
  private filled = false;
  /** Repeating primitives of which some have an id or extensions. */
  private twins: Part[] | undefined;

  constructor(reading: Reading, tag: SaxesTagNS, type: string, object: JsonObject, done: () => void) {
    this.reading = reading;
    this.tag = tag;
    this.plan = planOf(reading.definitions, type);
    this.type = type;
    this.object = object;
    this.done = done;
    for (const [name, value] of contentAttributes(tag)) this.attribute(name, value);
  }

  private attribute(name: string, value: string): void {
    const definitionOfItself = name === 'resourceDefinition' && this.reading.definitions.additionalTypes.includes(this.type);
    if (this.plan.get(name)?.kind !== 'attribute' && !definitionOfItself) {
      this.reading.fail(`The attribute "${name}" is not known on <${this.tag.local}>`);
    }
    this.object[name] = attributeText(name, value, this.reading);
    this.filled = true;
  }

  child(tag: SaxesTagNS): Frame {
    this.filled = true;
    const part = this.partOf(tag);
    if (part.kind === 'xhtml') return new XhtmlFrame(this.reading, tag, (text) => put(this.object, part, text));
    if (part.kind === 'primitive')
      return new PrimitiveFrame(this.reading, tag, part.type, (value, digits, twin) => this.primitive(part, value, digits, twin));
    if (part.kind === 'resource' && contentAttributes(tag).length > 0) this.reading.fail(`<${tag.local}> has no attributes`);
    if (part.kind === 'resource') return new ResourceHolder(this.reading, tag.local, (resource) => put(this.object, part, resource));
    const value = {};
    return new ObjectFrame(this.reading, tag, part.type, value, () => put(this.object, part, value));
  }

  private partOf(tag: SaxesTagNS): Part {
    const part = this.plan.get(tag.local);
    if (!part || part.kind === 'attribute') return this.reading.fail(`<${tag.local}> is not an element of ${this.type}`);
    if (part.kind !== 'xhtml') checkNamespace(tag, this.reading);
    if (!part.repeats && (Object.hasOwn(this.object, part.name) || Object.hasOwn(this.object, `_${part.name}`))) {
      this.reading.fail(`<${tag.local}> stands more than once in ${this.type}; it does not repeat`);
    }
    return part;
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
    if (!this.filled && this.type !== this.object['resourceType'])
      this.reading.fail(`<${this.tag.local}> is empty; expected content or nothing at all`);
    for (const part of this.twins ?? []) this.align(part);
    this.done();
  }
}

type PrimitiveDone = (value: unknown, digits: string | undefined, twin: JsonObject | undefined) => void;

/** An element with a `value` attribute, an id, extensions, or any of them. */
class PrimitiveFrame implements Frame {
  readonly text = false;
  private readonly reading: Reading;
  private readonly tag: SaxesTagNS;
  private readonly done: PrimitiveDone;
  private readonly value: ReturnType<typeof primitiveValue>;
  private twin: JsonObject | undefined;

  constructor(reading: Reading, tag: SaxesTagNS, type: string, done: PrimitiveDone) {
    this.reading = reading;
    this.tag = tag;
    this.done = done;
    for (const [name, text] of contentAttributes(tag)) {
      attributeText(name, text, reading);
      if (name === 'value')
        this.value = primitiveValue(type, text) ?? reading.fail(`The value of <${tag.local}> is not of the type ${type}`);
      else if (name === 'id') this.beside()['id'] = text;
      else reading.fail(`The attribute "${name}" is not known on <${tag.local}>`);
    }
  }

  private beside(): JsonObject {
    this.twin ??= {};
    return this.twin;
  }

  child(tag: SaxesTagNS): Frame {
    const part = planOf(this.reading.definitions, 'Element').get(tag.local);
    if (part?.kind !== 'complex') return this.reading.fail(`<${tag.local}> is not an element of the primitive <${this.tag.local}>`);
    checkNamespace(tag, this.reading);
    const extension = {};
    return new ObjectFrame(this.reading, tag, part.type, extension, () => put(this.beside(), part, extension));
  }

  end(): void {
    if (this.value === undefined && !this.twin) this.reading.fail(`<${this.tag.local}> has neither a value nor extensions`);
    this.done(this.value?.value, this.value?.digits, this.twin);
  }
}

/** The narrative and everything within, taken over as text. */
class XhtmlFrame implements Frame {
  readonly text = true;
  private readonly reading: Reading;
  private readonly tag: SaxesTagNS;
  private readonly start: number;
  private readonly done: (text: string) => void;
  private depth = 1;

  constructor(reading: Reading, tag: SaxesTagNS, done: (text: string) => void) {
    if (tag.uri !== xhtmlNamespace) reading.fail(`The narrative's <${tag.name}> must be in the namespace ${xhtmlNamespace}`);
    this.reading = reading;
    this.tag = tag;
    this.start = reading.start();
    this.done = done;
  }

  child(): Frame {
    this.depth++;
    return this;
  }

  end(): void {
    if (--this.depth === 0) this.done(this.reading.xhtml(this.start, this.tag));
  }
}
