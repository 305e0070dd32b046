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
from (values ${columns}) c(tab, col) join pg_class t on t.relname = c.tab and t.relnamespace = $1::regnamespace
join pg_stats s on s.schemaname = $1 and s.tablename = c.tab and s.attname = c.col`,
  values: [schema],
});

class Column {
  readonly rows: number;
  readonly nulls: number;
  readonly bounds: readonly number[];
  readonly #frequencies: ReadonlyMap<string, number>;
  /** Of a value that is not among the common ones. */
  readonly #rest: number;

  constructor({ rows, values, frequencies, bounds, nulls }: ColumnRow) {
    this.rows = rows;
    this.nulls = nulls;
    this.#frequencies = new Map((values ?? []).map((value, i) => [value, frequencies?.[i] ?? 0]));
    this.bounds = (bounds ?? []).map((bound) => Date.parse(bound.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')));
    const least = Math.min(...this.#frequencies.values());
    this.#rest = Number.isFinite(least) ? least / 2 : 0;
  }

  rowsOf(value: string): number {
    return this.rows * this.frequencyOf(value);
  }

  frequencyOf(value: string): number {
    return this.#frequencies.get(value) ?? this.#rest;
  }

  /** Share of all rows between two times, by the bounds of equally filled parts. */
  share(from: number, to: number): number {
    if (this.bounds.length < 2) return 0.1;
    const place = (time: number): number => this.bounds.filter((bound) => bound < time).length / this.bounds.length;
    return Math.max(1 / this.bounds.length / 2, place(to) - place(from)) * (1 - this.nulls);
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

/** The statistics of the moment. They are read again in the background when they are asked for and have aged. */
export function keepStatistics(session: Session, schemaName: string, typeCodes: TypeCodes, initial: Statistics): () => Statistics {
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
