/** Resources by their type codes and ids, as the parameters of a statement. */
import { plain, split, texts } from './column.ts';

export interface Target {
  readonly typeCode: number;
  readonly id: string;
}

/** A set `q(tc, id)` from two parameters, the first of which has the given number. */
export const targetsSql = (first: number): string => `unnest($${first}::smallint[], ${split(first + 1)}) as q(tc, id)`;

export const targetValues = (list: readonly Target[]): unknown[] => [
  plain(list.map((target) => target.typeCode)),
  texts(list.map((target) => target.id)),
];
