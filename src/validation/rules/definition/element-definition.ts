/** One ElementDefinition: types that exist, values that fit them, invariants that can be read. https://hl7.org/fhir/R4/elementdefinition.html */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { choiceOf, eachOf, numberOf, objectsOf, quoted, textOf } from '../read.ts';
import { checkDiscriminators } from './discriminator.ts';
import { targetOf } from './element-path.ts';
import { expressionFault } from './expression.ts';

/** `constrains` = a profile, whose elements exist in the type and are narrower than there. */
export function checkElement(element: JsonObject, at: string, constrains: boolean, definitions: Definitions, report: Report): void {
  checkTypes(element, at, definitions, report);
  checkValue(element, at, report);
  checkConstraints(element, at, definitions, report);
  checkDiscriminators(element, at, definitions, report);
  if (constrains) checkNarrowing(element, at, definitions, report);
}

const system = 'http://hl7.org/fhirpath/System.';

function checkTypes(element: JsonObject, at: string, definitions: Definitions, report: Report): void {
  eachOf(element, 'type', at, (type, place) => {
    const code = textOf(type, 'code');
    if (code === undefined || code.startsWith(system) || code.includes(':') || definitions.type(code) !== undefined) return;
    report.add('error', 'value', place, `${quoted(code)} is no type of FHIR; expected one, or the URL of a logical model`);
  });
}

/** Choices whose suffix is a type. */
const valued = ['fixed', 'pattern', 'defaultValue', 'minValue', 'maxValue'];

// SHALL: the value is of the type of the element — elementdefinition-definitions.html#ElementDefinition.fixed[x]
function checkValue(element: JsonObject, at: string, report: Report): void {
  const types = objectsOf(element, 'type').flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  if (types.length === 0) return;
  for (const name of valued) {
    const value = choiceOf(element, name);
    if (value === undefined || types.some((type) => fits(type, value.suffix))) continue;
    report.add(
      'error',
      'value',
      `${at}.${name}`,
      `The value is of type ${value.suffix}; expected that of the element: ${types.slice(0, 5).join(', ')}`,
    );
  }
}

function fits(type: string, suffix: string): boolean {
  const name = type.startsWith(system) ? type.slice(system.length) : type;
  if (name.includes('/') || name.toLowerCase() === suffix.toLowerCase()) return true;
  // Specialisations of Quantity and of strings and uris are written as what they specialise, and System types as any of theirs.
  return type.startsWith(system) || (quantities.has(name) && suffix === 'Quantity');
}

const quantities: ReadonlySet<string> = new Set(['SimpleQuantity', 'Age', 'Count', 'Distance', 'Duration', 'MoneyQuantity']);

function checkConstraints(element: JsonObject, at: string, definitions: Definitions, report: Report): void {
  const keys = new Set<string>();
  eachOf(element, 'constraint', at, (constraint, place) => {
    const key = textOf(constraint, 'key');
    if (key !== undefined && keys.has(key))
      report.add('error', 'duplicate', place, `The key ${quoted(key)} is that of another invariant here; expected each once`);
    if (key !== undefined) keys.add(key);
    const expression = textOf(constraint, 'expression');
    const fault = expression === undefined ? undefined : expressionFault(expression, definitions);
    if (fault !== undefined)
      report.add('error', 'invalid', `${place}.expression`, `The invariant ${quoted(key ?? '')} cannot be read: ${fault}`);
  });
}

// SHALL: a profile only narrows — profiling.html#cardinality
function checkNarrowing(element: JsonObject, at: string, definitions: Definitions, report: Report): void {
  const path = textOf(element, 'path') ?? '';
  const target = targetOf(definitions, path);
  if (target === undefined)
    return report.add('error', 'value', at, `There is no element ${quoted(path)} in the type; expected one that it has`);
  if (target === 'unknown' || target.element === undefined) return;
  const isSlice = textOf(element, 'sliceName') !== undefined;
  const min = numberOf(element, 'min');
  const max = textOf(element, 'max');
  if (min !== undefined && !isSlice && min < target.element.min)
    report.add('error', 'value', `${at}.min`, `The type requires ${target.element.min} of ${quoted(path)}; expected at least as many`);
  const most = max === '*' ? Number.POSITIVE_INFINITY : Number(max);
  if (max !== undefined && most > target.element.max)
    report.add('error', 'value', `${at}.max`, `The type allows ${target.element.max} of ${quoted(path)}; expected at most as many`);
  if (min !== undefined && max !== undefined && min > most)
    report.add('error', 'value', at, `At least ${min} and at most ${max} exclude each other`);
}
