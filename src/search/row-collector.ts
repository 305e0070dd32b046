/** Gathers the index rows of one resource, each once. */
import { hash64 } from './hash.ts';
import type { NumberRow, StringRow, TermRow } from './index-rows.ts';

/** A parameter as the indexers see it: its text and the key of its rows. */
export interface IndexKey {
  /** `Observation|code`. */
  readonly text: string;
  readonly key: string;
  /** Another parameter's tokens of literal references serve this one. */
  readonly sharesLiterals?: boolean;
  /** Some values of the parameter can have a system: those without one are told apart. */
  readonly systems: boolean;
}

export class RowCollector {
  readonly #tokens = new Set<string>();
  readonly #numbers = new Map<string, NumberRow>();
  readonly #strings = new Map<string, StringRow>();
  readonly #terms = new Map<string, TermRow>();

  token(text: string): void {
    this.#tokens.add(hash64(text));
  }

  /** A token that is hashed already. */
  hash(token: string): void {
    this.#tokens.add(token);
  }

  number(key: string, unit: string, low: number, high: number): void {
    this.#numbers.set(`${key} ${unit} ${low} ${high}`, { key, unit, low, high });
  }

  string(key: string, value: string): void {
    this.#strings.set(`${key} ${value}`, { key, value });
  }

  term(row: TermRow): void {
    this.#tokens.add(row.token);
    this.#terms.set(row.token, row);
  }

  get tokens(): readonly string[] {
    return [...this.#tokens].sort();
  }

  get numbers(): readonly NumberRow[] {
    return [...this.#numbers.values()];
  }

  get strings(): readonly StringRow[] {
    return [...this.#strings.values()];
  }

  get terms(): readonly TermRow[] {
    return [...this.#terms.values()];
  }
}

/** Puts one value of a parameter into the rows. */
export type Indexer = (parameter: IndexKey, value: unknown, rows: RowCollector) => void;
