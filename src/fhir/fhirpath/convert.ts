/** From the values of FHIR to those of the language. https://hl7.org/fhir/R4/fhirpath.html#types, #quantity */
import { exactNumber } from '../json/exact.ts';
import { isObject, type JsonObject } from '../resource.ts';
import { Decimal } from './decimal.ts';
import { type Item, isSystemObject, Node, type SystemValue } from './item.ts';
import { Quantity } from './quantity.ts';
import { type Temporal, type TemporalKind } from './temporal.ts';
import { parseTemporal } from './temporal-parse.ts';
import type { SystemName, Type } from './type.ts';

const temporalKinds: Readonly<Partial<Record<SystemName, TemporalKind>>> = { Date: 'date', DateTime: 'dateTime', Time: 'time' };

/** The value of a primitive; undefined for JSON that is none. */
function primitiveValue(value: unknown, system: SystemName): SystemValue | undefined {
  const kind = temporalKinds[system];
  if (kind !== undefined) return typeof value === 'string' ? temporalOf(kind, value) : undefined;
  if (value instanceof Decimal) return value;
  if (system === 'Decimal') return typeof value === 'number' && Number.isFinite(value) ? Decimal.of(value) : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

const temporalOf = (kind: TemporalKind, text: string): Temporal | undefined => parseTemporal(kind, text);

const ucum = 'http://unitsofmeasure.org';

/** SHALL: time-valued UCUM units become durations of the calendar — fhirpath.html#quantity */
const calendarWords: ReadonlyMap<string, string> = new Map([
  ['a', 'year'],
  ['mo', 'month'],
  ['d', 'day'],
  ['h', 'hour'],
  ['min', 'minute'],
  ['s', 'second'],
]);

/**
 * SHALL: only a Quantity with a UCUM code is a quantity in the units of UCUM — fhirpath.html#quantity. One with another code, or with a unit
 * in words, is comparable with its like only; one with a comparator is no single value.
 */
export function quantityOf(body: JsonObject): Quantity | undefined {
  const { value, code, system } = body;
  if (typeof value !== 'number' || !Number.isFinite(value) || body['comparator'] !== undefined) return undefined;
  const digits = exactNumber(body, 'value');
  const decimal = (digits === undefined ? undefined : Decimal.parse(digits)) ?? Decimal.of(value);
  if (system !== ucum || typeof code !== 'string') return foreign(decimal, body);
  const word = calendarWords.get(code);
  return word === undefined ? Quantity.of(decimal, code) : Quantity.calendar(decimal, word);
}

function foreign(value: Decimal, { system, code, unit }: JsonObject): Quantity {
  const shown = String(unit ?? code ?? '');
  return new Quantity(value, shown, undefined, code === undefined ? `|${shown}` : `${String(system)}|${String(code)}`);
}

/** The value of the language that an item stands for; undefined for a structure, and for a primitive without value. */
export function systemValue(item: Item, raw: Type | undefined): SystemValue | undefined {
  if (item instanceof Node) return ofType(item.value, item.type);
  if (raw !== undefined) return ofType(item, raw);
  return typeof item === 'object' && !isSystemObject(item) ? undefined : item;
}

function ofType(value: unknown, { system }: Type): SystemValue | undefined {
  if (system === undefined || value === undefined) return undefined;
  if (system === 'Quantity') return isObject(value) ? quantityOf(value) : undefined;
  if (system === 'String') return typeof value === 'string' ? value : undefined;
  return primitiveValue(value, system);
}
