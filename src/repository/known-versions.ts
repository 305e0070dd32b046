/** Rows of a page and their versions: those that were lately told are known, where most are likely to be; else the database joins all. */
import type { Session } from '../store/database.ts';
import { versionsOf } from '../store/statement/everything.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import type { Statement } from '../store/statement.ts';
import type { RecentVersions } from './recent-versions.ts';
import { type StoredVersion, storedVersion } from './stored-version.ts';

/** The number of a version. */
export interface Numbered {
  readonly rid: string;
  readonly ver: number;
}

/** One question in its two forms. */
export interface Question<Whole> {
  /** Rows with versions. */
  readonly statement: () => Statement;
  /** The same rows with their numbers alone; absent where there is no such form. */
  readonly numbers?: () => Statement;
  readonly versionOf: (row: Whole) => StoredVersion;
  /** So many of the rows are told, with their versions. */
  readonly told: number;
}

export interface Answer<Row> {
  readonly rows: readonly Row[];
  /** Of the first rows. */
  readonly versions: readonly StoredVersion[];
}

export interface Knowing {
  readonly session: Session;
  readonly schema: string;
  /** Absent where what is read may not be committed yet. */
  readonly recent?: RecentVersions;
  readonly typeNames: ReadonlyMap<number, string>;
}

export async function answered<Row extends Numbered, Whole extends Row>(knowing: Knowing, question: Question<Whole>): Promise<Answer<Row>> {
  const { session, recent } = knowing;
  const { statement, versionOf, told } = question;
  const numbers = recent === undefined ? undefined : question.numbers?.();
  const kind = numbers?.name;
  if (recent !== undefined && numbers !== undefined && kind !== undefined && recent.expects(kind)) {
    const known = await byNumbers<Row>(knowing, recent, { ...numbers, name: kind }, told);
    if (known !== undefined) return known;
  }
  const rows = await session.run<Whole>(statement());
  const versions = rows.slice(0, told).map(versionOf);
  return { rows, versions: recent === undefined || kind === undefined ? versions : remember(recent, kind, versions) };
}

/** Versions that are known already stand for those that were fetched again. */
function remember(recent: RecentVersions, kind: string, fetched: readonly StoredVersion[]): readonly StoredVersion[] {
  let known = 0;
  const versions = fetched.map((version) => {
    const found = recent.get(version.rid, Number(version.versionId));
    if (found === undefined) recent.add(version);
    else known++;
    return found ?? version;
  });
  recent.learn(kind, known, versions.length);
  return versions;
}

/** Undefined when a version is gone by the time it is fetched. */
async function byNumbers<Row extends Numbered>(
  knowing: Knowing,
  recent: RecentVersions,
  numbers: Statement & { readonly name: string },
  told: number,
): Promise<Answer<Row> | undefined> {
  const rows = await knowing.session.run<Row>(numbers);
  const page = rows.slice(0, told);
  const versions = page.map(({ rid, ver }) => recent.get(rid, ver));
  const missing = page.filter((_, i) => versions[i] === undefined);
  recent.learn(numbers.name, page.length - missing.length, page.length);
  if (missing.length === 0) return { rows, versions: versions as StoredVersion[] };
  const fetched = await fetchVersions(knowing, missing);
  for (const version of fetched.values()) recent.add(version);
  const all = page.map(({ rid }, i) => versions[i] ?? fetched.get(rid));
  return all.includes(undefined) ? undefined : { rows, versions: all as StoredVersion[] };
}

async function fetchVersions(
  { session, schema, typeNames }: Knowing,
  missing: readonly Numbered[],
): Promise<ReadonlyMap<string, StoredVersion>> {
  const [rids, numbers] = [missing.map(({ rid }) => rid), missing.map(({ ver }) => ver)];
  const rows = await session.run<VersionRecord>(versionsOf(schema, rids, numbers));
  return new Map(rows.map((row) => [row.rid, storedVersion(typeNames.get(row.tc) ?? '', row)]));
}
