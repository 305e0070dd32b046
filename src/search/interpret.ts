/**
 * Search expressions beyond the part of FHIRPath that is compiled: a FHIRPath engine interprets them. It is loaded for the first of
 * them (it costs 20 MB). https://hl7.org/fhirpath/N1/
 */
import { createRequire } from 'node:module';
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';
import { TimeLimitError, withinTime } from '../fhir/time-limit.ts';
import { ucumSystem } from '../fhir/ucum.ts';
import { ExpressionError } from './expression-parser.ts';

import { targetType } from './reference-target.ts';

/** A value with the type that it turned out to have, such as `HumanName` or `string`. */
export interface TypedValue {
  readonly type: string;
  readonly value: unknown;
}

export type Interpret = (resource: unknown) => readonly TypedValue[];

type Engine = typeof import('fhirpath');

const load = createRequire(import.meta.url);

/** Milliseconds for one resource; a usual expression takes less than one. */
const longest = 200;

/** What changes while the resource does not cannot be indexed. */
const unsteady = /\b(now|today|timeOfDay)\b(?=`?\s*\()/;

const withoutTexts = (text: string): string => text.replace(/'(?:[^'\\]|\\.)*'/g, "''");

/** `fault` is what the compiler found. Throws an ExpressionError when the text cannot be evaluated on resources of the type. */
export function interpreter(text: string, resourceType: string, definitions: Definitions, fault: ExpressionError): Interpret {
  if (definitions.additionalTypes.includes(resourceType))
    throw new ExpressionError(`on a ${resourceType} only paths, where(), extension() and comparisons with = and != are supported`);
  const changing = unsteady.exec(withoutTexts(text))?.[1];
  if (changing !== undefined) throw new ExpressionError(`${changing}() changes with time, and an index does not`);
  const engine = load('fhirpath') as Engine;
  const evaluate = compile(engine, text, definitions, fault);
  const interpret: Interpret = (resource) => typed(engine, evaluate(resource), definitions);
  tryOn(interpret, { resourceType });
  return (resource) => guarded(text, () => interpret(resource));
}

/** On an empty resource, functions that do not exist or need a network show. */
function tryOn(interpret: Interpret, resource: JsonObject): void {
  try {
    withinTime(longest, () => interpret(resource));
  } catch (error) {
    throw new ExpressionError(unknownIn(messageOf(error)));
  }
}

const unknownIn = (message: string): string =>
  message
    .replace(/^Not implemented: (\w+)$/, 'there is no function $1()')
    .replace(/^Attempting to access an undefined environment variable: (\w+)$/, 'there is no variable %$1')
    .replace(/^The asynchronous function "(\w+)".*$/, '$1() needs more than the resource');

function guarded<T>(text: string, work: () => T): T {
  try {
    return withinTime(longest, work);
  } catch (error) {
    const shown = text.slice(0, 200);
    if (error instanceof TimeLimitError)
      throw refusal('too-costly', `The search expression "${shown}" takes more than ${longest} ms on this resource.`, { status: 422 });
    throw refusal('processing', `The search expression "${shown}" cannot be evaluated on this resource: ${messageOf(error)}`);
  }
}

function compile(
  engine: Engine,
  text: string,
  definitions: Definitions,
  fault: ExpressionError,
): (resource: unknown) => readonly unknown[] {
  const options = { async: false as const, resolveInternalTypes: false, traceFn: () => {}, userInvocationTable: additional(definitions) };
  const model = load('fhirpath/fhir-context/r4') as import('fhirpath').Model;
  // The first expression of all makes the engine's parser, which takes longer than any expression may.
  engine.compile('true', model, options);
  try {
    const evaluate = withinTime(longest, () => engine.compile(text, model, options));
    return (resource) => evaluate(resource, { resource, rootResource: resource }) as readonly unknown[];
  } catch (error) {
    throw new ExpressionError(syntaxFault(messageOf(error)) ?? fault.message);
  }
}

/** `line: 1; column: 13; message: mismatched input '<EOF>' expecting {…}` → `line 1, column 14: the text ends too early`. */
function syntaxFault(message: string): string | undefined {
  const [, line, column, what = ''] = /^line: (\d+); column: (\d+); message: (.*?)(?: expecting .*)?$/m.exec(message) ?? [];
  if (line === undefined) return undefined;
  const shown = what.includes("'<EOF>'") ? 'the text ends too early' : what;
  return `line ${line}, column ${Number(column) + 1}: ${shown}`;
}

const messageOf = (error: unknown): string => String(error instanceof Error ? error.message : error).slice(0, 300);

/** An element of the resource, as the engine holds it. */
interface Node {
  readonly data: unknown;
  readonly propName: unknown;
  readonly constructor: { makeResNode(context: unknown, resource: object, ...rest: readonly null[]): unknown };
}

/** Functions of search expressions that the engine has not, or not without a network. */
function additional({ isResourceType }: Definitions): import('fhirpath').UserInvocationTable {
  return {
    // What a reference points to may be anywhere: of what resolve() gives, its type alone is known.
    resolve: {
      internalStructures: true,
      arity: { 0: [] },
      fn(this: unknown, nodes: readonly Node[]) {
        return nodes.flatMap((node) => {
          const type = targetType(node.data, isResourceType);
          return type === undefined ? [] : [node.constructor.makeResNode(this, { resourceType: type }, null, null, null, null)];
        });
      },
    },
    hasExtension: {
      arity: { 1: ['String'] },
      fn: (items: readonly unknown[], url: string) => [items.some((item) => extensionsOf(item).some((each) => each['url'] === url))],
    },
  };
}

const extensionsOf = (item: unknown): readonly JsonObject[] =>
  isObject(item) && Array.isArray(item['extension']) ? item['extension'].filter(isObject) : [];

function typed(engine: Engine, found: readonly unknown[], definitions: Definitions): readonly TypedValue[] {
  const types = engine.types(found);
  const values = engine.resolveInternalTypes(found) as readonly unknown[];
  return found.flatMap((node, i) => {
    const type = typeOf(types[i] ?? '');
    // An expression that ends at an extension means its value.
    if (type === 'Extension' || (node as Partial<Node> | null)?.propName === 'extension') return extensionValue(values[i], definitions);
    return [
      { type: definitions.isResourceType(type) ? 'Resource' : type, value: types[i] === 'System.Quantity' ? quantityOf(node) : values[i] },
    ];
  });
}

/** `FHIR.HumanName`, `System.String`: the primitives of FHIRPath have the names of those of FHIR. */
function typeOf(name: string): string {
  const [space, type = ''] = name.split('.');
  return space === 'System' && type !== 'Quantity' ? type.charAt(0).toLowerCase() + type.slice(1) : type;
}

/** A quantity of the engine: `{value: 5, unit: "'mg'"}`. */
function quantityOf(node: unknown): unknown {
  const { value, unit } = node as { readonly value: unknown; readonly unit: string };
  const code = /^'(.*)'$/.exec(unit)?.[1];
  return { value: Number(value), unit: code ?? unit, ...(code === undefined ? {} : { system: ucumSystem, code }) };
}

function extensionValue(extension: unknown, definitions: Definitions): readonly TypedValue[] {
  if (!isObject(extension)) return [];
  return [...definitions.properties('Extension')].flatMap(([property, { element, type }]) =>
    element.name === 'value' && extension[property] !== undefined ? [{ type: type.code, value: extension[property] }] : [],
  );
}
