/**
 * Quantity parameters: the number in the unit of the index, and as it is stated where that is another one.
 * https://hl7.org/fhir/R4/search.html#quantity
 */
import type { Rational } from '../../fhir/rational.ts';
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import { ucumSystem } from '../../fhir/ucum.ts';
import { hash64 } from '../hash.ts';
import type { IndexKey } from '../index-key.ts';
import { asStatedText, convertedText, unitAlone, unitWithSystem } from '../index-text.ts';
import { PairMemo } from '../memo.ts';
import type { Indexer, RowCollector } from '../row-collector.ts';
import { asStated, indexedUnit } from './indexed-unit.ts';
import { above, below } from './next-double.ts';
import { noUnit } from './number.ts';
import { sampledBounds } from './sampled-data.ts';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

interface Unit {
  readonly system: string | undefined;
  readonly code: string | undefined;
  /** For people. */
  readonly unit: string | undefined;
}

const unitOf = ({ system, code, unit }: JsonObject): Unit => ({ system: textOf(system), code: textOf(code), unit: textOf(unit) });

type Convert = (value: number | Rational) => number;
/** The bounds of a value, both included, in the unit that they are converted to. */
type Interval = (convert: Convert) => readonly [low: number, high: number];

/**
 * What is stated in the unit of the index, or in none that converts, is one row. Another unit of UCUM is converted, and has a row with
 * the number as it is stated beside it. Further rows name the unit as `number||unit` may ask for it.
 */
function indexInterval({ text, key }: IndexKey, { system, code, unit }: Unit, interval: Interval, rows: RowCollector): void {
  const stated = interval(asStated);
  const alone = (name: string): void => rows.number(hash64(asStatedText(text)), hash64(unitAlone(name)), ...stated);
  const indexed = system === ucumSystem && code !== undefined ? indexedUnit(code) : undefined;
  if (indexed && indexed.code !== code) {
    rows.number(hash64(convertedText(text)), hash64(unitWithSystem(ucumSystem, indexed.code)), ...interval(indexed.convert));
    alone(code as string);
  } else rows.number(key, statedUnit(system, code ?? unit), ...stated);
  if (system !== undefined && system !== ucumSystem && code !== undefined) alone(code);
  if (unit !== undefined && code !== undefined && unit !== code) alone(unit);
}

const units = new PairMemo<string>();

function statedUnit(system: string | undefined, code: string | undefined): string {
  if (code === undefined) return noUnit;
  const known = units.get(system, code);
  if (known !== undefined) return known;
  const hash = hash64(system === undefined ? unitAlone(code) : unitWithSystem(system, code));
  units.set(system, code, hash);
  return hash;
}

const amount = (value: unknown): number | undefined => (isObject(value) && typeof value['value'] === 'number' ? value['value'] : undefined);

/** `< 10` is anything below 10: a comparator opens the other end, and leaves the number out unless it says `=`. */
const compared =
  (value: number, comparator: unknown): Interval =>
  (convert) => {
    const number = convert(value);
    switch (comparator) {
      case '<':
        return [Number.NEGATIVE_INFINITY, below(number)];
      case '<=':
        return [Number.NEGATIVE_INFINITY, number];
      case '>=':
        return [number, Number.POSITIVE_INFINITY];
      case '>':
        return [above(number), Number.POSITIVE_INFINITY];
      default:
        return [number, number];
    }
  };

const between =
  (low: number | Rational | undefined, high: number | Rational | undefined): Interval =>
  (convert) => [low === undefined ? Number.NEGATIVE_INFINITY : convert(low), high === undefined ? Number.POSITIVE_INFINITY : convert(high)];

const quantity: Indexer = (parameter, value, rows) => {
  const number = amount(value);
  if (number === undefined) return;
  const object = value as JsonObject;
  indexInterval(parameter, unitOf(object), compared(number, object['comparator']), rows);
};

/** The currency stands for the unit. */
const money: Indexer = (parameter, value, rows) => {
  const number = amount(value);
  if (number === undefined) return;
  const code = textOf((value as JsonObject)['currency']);
  const unit = { system: code === undefined ? undefined : 'urn:iso:std:iso:4217', code, unit: undefined };
  indexInterval(parameter, unit, between(number, number), rows);
};

const range: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  const [from, to] = [amount(value['low']), amount(value['high'])];
  if (from === undefined && to === undefined) return;
  const unit = commonUnit(unitOf(isObject(value['low']) ? value['low'] : {}), unitOf(isObject(value['high']) ? value['high'] : {}));
  if (unit) indexInterval(parameter, unit, between(from, to), rows);
};

// SHALL: the units of low and high match — datatypes.html#Range. No number tells what lies between others.
function commonUnit(low: Unit, high: Unit): Unit | undefined {
  const names = ['system', 'code', 'unit'] as const;
  const matches = names.every((name) => low[name] === undefined || high[name] === undefined || low[name] === high[name]);
  return matches ? { system: low.system ?? high.system, code: low.code ?? high.code, unit: low.unit ?? high.unit } : undefined;
}

/** "Just search on the bounds of the values in sampled data." */
const sampledData: Indexer = (parameter, value, rows) => {
  if (!isObject(value) || !isObject(value['origin'])) return;
  const bounds = sampledBounds(value);
  if (bounds) indexInterval(parameter, unitOf(value['origin']), between(bounds.low, bounds.high), rows);
};

export const quantityIndexers: ReadonlyMap<string, Indexer> = new Map([
  ...['Quantity', 'Age', 'Duration', 'Count', 'Distance', 'MoneyQuantity', 'SimpleQuantity'].map((type) => [type, quantity] as const),
  ['Money', money],
  ['Range', range],
  ['SampledData', sampledData],
]);
