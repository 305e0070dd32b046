/** `%name`. https://hl7.org/fhirpath/N1/#environment-variables, https://hl7.org/fhir/R4/fhirpath.html#vars */
import { isObject } from '../resource.ts';
import { anything, type Compiled, several, shapeOf, single } from './compiled.ts';
import type { Compiler, Scope } from './compiler.ts';
import { Decimal } from './decimal.ts';
import { fault } from './fault.ts';
import { type Item, type Items, isSystemObject, Node, nothing } from './item.ts';
import type { Run } from './run.ts';
import type { External } from './syntax.ts';
import { systemTypes, type Types } from './type.ts';
import { Value } from './value.ts';

const constants: ReadonlyMap<string, string> = new Map([
  ['ucum', 'http://unitsofmeasure.org'],
  ['sct', 'http://snomed.info/sct'],
  ['loinc', 'http://loinc.org'],
]);

/** `%vs-name` and `%ext-name` stand for the addresses of HL7's value sets and extensions. */
const addresses: readonly (readonly [prefix: string, address: string])[] = [
  ['vs-', 'http://hl7.org/fhir/ValueSet/'],
  ['ext-', 'http://hl7.org/fhir/StructureDefinition/'],
];

function constantOf(name: string): string | undefined {
  const found = addresses.find(([prefix]) => name.startsWith(prefix));
  return constants.get(name) ?? (found === undefined ? undefined : found[1] + name.slice(found[0].length));
}

export function compileExternal(compiler: Compiler, expression: External, scope: Scope): Compiled {
  const { name } = expression;
  const defined = scope.variables.get(name);
  if (defined !== undefined) return several(defined.shape, (_, run) => run.slots?.[defined.slot] ?? nothing);
  const { tracked } = compiler;
  const resource = tracked ? { raw: undefined, types: [compiler.resource] } : shapeOf(compiler.resource);
  if (name === 'context') return single(compiler.context, (_, run) => run.context);
  if (name === 'resource') return single(resource, (_, run) => run.resource, true);
  if (name === 'rootResource')
    return single({ ...resource, ...(tracked ? {} : shapeOf(compiler.types.resource)) }, (_, run) => run.rootResource, true);
  const constant = constantOf(name);
  const given = givenVariable(compiler.types, expression);
  if (constant === undefined) return several(anything, given);
  return single(shapeOf(systemTypes.String), (self, run) => (run.environment.variables?.has(name) ? given(self, run)[0] : constant));
}

/** SHALL: a variable that is not defined is an error — N1/#environment-variables */
function givenVariable(types: Types, expression: External): (self: Item | undefined, run: Run) => Items {
  return (_, run) => {
    const { variables } = run.environment;
    if (variables?.has(expression.name)) return itemsOf(variables.get(expression.name), types);
    const known = ['context', 'resource', 'rootResource', ...constants.keys(), ...(variables?.keys() ?? [])];
    throw fault('execution', expression, `There is no variable %${expression.name}. Known are: ${known.join(', ')}.`);
  };
}

/** What a caller gave, as items. */
export function itemsOf(given: unknown, types: Types): Items {
  if (given === undefined || given === null) return nothing;
  if (Array.isArray(given)) return given.flatMap((one) => itemsOf(one, types));
  return [itemOf(given, types)];
}

function itemOf(given: unknown, types: Types): Item {
  if (given instanceof Value) return ofValue(given, types);
  if (typeof given === 'number') return Number.isInteger(given) ? given : Decimal.of(given);
  if (typeof given === 'string' || typeof given === 'boolean') return given;
  if (typeof given === 'object' && given !== null && (isSystemObject(given) || given instanceof Node)) return given;
  if (isObject(given)) return new Node(given, types.ofResource(given['resourceType']));
  throw new Error('A variable of an expression is a plain value, a resource, a Value, or a list of these.');
}

function ofValue({ type, value, twin, place }: Value, types: Types): Item {
  const found = types.named(type.split('.'));
  if (found === undefined) throw new Error(`There is no type ${type}.`);
  return found.namespace === 'System' ? itemOf(value, types) : new Node(value, found, twin, place);
}
