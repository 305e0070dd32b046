/** Number parameters: integers, decimals and ranges as intervals. https://hl7.org/fhir/R4/search.html#number */
import { isObject } from '../../fhir/resource.ts';
import type { Indexer } from '../row-collector.ts';

/** The unit of rows that have none. */
export const noUnit = '0';

const point: Indexer = (parameter, value, rows) => {
  if (typeof value === 'number' && Number.isFinite(value)) rows.number(parameter.key, noUnit, value, value);
};

const amount = (value: unknown): number | undefined => (isObject(value) && typeof value['value'] === 'number' ? value['value'] : undefined);

const range: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  const [low, high] = [amount(value['low']), amount(value['high'])];
  if (low === undefined && high === undefined) return;
  rows.number(parameter.key, noUnit, low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY);
};

export const numberIndexers: ReadonlyMap<string, Indexer> = new Map([
  ...['integer', 'positiveInt', 'unsignedInt', 'decimal'].map((type) => [type, point] as const),
  ['Range', range],
]);
