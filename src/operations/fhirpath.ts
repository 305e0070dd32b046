/**
 * $fhirpath: evaluates an expression on a resource. No operation of R4 does this; the parameters are those of the FHIRPath lab.
 * https://github.com/brianpos/fhirpath-lab/blob/master/server-api.md
 */
import { type CompiledExpression, compileFhirPath } from '../fhir/fhirpath/fhirpath.ts';
import { parse } from '../fhir/fhirpath/parse.ts';
import type { Environment } from '../fhir/fhirpath/run.ts';
import { treeOf } from '../fhir/fhirpath/tree.ts';
import type { Value } from '../fhir/fhirpath/value.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { type Arguments, type PartedArgument, text } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import { type Evaluated, evaluateAll } from './fhirpath-evaluation.ts';
import { targetResource } from './fhirpath-target.ts';
import { partOf, typeName, valueOf } from './fhirpath-value.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'fhirpath',
  url: 'https://anamnesis.example/OperationDefinition/fhirpath',
  documentation: 'Evaluates a FHIRPath expression on the resource that is sent or named, with the values that trace() tells.',
  system: true,
  type: false,
  instance: true,
  affectsState: false,
  parameter: [
    { name: 'expression', min: 1, max: 1, type: 'string', documentation: 'The expression.' },
    { name: 'resource', min: 0, max: 1, type: 'Resource', documentation: 'What it is evaluated on; not on the level of an instance.' },
    { name: 'context', min: 0, max: 1, type: 'string', documentation: 'An expression: the first one is evaluated on each of its results.' },
    { name: 'variables', min: 0, max: 1, type: 'Element', documentation: 'Parts, each the name and value of a variable.' },
    {
      name: 'validate',
      min: 0,
      max: 1,
      type: 'boolean',
      documentation: 'True = names that no element has are refused; else they select nothing.',
    },
    { name: 'terminologyserver', min: 0, max: 1, type: 'string', documentation: 'Sent by the lab; no other server is asked.' },
  ],
};

function variablesOf(values: Arguments, { definitions }: Services): ReadonlyMap<string, unknown> {
  const [given] = values.get('variables') ?? [];
  if (given === undefined) return new Map();
  if (typeof given === 'string' || !Array.isArray((given as PartedArgument).part))
    throw refusal('value', 'The parameter variables has parts: each the name and value of a variable.');
  return new Map((given as PartedArgument).part.map((part) => variableOf(part, definitions)));
}

function variableOf(part: unknown, definitions: Services['definitions']): [string, unknown] {
  if (!isObject(part) || typeof part['name'] !== 'string') throw refusal('structure', 'Every part of variables has a name.');
  return [part['name'], valueOf(definitions, part)];
}

interface Compiled {
  readonly context: CompiledExpression | undefined;
  readonly expression: CompiledExpression;
}

function compileBoth(values: Arguments, resource: Resource, { definitions }: Services): Compiled {
  const strict = flag(values, 'validate');
  const type = resource.resourceType;
  const compile = (source: string, on: string | undefined) =>
    compileFhirPath(source, { definitions, type: on, resourceType: type, strict, tracked: true });
  const given = text(values, 'context');
  const context = given === undefined || given.trim() === '' ? undefined : compile(given, type);
  // The results of a context may be of several types: each says its own.
  return { context, expression: compile(text(values, 'expression') as string, context === undefined ? type : onlyType(context)) };
}

/** The FHIR type of all results; undefined when they can be of several. */
function onlyType({ types = [] }: CompiledExpression): string | undefined {
  const [only, ...others] = types;
  return only?.startsWith('FHIR.') === true && others.length === 0 ? only.slice(5) : undefined;
}

function flag(values: Arguments, name: string): boolean {
  const given = text(values, name) ?? 'false';
  if (given !== 'true' && given !== 'false') throw refusal('value', `${name} is true or false, not "${given.slice(0, 20)}".`);
  return given === 'true';
}

/** `string[]`, as the lab writes it. */
function returnType({ types, isMany }: CompiledExpression): string | undefined {
  return types === undefined || types.length === 0 ? undefined : types.map((type) => typeName(type) + (isMany ? '[]' : '')).join(', ');
}

function echo(call: OperationCall, resource: Resource, expression: CompiledExpression, { settings }: Services): JsonObject {
  const context = text(call.arguments, 'context');
  const variables = call.arguments.get('variables')?.[0];
  const type = returnType(expression);
  const part: JsonObject[] = [
    { name: 'evaluator', valueString: `Anamnesis ${settings.softwareVersion} (R4)` },
    ...(type === undefined ? [] : [{ name: 'expectedReturnType', valueString: type }]),
    { name: 'parseDebugTree', valueString: JSON.stringify(treeOf(parse(expression.text))) },
    { name: 'expression', valueString: expression.text },
    ...(context === undefined ? [] : [{ name: 'context', valueString: context }]),
    { name: 'resource', resource },
    ...(isObject(variables) ? [variables] : []),
  ];
  return { name: 'parameters', part };
}

function resultOf({ context, values, traces }: Evaluated, { definitions }: Services): JsonObject {
  const toPart = (value: Value) => partOf(definitions, value);
  const traced = traces.map(({ name, values: told }) => ({
    name: 'trace',
    valueString: name,
    ...(told.length === 0 ? {} : { part: told.map(toPart) }),
  }));
  const part = [...values.map(toPart), ...traced];
  return { name: 'result', ...(context === undefined ? {} : { valueString: context }), ...(part.length === 0 ? {} : { part }) };
}

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const resource = await targetResource(call, services);
  const { context, expression } = compileBoth(call.arguments, resource, services);
  const environment: Environment = {
    resource,
    rootResource: resource,
    variables: variablesOf(call.arguments, services),
    now: services.now,
  };
  const all = await evaluateAll({ context, expression, resource, environment, repository: services.repository(call.request.principal) });
  const parameter = [echo(call, resource, expression, services), ...all.map((one) => resultOf(one, services))];
  return { status: 200, body: { resourceType: 'Parameters', id: 'fhirpath', parameter } };
}

export const fhirpath: Operation = { definition, run };
