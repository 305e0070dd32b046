/** The index rows that two registries make of one resource, each once. What does not depend on search parameters is that of the first. */
import type { IndexRows } from './index-rows.ts';

export function mergeRows(one: IndexRows, other: IndexRows): IndexRows {
  const contained = one.contained?.map((rows, i) => ({ ...rows, ...merged(rows, other.contained?.[i] ?? rows) }));
  return { ...one, ...merged(one, other), ...(contained && { contained }) };
}

type Rows = Pick<IndexRows, 'tokens' | 'numbers' | 'strings' | 'terms'>;

function merged(one: Rows, other: Rows): Rows {
  const terms = distinct([...(one.terms ?? []), ...(other.terms ?? [])]);
  return {
    tokens: [...new Set([...one.tokens, ...other.tokens])].sort(),
    numbers: distinct([...one.numbers, ...other.numbers]),
    strings: distinct([...one.strings, ...other.strings]),
    ...(terms.length === 0 ? {} : { terms }),
  };
}

/** Rows are plain values. */
const distinct = <T extends object>(rows: readonly T[]): readonly T[] => [
  ...new Map(rows.map((row) => [Object.values(row).join(' '), row])).values(),
];
