/** Resources by their type codes and ids, as the parameters of a statement. */
import { plain, split, texts } from './column.ts';

export interface Target {
  /** Hash of `Type/id`, by which the row is looked up; type and id are compared as well. */
  readonly self: string;
  readonly typeCode: number;
  readonly id: string;
}

/** How many parameters a list of targets takes. */
export const targetParameters = 3;

/** A set `q(self, tc, id)` from three parameters, the first of which has the given number. */
export const targetsSql = (first: number): string =>
  `unnest($${first}::bigint[], $${first + 1}::smallint[], ${split(first + 2)}) as q(self, tc, id)`;

/** Joins the rows of the targets. */
export const isTarget = (row: string): string => `${row}.self = q.self and ${row}.tc = q.tc and ${row}.id = q.id`;

export const targetValues = (list: readonly Target[]): unknown[] => [
  plain(list.map((target) => target.self)),
  plain(list.map((target) => target.typeCode)),
  texts(list.map((target) => target.id)),
];
