/** Gathers the index rows of one resource, each once. */
import { hash64 } from './hash.ts';
import type { IndexKey } from './index-key.ts';
import type { NumberRow, StringRow, TermRow } from './index-rows.ts';
import type { DateInterval } from './types/date-interval.ts';

/** Up to this many rows are looked through one by one. */
const few = 16;

const sameNumber = (one: NumberRow, other: NumberRow): boolean =>
  one.low === other.low && one.high === other.high && one.key === other.key && one.unit === other.unit;
const numberText = ({ key, unit, low, high }: NumberRow): string => `${key} ${unit} ${low} ${high}`;

const sameString = (one: StringRow, other: StringRow): boolean => one.value === other.value && one.key === other.key;
const stringText = ({ key, value }: StringRow): string => `${key} ${value}`;

/** Rows of which no two are the same. */
class Distinct<Row> {
  readonly rows: Row[] = [];
  readonly #same: (one: Row, other: Row) => boolean;
  readonly #text: (row: Row) => string;
  #texts: Set<string> | undefined;

  constructor(same: (one: Row, other: Row) => boolean, text: (row: Row) => string) {
    this.#same = same;
    this.#text = text;
  }

  add(row: Row): void {
    if (this.rows.length < few) {
      for (const each of this.rows) if (this.#same(each, row)) return;
    } else {
      this.#texts ??= new Set(this.rows.map(this.#text));
      const text = this.#text(row);
      if (this.#texts.has(text)) return;
      this.#texts.add(text);
    }
    this.rows.push(row);
  }
}

const nothing: readonly never[] = [];

/** Most resources have no rows of some kinds. */
export class RowCollector {
  readonly #tokens = new Set<string>();
  #numbers: Distinct<NumberRow> | undefined;
  #strings: Distinct<StringRow> | undefined;
  #terms: TermRow[] | undefined;
  #limits: DateInterval | undefined;

  /** `MedicationRequest/23`, where references within the resource lead. */
  readonly container: string;

  constructor(container = '') {
    this.container = container;
  }

  token(text: string): void {
    this.#tokens.add(hash64(text));
  }

  /** A token that is hashed already. */
  hash(token: string): void {
    this.#tokens.add(token);
  }

  number(key: string, unit: string, low: number, high: number): void {
    this.#numbers ??= new Distinct(sameNumber, numberText);
    this.#numbers.add({ key, unit, low, high });
  }

  string(key: string, value: string): void {
    this.#strings ??= new Distinct(sameString, stringText);
    this.#strings.add({ key, value });
  }

  term(row: TermRow): void {
    if (this.#tokens.has(row.token)) return;
    this.#tokens.add(row.token);
    if (this.#terms === undefined) this.#terms = [row];
    else this.#terms.push(row);
  }

  /** The primary date: of several intervals the outer limits count. */
  primaryDate({ low, high }: DateInterval): void {
    const limits = this.#limits;
    this.#limits = limits === undefined ? { low, high } : { low: Math.min(limits.low, low), high: Math.max(limits.high, high) };
  }

  get limits(): DateInterval | undefined {
    return this.#limits;
  }

  get tokens(): readonly string[] {
    return [...this.#tokens];
  }

  get numbers(): readonly NumberRow[] {
    return this.#numbers?.rows ?? nothing;
  }

  get strings(): readonly StringRow[] {
    return this.#strings?.rows ?? nothing;
  }

  get terms(): readonly TermRow[] {
    return this.#terms ?? nothing;
  }
}

/** Puts one value of a parameter into the rows. */
export type Indexer = (parameter: IndexKey, value: unknown, rows: RowCollector) => void;
