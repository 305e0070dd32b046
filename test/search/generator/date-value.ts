/** Values of date parameters: any prefix, any precision, at an end of what occurs or beside it. */
import { dateRange } from '../oracle/date.ts';
import type { Item } from '../oracle/item.ts';
import { prefixes } from '../oracle/range.ts';
import { type Drawn, plain } from './drawn.ts';
import type { Random } from './random.ts';

const day = 86_400_000;
const precisions = [4, 7, 10, 16, 19, 23];

/** The same time, written for a zone. */
function written(time: number, precision: number, ahead: number): string {
  const text = new Date(time + ahead * 3_600_000).toISOString().slice(0, precision);
  if (precision <= 10) return text;
  return ahead === 0 ? `${text}Z` : `${text}${ahead < 0 ? '-' : '+'}${String(Math.abs(ahead)).padStart(2, '0')}:00`;
}

export function dateValue(random: Random, item: Item): Drawn | undefined {
  const range = dateRange(item);
  const end = random.maybe([range?.low, range?.high].filter((each) => each !== undefined));
  if (end === undefined) return undefined;
  const time = Math.floor(Number(end.at.n / end.at.d)) + random.of(0, 0, 0, -1, 1, -1000, day, -day, 40 * day, -400 * day);
  if (time < Date.UTC(1000, 0) || time > Date.UTC(9000, 0)) return undefined;
  const prefix = random.of('', ...prefixes);
  return plain(`${prefix}${written(time, random.maybe(precisions) ?? 10, random.of(0, 0, 0, 2, -5))}`);
}
