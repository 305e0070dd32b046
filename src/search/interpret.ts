/**
 * Search expressions beyond the part of FHIRPath that is compiled to walks: the FHIRPath engine evaluates them.
 * https://hl7.org/fhirpath/N1/, https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.expression
 */
import type { Definitions } from '../fhir/definitions.ts';
import { booleanOf, several, shapeOf } from '../fhir/fhirpath/compiled.ts';
import { Decimal } from '../fhir/fhirpath/decimal.ts';
import { FhirPathError } from '../fhir/fhirpath/fault.ts';
import { type CompiledExpression, compileFhirPath } from '../fhir/fhirpath/fhirpath.ts';
import { type Call, define, type FunctionDefinition } from '../fhir/fhirpath/functions/call.ts';
import { bodyOf, type Item, Node } from '../fhir/fhirpath/item.ts';
import { Quantity } from '../fhir/fhirpath/quantity.ts';
import { text as textOf } from '../fhir/fhirpath/single.ts';
import { Temporal } from '../fhir/fhirpath/temporal.ts';
import type { Value } from '../fhir/fhirpath/value.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';
import { ucumSystem } from '../fhir/ucum.ts';
import { ExpressionError } from './expression-parser.ts';
import { targetType } from './reference-target.ts';

/** A value with the type that it turned out to have, such as `HumanName` or `string`. */
export interface TypedValue {
  readonly type: string;
  readonly value: unknown;
}

export type Interpret = (resource: unknown) => readonly TypedValue[];

/** Of one resource; a usual expression takes less than a millisecond. */
const limits = { steps: 200_000, milliseconds: 200 };

/** What changes while the resource does not cannot be indexed. */
const unsteady = /\b(now|today|timeOfDay)\b(?=`?\s*\()/;

const withoutTexts = (text: string): string => text.replace(/'(?:[^'\\]|\\.)*'/g, "''");

/** Throws an ExpressionError when the text cannot be evaluated on resources of the type. */
export function interpreter(text: string, resourceType: string, definitions: Definitions): Interpret {
  const changing = unsteady.exec(withoutTexts(text))?.[1];
  if (changing !== undefined) throw new ExpressionError(`${changing}() changes with time, and an index does not`);
  const expression = compile(text, resourceType, definitions);
  const interpret: Interpret = (resource) => expression.evaluate(resource, { limits }).flatMap((value) => typed(value, definitions));
  return (resource) => guarded(text, () => interpret(resource));
}

/** On an empty resource, variables that do not exist show. */
function compile(text: string, type: string, definitions: Definitions): CompiledExpression {
  try {
    const expression = compileFhirPath(text, { definitions, type, published: true, functions: additional(definitions) });
    expression.evaluate({ resourceType: type }, { limits });
    return expression;
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    throw new ExpressionError(error.place === undefined ? error.reason : `${error.place}: ${error.reason}`);
  }
}

function guarded<T>(text: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    const shown = text.slice(0, 200);
    if (error.kind === 'cost')
      throw refusal('too-costly', `The search expression "${shown}" is too much for this resource: ${error.reason}`, { status: 422 });
    throw refusal('processing', `The search expression "${shown}" cannot be evaluated on this resource: ${error.reason}`);
  }
}

/** Functions of search expressions that are none of the language, mean less here, or ask for more than there is. */
function additional(definitions: Definitions): readonly FunctionDefinition[] {
  const unanswered = ['memberOf', 'conformsTo', 'subsumes', 'subsumedBy', 'htmlChecks', 'slice', 'elementDefinition'];
  return [
    define('resolve', 0, 0, (call) => resolved(call, definitions)),
    define('hasExtension', 1, 1, hasExtension),
    ...unanswered.map((name) =>
      define(name, 0, Number.POSITIVE_INFINITY, (call) => {
        throw call.fault('semantic', `${name}() needs more than the resource.`);
      }),
    ),
  ];
}

/** What a reference points to may be anywhere: of what resolve() gives, its type alone is known. */
function resolved({ input, compiler }: Call, { isResourceType }: Definitions) {
  const target = (item: Item): Item[] => {
    const type = targetType(item instanceof Node && typeof item.value === 'string' ? item.value : (bodyOf(item) ?? item), isResourceType);
    return type === undefined ? [] : [{ resourceType: type }];
  };
  return several(shapeOf(compiler.types.resource), (self, run) => input.many(self, run).flatMap(target));
}

function hasExtension(call: Call) {
  const { input, asker } = call;
  const url = textOf(call.argument(0), asker);
  return booleanOf((self, run) => {
    const wanted = url(self, run);
    return input.many(self, run).some((item) => extensionsOf(item).some((each) => each['url'] === wanted));
  });
}

function extensionsOf(item: Item): readonly JsonObject[] {
  const found = bodyOf(item)?.['extension'];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

function typed({ type: name, value }: Value, definitions: Definitions): readonly TypedValue[] {
  const type = typeName(name);
  // An expression that ends at an extension means its value.
  if (type === 'Extension') return extensionValue(value, definitions);
  if (value === undefined) return [];
  return [{ type: definitions.isResourceType(type) ? 'Resource' : type, value: plain(value) }];
}

/** `FHIR.HumanName`, `System.String`: the primitives of FHIRPath have the names of those of FHIR. */
function typeName(name: string): string {
  const type = name.slice(name.indexOf('.') + 1);
  return name.startsWith('System.') && type !== 'Quantity' ? type.charAt(0).toLowerCase() + type.slice(1) : type;
}

/** A value of the language as JSON of FHIR has it. */
function plain(value: unknown): unknown {
  if (value instanceof Decimal) return value.toNumber();
  if (value instanceof Quantity) return quantityJson(value);
  return value instanceof Temporal ? String(value) : value;
}

function quantityJson({ value, unit, calendar, foreign }: Quantity): JsonObject {
  const isUcum = calendar === undefined && foreign === undefined;
  return { value: value.toNumber(), unit, ...(isUcum ? { system: ucumSystem, code: unit } : {}) };
}

function extensionValue(extension: unknown, definitions: Definitions): readonly TypedValue[] {
  if (!isObject(extension)) return [];
  return [...definitions.properties('Extension')].flatMap(([property, { element, type }]) =>
    element.name === 'value' && extension[property] !== undefined ? [{ type: type.code, value: extension[property] }] : [],
  );
}
