/** The arguments of an operation, from the query of a GET, the Parameters or the form of a POST. https://hl7.org/fhir/R4/operations.html#executing */
import { nearest } from '../fhir/nearest.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { formPairs, formType } from '../interactions/form.ts';
import type { FhirRequest } from '../interactions/interaction.ts';
import type { OperationDefinition, OperationParameter } from './definition.ts';

/** A parameter that has parts: the parameter itself. */
export interface PartedArgument {
  readonly name: string;
  readonly part: readonly unknown[];
}

/** Text of a simple value, a resource, or parts. */
export type Argument = string | Resource | PartedArgument;

/** Values by parameter name, in the order sent. */
export type Arguments = ReadonlyMap<string, readonly Argument[]>;

/** Paging position of the server's own next links, and the format of the response: of every operation. */
const common: readonly string[] = ['_format', '_pretty', '_cursor'];

function unknown(definition: OperationDefinition, name: string, expression?: string): Error {
  const known = definition.parameter.map((parameter) => parameter.name);
  const near = nearest(name, known);
  const text = `$${definition.code} has no parameter "${name.slice(0, 64)}".${near === undefined ? '' : ` Did you mean "${near}"?`} Known are: ${known.join(', ')}.`;
  return refusal('not-supported', text, expression === undefined ? {} : { expression });
}

/** Values that a token names, by the element that is the code of it. */
const tokens: Readonly<Record<string, string>> = { valueCoding: 'code', valueIdentifier: 'value' };

const escaped = (value: unknown): string => (typeof value === 'string' ? value.replace(/[\\,$|]/g, '\\$&') : '');

/** `system|code` of a Coding or an Identifier, as a search names it. */
function tokenOf(parameter: JsonObject): string | undefined {
  for (const [key, code] of Object.entries(tokens)) {
    const value = parameter[key];
    if (!isObject(value) || (value['system'] === undefined && value[code] === undefined)) continue;
    return value['system'] === undefined ? escaped(value[code]) : `${escaped(value['system'])}|${escaped(value[code])}`;
  }
  return undefined;
}

/** The text of `value[x]`. */
function simpleValue(parameter: JsonObject, expression: string, type: string | undefined): string {
  const token = type === 'Coding' || type === 'Identifier' ? tokenOf(parameter) : undefined;
  if (token !== undefined) return token;
  const key = Object.keys(parameter).find((name) => name.startsWith('value') && name.length > 5);
  const value = key === undefined ? undefined : parameter[key];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isObject(value) && typeof value['reference'] === 'string') return value['reference'];
  throw refusal(
    'value',
    'A parameter of this operation has a simple value, such as valueDate or valueCode, a valueReference, or a resource.',
    {
      expression,
    },
  );
}

function bodyPair(definition: OperationDefinition, parameter: unknown, index: number): [string, Argument, string] {
  const expression = `Parameters.parameter[${index}]`;
  if (!isObject(parameter) || typeof parameter['name'] !== 'string') throw refusal('structure', 'A parameter has a name.', { expression });
  const { name, resource, part } = parameter;
  if (Array.isArray(part)) return [name, { name, part }, expression];
  const type = definition.parameter.find((known) => known.name === name)?.type;
  return [name, isObject(resource) ? (resource as Resource) : simpleValue(parameter, expression, type), expression];
}

type Found = readonly [name: string, value: Argument, expression?: string];

function bodyPairs(definition: OperationDefinition, request: FhirRequest): Found[] {
  if (request.method !== 'POST' || request.body.bytes.length === 0) return [];
  if (request.body.contentType === formType) return formPairs(request.body).filter(([, value]) => value !== '');
  const body = request.body.resource();
  const bare = bareParameter(definition, body);
  if (bare !== undefined) return [[bare, body]];
  const { resourceType, parameter } = body;
  if (resourceType !== 'Parameters')
    throw refusal('invalid', `An operation takes a Parameters resource, not a ${resourceType}.`, { expression: 'resourceType' });
  if (parameter === undefined) return [];
  if (!Array.isArray(parameter)) throw refusal('structure', 'Parameters.parameter is an array.', { expression: 'Parameters.parameter' });
  return parameter.map((each, index) => bodyPair(definition, each, index));
}

/**
 * SHALL: where one parameter is a resource, it can be the body itself — operations.html#executing. Parameters are it only when none of
 * their names is known.
 */
function bareParameter({ parameter }: OperationDefinition, body: Resource): string | undefined {
  const [only, ...others] = parameter.filter(({ type }) => type === 'Resource');
  if (only === undefined || others.length > 0) return undefined;
  if (body.resourceType !== 'Parameters') return only.name;
  const sent: unknown = body['parameter'];
  const names = Array.isArray(sent) ? sent.map((each: unknown) => (isObject(each) ? each['name'] : undefined)) : [];
  return names.some((name) => parameter.some((known) => known.name === name)) ? undefined : only.name;
}

function checkCount({ name, min, max }: OperationParameter, count: number, code: string): void {
  if (count > max) throw refusal('value', `$${code} takes the parameter ${name} at most ${max === 1 ? 'once' : `${max} times`}.`);
  if (count < min) throw refusal('required', `$${code} needs the parameter ${name}.`, { status: 400 });
}

/** Throws 400 for a parameter that the operation does not define, or that stands too often or is missing. */
export function readArguments(definition: OperationDefinition, request: FhirRequest): Arguments {
  const found = new Map<string, Argument[]>();
  const pairs: Found[] = [...request.query.filter(([, value]) => value !== ''), ...bodyPairs(definition, request)];
  for (const [name, value, expression] of pairs) {
    if (!common.includes(name) && !definition.parameter.some((parameter) => parameter.name === name))
      throw unknown(definition, name, expression);
    const values = found.get(name);
    if (values === undefined) found.set(name, [value]);
    else values.push(value);
  }
  for (const parameter of definition.parameter) checkCount(parameter, found.get(parameter.name)?.length ?? 0, definition.code);
  return found;
}

/** The texts of a parameter. Throws 400 when a resource or parts were sent. */
export function texts(values: Arguments, name: string): readonly string[] {
  return (values.get(name) ?? []).map((value) => {
    if (typeof value === 'string') return value;
    throw refusal('value', `The parameter ${name} has a simple value, not a resource or parts.`);
  });
}

/** The text of a parameter that stands once at most. */
export const text = (values: Arguments, name: string): string | undefined => texts(values, name)[0];
