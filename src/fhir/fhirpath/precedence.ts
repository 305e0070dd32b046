/** Operators by how tight they bind, and the words that the grammar keeps for itself. https://hl7.org/fhirpath/N1/#operator-precedence */
import type { BinaryOperator, RowOperator } from './syntax.ts';

export interface Binding {
  readonly operator: BinaryOperator | RowOperator | 'is' | 'as';
  /** The tighter, the higher. */
  readonly strength: number;
  readonly shape: 'binary' | 'row' | 'type';
}

/** From the loosest to the tightest. */
const levels = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<', '<=', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
] as const;

const shapes: Readonly<Record<string, Binding['shape']>> = { is: 'type', as: 'type', '|': 'row', and: 'row', or: 'row' };

export const binding: ReadonlyMap<string, Binding> = new Map(
  levels.flatMap((level, strength) =>
    level.map((operator): [string, Binding] => [operator, { operator, strength: strength + 1, shape: shapes[operator] ?? 'binary' }]),
  ),
);

/** Not to be used as names without backticks. */
export const keywords: ReadonlySet<string> = new Set(['and', 'or', 'xor', 'implies', 'div', 'mod', 'true', 'false']);

const precisions = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];

/** `year`, `years`, … as units of a quantity. */
export const precisionWords: ReadonlySet<string> = new Set(precisions.flatMap((word) => [word, `${word}s`]));
