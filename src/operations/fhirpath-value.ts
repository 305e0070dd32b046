/** Values of FHIRPath as parts of Parameters, and parts as values. https://github.com/brianpos/fhirpath-lab/blob/master/server-api.md */
import type { Definitions } from '../fhir/definitions.ts';
import { Decimal } from '../fhir/fhirpath/decimal.ts';
import { Quantity } from '../fhir/fhirpath/quantity.ts';
import { Value } from '../fhir/fhirpath/value.ts';
import { printJson, setExactNumber } from '../fhir/json.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';
import { isDateTime, isTime } from '../validation/calendar.ts';

const pathUrl = 'http://fhir.forms-lab.com/StructureDefinition/resource-path';
const jsonUrl = 'http://fhir.forms-lab.com/StructureDefinition/json-value';

/** `FHIR.HumanName` is HumanName, `FHIR.Patient.contact` is Patient.contact, `System.String` is string. */
export function typeName(type: string): string {
  const name = type.slice(type.indexOf('.') + 1);
  return type.startsWith('System.') && name !== 'Quantity' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

const property = (type: string): string => `value${type.charAt(0).toUpperCase()}${type.slice(1)}`;

/** A decimal keeps its digits. */
function setNumber(part: JsonObject, key: string, value: Decimal): void {
  part[key] = value.toNumber();
  setExactNumber(part, key, value.toString());
}

const ucum = 'http://unitsofmeasure.org';
const calendarUnits = 'http://hl7.org/fhirpath/CodeSystem/calendar-units';

function quantityJson({ value, unit, calendar, foreign }: Quantity): JsonObject {
  const coded = foreign === undefined ? { system: calendar === undefined ? ucum : calendarUnits, code: calendar ?? unit } : {};
  const quantity: JsonObject = { value: 0, unit, ...coded };
  setNumber(quantity, 'value', value);
  return quantity;
}

/** A value of the language in the JSON of FHIR; undefined for what FHIR cannot write, such as a time without seconds. */
function jsonOf(type: string, value: unknown): unknown {
  if (value instanceof Quantity) return quantityJson(value);
  const text = String(value);
  if (type === 'dateTime') return isDateTime(text) ? text : undefined;
  if (type === 'time') return isTime(text) ? text : undefined;
  return type === 'date' ? text : value;
}

const asText = (value: unknown): string =>
  isObject(value) && value.constructor === Object ? printJson(value) : JSON.stringify(String(value));

/** A part with the value under the property of its type, or as JSON in an extension where Parameters have no such property. */
export function partOf(definitions: Definitions, value: Value): JsonObject {
  const name = typeName(value.type);
  const { path } = value;
  const extension: JsonObject[] = path === undefined ? [] : [{ url: pathUrl, valueString: path }];
  // SHALL: an empty string has a name of its own, as many drop it.
  const part: JsonObject = { name: value.value === '' ? 'empty-string' : name };
  if (!setValue(definitions, part, name, value)) extension.push({ url: jsonUrl, valueString: asText(value.value) });
  return extension.length === 0 ? part : { extension, ...part };
}

/** False when Parameters cannot carry the value. */
function setValue(definitions: Definitions, part: JsonObject, type: string, { value, twin }: Value): boolean {
  if (definitions.isResourceType(type)) {
    part['resource'] = value;
    return true;
  }
  const key = property(type);
  if (!definitions.properties('Parameters.parameter').has(key)) return false;
  const json = jsonOf(type, value);
  if (twin !== undefined) part[`_${key}`] = twin;
  if (json instanceof Decimal) setNumber(part, key, json);
  else if (json !== undefined && json !== '') part[key] = json;
  return json !== undefined || twin !== undefined;
}

/** What a part says: a resource, or a value with its type; undefined when it says nothing. */
export function valueOf(definitions: Definitions, part: JsonObject): unknown {
  const { resource } = part;
  if (isObject(resource)) return resource;
  for (const [key, { element, type }] of definitions.properties('Parameters.parameter')) {
    const [value, twin] = [part[key], part[`_${key}`]];
    if (element.name !== 'value' || (value === undefined && twin === undefined)) continue;
    return new Value(`FHIR.${type.code}`, value, isObject(twin) ? twin : undefined);
  }
  return undefined;
}
