/** Quantity parameters: value and unit, one row for each way in which the unit may be asked for. https://hl7.org/fhir/R4/search.html#quantity */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import { hash64 } from '../hash.ts';
import { ucum, unitAlone, unitWithSystem } from '../index-text.ts';
import type { Indexer, IndexKey, RowCollector } from '../row-collector.ts';
import { noUnit } from './number.ts';

/** A value in a unit as it is indexed. */
export interface UnitValue {
  /** Hash of the unit, `0` = none. */
  readonly unit: string;
  readonly low: number;
  readonly high: number;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * The units under which a quantity is found: system and code; and, for `value||code`, the code of any other system than UCUM
 * and the human-readable unit where it says something else. Conversion to canonical units has its place here.
 */
export function canonicalQuantity(quantity: JsonObject, low: number, high: number): readonly UnitValue[] {
  const [system, code, unit] = [textOf(quantity['system']), textOf(quantity['code']), textOf(quantity['unit'])];
  const units = new Set<string>();
  if (system !== undefined && code !== undefined) units.add(unitWithSystem(system, code));
  if (code !== undefined && system !== ucum) units.add(unitAlone(code));
  if (unit !== undefined && unit !== code) units.add(unitAlone(unit));
  if (units.size === 0) return [{ unit: noUnit, low, high }];
  return [...units].map((text) => ({ unit: hash64(text), low, high }));
}

function indexInterval(parameter: IndexKey, quantity: JsonObject, low: number, high: number, rows: RowCollector): void {
  for (const each of canonicalQuantity(quantity, low, high)) rows.number(parameter.key, each.unit, each.low, each.high);
}

const amount = (value: unknown): number | undefined => (isObject(value) && typeof value['value'] === 'number' ? value['value'] : undefined);

/** `< 10` is anything below 10: a comparator opens the other end. */
const quantity: Indexer = (parameter, value, rows) => {
  const number = amount(value);
  if (number === undefined) return;
  const comparator = textOf((value as JsonObject)['comparator']) ?? '';
  const low = comparator.startsWith('<') ? Number.NEGATIVE_INFINITY : number;
  const high = comparator.startsWith('>') ? Number.POSITIVE_INFINITY : number;
  indexInterval(parameter, value as JsonObject, low, high, rows);
};

/** The currency stands for the unit. */
const money: Indexer = (parameter, value, rows) => {
  const number = amount(value);
  if (number === undefined) return;
  const currency = textOf((value as JsonObject)['currency']);
  indexInterval(parameter, currency === undefined ? {} : { system: 'urn:iso:std:iso:4217', code: currency }, number, number, rows);
};

const range: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  const [low, high] = [amount(value['low']), amount(value['high'])];
  if (low === undefined && high === undefined) return;
  const unit = (low === undefined ? value['high'] : value['low']) as JsonObject;
  indexInterval(parameter, unit, low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY, rows);
};

export const quantityIndexers: ReadonlyMap<string, Indexer> = new Map([
  ...['Quantity', 'Age', 'Duration', 'Count', 'Distance', 'MoneyQuantity', 'SimpleQuantity'].map((type) => [type, quantity] as const),
  ['Money', money],
  ['Range', range],
]);
