/** Frequencies that PostgreSQL keeps of the tables of resources, for the choice of plans. https://www.postgresql.org/docs/current/view-pg-stats.html */
import type { Statistics } from '../search/plan/statistics.ts';
import type { Session } from './database.ts';
import { identifier, type Statement } from './statement.ts';
import type { TypeCodes } from './type-code.ts';

/** How often the statistics are looked at again. */
const interval = 15_000;

interface ColumnRow {
  readonly name: string;
  readonly rows: number;
  readonly values: readonly string[] | null;
  readonly frequencies: readonly number[] | null;
  readonly bounds: readonly string[] | null;
  readonly nulls: number;
}

const columns = "('res', 'tc'), ('res', 'toks'), ('res', 'lo'), ('num', 'key'), ('str', 'key'), ('ver', 'upd'), ('txt', 'vec')";

/** When the tables were last analysed, as text; '' = never. */
const analysed = (schema: string): Statement => ({
  text: `select coalesce(max(greatest(last_analyze, last_autoanalyze))::text, '') as at from pg_stat_user_tables where schemaname = $1 and relname in ('res', 'num', 'str', 'ver', 'txt')`,
  values: [schema],
});

const read = (schema: string): Statement => ({
  text: `select c.tab || '.' || c.col as name, greatest(t.reltuples, 0)::float8 as rows, s.null_frac::float8 as nulls,
  coalesce(s.most_common_elems, s.most_common_vals)::text::text[] as values,
  coalesce(s.most_common_elem_freqs, s.most_common_freqs)::float8[] as frequencies, s.histogram_bounds::text::text[] as bounds
from (values ${columns}) c(tab, col) join pg_class t on t.relname = c.tab and t.relnamespace = $1::text::regnamespace
join pg_stats s on s.schemaname = $1::text and s.tablename = c.tab and s.attname = c.col`,
  values: [schema],
});

/** A timestamp as PostgreSQL prints it in UTC: `2026-01-31 12:00:00+00`. */
const timeOf = (text: string): number => Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));

const manyKnown = 500;

class Column {
  readonly rows: number;
  readonly #frequencies: ReadonlyMap<string, number>;
  /** Of a value that is not among the common ones. */
  readonly #rest: number;
  /** Times of bounds between equally filled parts, for columns of times. */
  readonly #bounds: readonly number[];
  readonly #nulls: number;
  readonly #times: readonly (readonly [time: number, frequency: number])[];

  constructor({ name, rows, values, frequencies, bounds, nulls }: ColumnRow) {
    this.rows = rows;
    this.#nulls = nulls;
    this.#frequencies = new Map((values ?? []).map((value, i) => [value, frequencies?.[i] ?? 0]));
    const isTime = name === 'res.lo' || name === 'ver.upd';
    this.#bounds = isTime ? (bounds ?? []).map(timeOf) : [];
    this.#times = isTime ? [...this.#frequencies].map(([value, frequency]) => [timeOf(value), frequency] as const) : [];
    const least = Math.min(...this.#frequencies.values());
    // Where many values are known, most of the others occur once or twice.
    const rare = this.#frequencies.size > manyKnown ? 5 / Math.max(1, rows) : 1;
    this.#rest = Number.isFinite(least) ? Math.min(rare, least / 2) : 0;
  }

  rowsOf(value: string): number {
    return this.rows * this.frequencyOf(value);
  }

  frequencyOf(value: string): number {
    return this.#frequencies.get(value) ?? this.#rest;
  }

  /** Share of all rows between two times: the common values between them, and as much of the others as their bounds tell. */
  share(from: number, to: number): number {
    let common = 0;
    let within = 0;
    for (const [time, frequency] of this.#times) {
      common += frequency;
      if (time >= from && time < to) within += frequency;
    }
    return within + Math.max(0, 1 - common - this.#nulls) * this.#between(from, to);
  }

  #between(from: number, to: number): number {
    const parts = this.#bounds.length - 1;
    if (parts < 1) return 0;
    const below = (time: number): number => Math.min(parts, this.#bounds.filter((bound) => bound < time).length);
    return Math.max(0.5 / parts, (below(to) - below(from)) / parts);
  }
}

function statisticsOf(rows: readonly ColumnRow[], typeCodes: TypeCodes): Statistics {
  const byName = new Map(rows.map((row) => [row.name, new Column(row)]));
  const rowsOf = (name: string, value: string, otherwise: number): number => byName.get(name)?.rowsOf(value) ?? otherwise;
  return {
    allRows: () => byName.get('res.tc')?.rows ?? 10_000,
    typeRows: (type) => rowsOf('res.tc', String(typeCodes.get(type) ?? -1), 1000),
    tokenRows: (token) => rowsOf('res.toks', token, 10),
    keyRows: (table, key) => rowsOf(`${table}.key`, key, 100),
    wordShare: (word) => byName.get('txt.vec')?.frequencyOf(word) ?? 0.01,
    dateShare: (from, to) => byName.get('res.lo')?.share(from, to) ?? 0.1,
    updatedShare: (from, to) => byName.get('ver.upd')?.share(from, to) ?? 0.1,
  };
}

/** The statistics of the moment. They are read now, and again in the background when they are asked for and have aged. */
export async function keepStatistics(
  session: Session,
  schemaName: string,
  typeCodes: TypeCodes,
  initial: Statistics,
): Promise<() => Statistics> {
  const schema = identifier(schemaName);
  let current = initial;
  let seen = '';
  let next = 0;

  const refresh = async (): Promise<void> => {
    const [row] = await session.run<{ at: string }>(analysed(schema));
    if (row === undefined || row.at === seen) return;
    current = statisticsOf(await session.run<ColumnRow>(read(schema)), typeCodes);
    seen = row.at;
  };

  await refresh();
  next = Date.now() + interval;
  return () => {
    const now = Date.now();
    if (now >= next) {
      next = now + interval;
      // Without them plans are still right: a fault here must not reach the request that happened to ask.
      refresh().catch(() => undefined);
    }
    return current;
  };
}
