/** What a setting is: its names, its default, its check and one line of help. */
import type { Kind } from './value.ts';

/** Where a setting matters: `database` for every command, `fhir` where resources are written, `http` for the server alone. */
export type Group = 'database' | 'fhir' | 'http';

export interface Setting<T> {
  /** Environment variable. */
  readonly name: string;
  /** Command line: `--data-dir`. */
  readonly flag: string;
  readonly group: Group;
  readonly kind: Kind<T>;
  /** As one would write it; undefined = not set. */
  readonly standard: string | undefined;
  readonly help: string;
}

interface Given<T, Standard> {
  readonly name: string;
  readonly group: Group;
  readonly kind: Kind<T>;
  readonly standard: Standard;
  readonly help: string;
}

/** A setting without a default may be undefined. */
export const setting = <T, Standard extends string | undefined>(
  given: Given<T, Standard>,
): Setting<Standard extends string ? T : T | undefined> => {
  const flag = `--${given.name.toLowerCase().replaceAll('_', '-')}`;
  return Object.freeze({ ...given, flag }) as Setting<Standard extends string ? T : T | undefined>;
};
