/**
 * A resource as FHIR XML, its elements in the order of the definition.
 * https://hl7.org/fhir/R4/xml.html
 */
import type { Definitions } from '../definitions.ts';
import { exactNumber } from '../json/exact.ts';
import { refusal } from '../outcome.ts';
import { isObject, type JsonObject, type Resource } from '../resource.ts';
import { escapeAttribute } from './escape.ts';
import { fhirNamespace, type Part, type Plan, planOf } from './plan.ts';
import { embedXhtml } from './xhtml.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** One or many: JSON says it with an array, XML by repetition. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

class Writer {
  private readonly definitions: Definitions;
  private readonly indent: string;

  constructor(definitions: Definitions, indent: string) {
    this.definitions = definitions;
    this.indent = indent;
  }

  /** `line` is the line break with indentation before the element's children's end tag; '' when not pretty. */
  resource(value: unknown, namespace: string, line: string): string {
    const type = isObject(value) ? value['resourceType'] : undefined;
    if (!isObject(value) || typeof type !== 'string' || !this.definitions.isResourceType(type)) {
      throw refusal('structure', `${JSON.stringify(type) ?? 'A value without resourceType'} is not a resource that can be written as XML`);
    }
    return this.object(type, value, type, namespace + this.resourceDefinition(type, value), line);
  }

  /** An attribute on additional resources: https://hl7.org/fhir/6.0.0-ballot3/xml.html */
  private resourceDefinition(type: string, resource: JsonObject): string {
    const canonical = resource['resourceDefinition'];
    const written = typeof canonical === 'string' && this.definitions.additionalTypes.includes(type);
    return written ? ` resourceDefinition="${escapeAttribute(canonical)}"` : '';
  }

  /** An element with the children (and attributes) that the type gives to the object. */
  private object(name: string, object: JsonObject, type: string, attributes: string, line: string): string {
    const plan = planOf(this.definitions, type);
    const inner = line === '' ? '' : line + this.indent;
    let open = `<${name}${attributes}`;
    let content = '';
    for (const part of this.parts(object, plan, type)) {
      if (part.kind === 'attribute') open += ` ${part.name}="${this.text(object, part.name, object[part.name])}"`;
      else content += this.part(object, part, inner);
    }
    return content === '' ? `${open}/>` : `${open}>${content}${line}</${name}>`;
  }

  /** SHALL: elements in the order documented — xml.html */
  private parts(object: JsonObject, plan: Plan, type: string): readonly Part[] {
    const parts: Part[] = [];
    let last = -1;
    let sorted = true;
    for (const key in object) {
      const part = this.partOf(object, key, plan, type);
      if (!part) continue;
      sorted &&= part.order >= last;
      last = part.order;
      parts.push(part);
    }
    return sorted ? parts : parts.sort((a, b) => a.order - b.order);
  }

  /** undefined for what needs no element of its own: the type, and `_name` beside `name`. */
  private partOf(object: JsonObject, key: string, plan: Plan, type: string): Part | undefined {
    const part = plan.get(key);
    if (part) return part;
    const twin = key.startsWith('_') ? plan.get(key.slice(1)) : undefined;
    if (twin?.kind === 'primitive') return Object.hasOwn(object, twin.name) ? undefined : twin;
    if (key === 'resourceType' || (key === 'resourceDefinition' && this.definitions.additionalTypes.includes(type))) return undefined;
    throw refusal('structure', `${JSON.stringify(key)} is not an element of ${type} and cannot be written as XML`);
  }

  private part(object: JsonObject, part: Part, line: string): string {
    if (part.kind === 'primitive') return this.primitives(object, part, line);
    let text = '';
    for (const value of listOf(object[part.name])) text += line + this.child(value, part, line);
    return text;
  }

  private child(value: unknown, part: Part, line: string): string {
    if (part.kind === 'xhtml' && typeof value === 'string') return embedXhtml(value);
    if (part.kind === 'resource') return this.wrapped(value, part.name, line);
    if (!isObject(value)) throw refusal('structure', `${part.name} must be an object to be written as ${part.type}`);
    return this.object(part.name, value, part.type, '', line);
  }

  private wrapped(value: unknown, name: string, line: string): string {
    const inner = line === '' ? '' : line + this.indent;
    return `<${name}>${inner}${this.resource(value, '', inner)}${line}</${name}>`;
  }

  private primitives(object: JsonObject, part: Part, line: string): string {
    const { name } = part;
    const values = object[name];
    const twin = object[`_${name}`];
    if (!Array.isArray(values) && !Array.isArray(twin)) return this.primitive(object, name, part, values, twin, line);
    const list = listOf(values);
    const twins = listOf(twin);
    let text = '';
    for (let i = 0; i < Math.max(list.length, twins.length); i++) text += this.primitive(list, i, part, list[i], twins[i], line);
    return text;
  }

  /** One primitive element; '' when it has neither value nor id nor extensions. */
  private primitive(container: object, key: string | number, part: Part, value: unknown, twin: unknown, line: string): string {
    const attribute = value === undefined || value === null ? '' : ` value="${this.text(container, key, value)}"`;
    if (isObject(twin)) return line + this.object(part.name, twin, 'Element', attribute, line);
    return attribute === '' ? '' : `${line}<${part.name}${attribute}/>`;
  }

  private text(container: object, key: string | number, value: unknown): string {
    if (typeof value === 'string') return escapeAttribute(value);
    if (typeof value === 'number') return exactNumber(container, key) ?? String(value);
    if (typeof value === 'boolean') return String(value);
    throw refusal('structure', `${JSON.stringify(key)} must be a primitive value to be written as XML`);
  }
}

/**
 * Prints a resource as an XML document, digits of decimals kept; `pretty` indents by two spaces.
 * Throws a FhirError when the resource has elements that its definition does not know, or text that XML cannot carry (406).
 */
export function writeXml(resource: Resource, definitions: Definitions, pretty = false): string {
  const writer = new Writer(definitions, '  ');
  const line = pretty ? '\n' : '';
  return `${declaration}${line}${writer.resource(resource, ` xmlns="${fhirNamespace}"`, line)}${line}`;
}
