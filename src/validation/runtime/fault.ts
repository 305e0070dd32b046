/** What is said of values that are not right: what was found, and what would be right. https://hl7.org/fhir/R4/json.html */
import type { Definitions, ElementDefinition } from '../../fhir/definitions.ts';
import { nearest } from '../../fhir/nearest.ts';
import type { JsonObject } from '../../fhir/resource.ts';
import { primitiveOf } from '../primitive.ts';
import { pathOf, shown, type Walk } from '../walk.ts';
import { isWrittenBroken } from './accept.ts';

/** What a JSON value is, in words. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const inJson = { string: 'a JSON string', number: 'a JSON number, without quotes', boolean: 'true or false, without quotes' };

export function wrongKind(walk: Walk, value: unknown, expected: string, path = ''): void {
  walk.fault('structure', () => `Found ${kindOf(value)}; expected ${expected}`, path);
}

/** A primitive value that its type does not accept. */
export function badPrimitive(walk: Walk, value: unknown, type: string, owner: object, key: string | number, path: string): void {
  const { json, accepts, expected } = primitiveOf(type);
  if (typeof value !== json) wrongKind(walk, value, `a single ${type} (${inJson[json]})`, path);
  else if (value === '') walk.fault('value', () => 'The string is empty; leave the element out or give it a value', path);
  else if ((type === 'string' || type === 'markdown') && (value as string).length > 1024 * 1024)
    walk.fault('too-long', () => `The ${type} is too long: expected ${expected}`, path);
  else if (accepts(value) && isWrittenBroken(owner, key))
    walk.fault('value', () => `Not a valid ${type}: expected no decimal point and no exponent`, path);
  else walk.fault('value', () => `Not a valid ${type}: expected ${expected}`, path);
}

const maxListed = 20;

/** A code that its value set does not have. */
export function badCode(walk: Walk, code: string, codes: ReadonlySet<string>, valueSet: string, path: string): void {
  walk.fault('code-invalid', () => `The code ${shown(code)} is not in the value set ${valueSet}; ${rightCodes(code, codes)}`, path);
}

function rightCodes(code: string, codes: ReadonlySet<string>): string {
  if (codes.size <= maxListed) return `expected one of: ${[...codes].join(', ')}`;
  const meant = nearest(code, codes);
  return meant === undefined ? `expected one of its ${codes.size} codes` : `did you mean ${shown(meant)}?`;
}

export function noList(walk: Walk, value: unknown, path: string): void {
  if (Array.isArray(value)) walk.fault('structure', () => 'The array is empty; leave the element out or give it items', path);
  else wrongKind(walk, value, 'an array, for the element may repeat', path);
}

export function wrongLength(walk: Walk, length: number, path: string, min: number, max: number): void {
  if (length > max) walk.fault('structure', () => `There are ${length} items; expected at most ${max}`, path);
  else if (length < min) walk.fault('required', () => `There are ${length} items; expected at least ${min}`, path);
}

/** JSON properties of a type, each with the name of its element. */
function propertyNames(definitions: Definitions, type: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [key, { element, type: reference }] of definitions.properties(type)) {
    if (element.max === 0) continue;
    names.set(key, element.name);
    const isPrimitive = definitions.type(reference.code)?.kind === 'primitive';
    if (isPrimitive && element.xml !== 'attribute' && reference.code !== 'xhtml') names.set(`_${key}`, element.name);
  }
  return names;
}

const formsOf = (definitions: Definitions, type: string, name: string): string[] =>
  [...definitions.properties(type)].filter(([, { element }]) => element.name === name).map(([key]) => key);

export function unknownProperty(walk: Walk, definitions: Definitions, type: string, key: string): void {
  walk.fault('structure', () => `Unknown element ${shown(key)} in ${type}${hint(definitions, type, key)}`, pathOf(key));
}

function hint(definitions: Definitions, type: string, key: string): string {
  if (definitions.type(type)?.elements.some(({ name, choice, max }) => choice && max > 0 && name === key)) {
    const forms = formsOf(definitions, type, key);
    return `; its name carries its type: ${forms.slice(0, 3).join(', ')}${forms.length > 3 ? ' …' : ''}`;
  }
  const names = [...propertyNames(definitions, type).keys(), ...(definitions.type(type)?.kind === 'resource' ? ['resourceType'] : [])];
  const meant = longer(key, names) ?? nearest(key, names);
  return meant === undefined ? '' : `; did you mean ${shown(meant)}?`;
}

/** The shortest name that goes on where a cut-off one ends, such as `valueInteger` for `valueInt`. */
function longer(key: string, names: readonly string[]): string | undefined {
  if (key.length < 4) return undefined;
  return names.filter((name) => name.startsWith(key)).sort((a, b) => a.length - b.length)[0];
}

// SHALL: only one type of a choice — formats.html#choice
export function doubled(walk: Walk, name: string, key: string): void {
  walk.fault('structure', () => `More than one ${name}[x] is there, the last as ${key}; expected only one type`, pathOf(name));
}

/** Says which of the required elements are not there, at the element that lacks them: a path to what is not there leads nowhere. */
export function missing(walk: Walk, definitions: Definitions, type: string, owner: JsonObject): void {
  for (const element of definitions.type(type)?.elements ?? []) {
    if (element.min === 0 || element.max === 0 || isThere(definitions, type, owner, element)) continue;
    const { name, choice } = element;
    const form = choice ? `${name}[x], such as ${formsOf(definitions, type, name)[0]}` : name;
    walk.fault('required', () => `${type} must have ${form}`);
  }
}

function isThere(definitions: Definitions, type: string, owner: JsonObject, { name }: ElementDefinition): boolean {
  for (const [key, element] of propertyNames(definitions, type)) if (element === name && Object.hasOwn(owner, key)) return true;
  return false;
}

// SHALL: an element has a value, children or extensions — element.html#ele-1
export function thin(walk: Walk, type: string, count: number): void {
  if (count === 0) walk.fault('structure', () => 'The object is empty; leave the element out or give it content');
  else if (type !== 'Element') walk.add('error', 'invariant', () => 'ele-1: The element has only an id; leave it out or give it content');
}

// SHALL: an extension has a value or extensions, not both — extensibility.html#ext-1
export function badExtension(walk: Walk, nested: boolean): void {
  const which = nested ? 'both' : 'neither';
  walk.add('error', 'invariant', () => `ext-1: An Extension must have either a value[x] or extensions; this one has ${which}`);
}
