/** Settings that can differ between resource types. */
import type { Kind } from './value.ts';

/** One value for all types but those that have their own. */
export interface ByType<T> {
  readonly standard: T;
  readonly types: ReadonlyMap<string, T>;
}

const partsOf = (given: string, separator: RegExp): string[] =>
  given
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const assignment = /^([A-Z][A-Za-z]{0,63})\s*=\s*(.+)$/s;

/** `full, Observation=structure`: the value for all, and those of single types. */
export function byType<const Word extends string>(words: readonly [Word, ...Word[]]): Kind<ByType<Word>> {
  const wordOf = (given: string | undefined): Word | undefined => words.find((word) => word === given?.toLowerCase());
  const read = (given: string): ByType<Word> | undefined => {
    const types = new Map<string, Word>();
    let standard: Word | undefined;
    for (const part of partsOf(given, /,/)) {
      const [, type, value] = assignment.exec(part) ?? [];
      const word = wordOf(value ?? part);
      if (word === undefined) return undefined;
      if (type !== undefined) types.set(type, word);
      else if (standard === undefined) standard = word;
      else return undefined;
    }
    return { standard: standard ?? words[0], types };
  };
  return { valid: `one of ${words.join(', ')}, and where some types differ, such as ${words[0]}, Patient=${words.at(-1)}`, read };
}

/** By type, lists of which one is meant. */
export type Lists = ReadonlyMap<string, readonly (readonly string[])[]>;

const uri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s,;]+$/;

/** `Patient=a, b; Patient=c`: one of a and b, and c as well. */
export const canonicalsByType: Kind<Lists> = {
  valid:
    'types with canonicals, such as Patient=http://example.org/StructureDefinition/a; commas stand between alternatives, semicolons between demands',
  read: (given) => {
    const lists = new Map<string, string[][]>();
    for (const demand of partsOf(given, /;/)) {
      const [, type, value = ''] = assignment.exec(demand) ?? [];
      const alternatives = partsOf(value, /,/);
      if (type === undefined || alternatives.length === 0 || !alternatives.every((one) => uri.test(one))) return undefined;
      lists.set(type, [...(lists.get(type) ?? []), alternatives]);
    }
    return lists;
  },
};
