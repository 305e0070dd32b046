/** Reads by id within an access: what is out of reach is as if it had never been. https://hl7.org/fhir/R4/http.html#read, #vread */
import type { PatientSet } from '../auth/access.ts';
import { conditionOf } from '../auth/restriction.ts';
import { named } from '../search/compile/page.ts';
import { withinSql } from '../search/compile/within.ts';
import { compartmentToken } from '../search/link-token.ts';
import {
  lastContents,
  type OwnedRecord,
  readVersion,
  readWithin as readWithinStatement,
  type VersionRecord,
  withinOffset,
} from '../store/statement/read.ts';
import type { Target } from '../store/statement/target.ts';
import type { TypeCodes } from '../store/type-code.ts';
import { isOwn, type Relating } from './known-patients.ts';
import { asking, contentWithin, type Reaching, reachesAll, versionsWithin } from './reaching.ts';
import type { ReadRow } from './read.ts';
import { type StoredVersion, storedVersion } from './stored-version.ts';
import { targetOf } from './target.ts';

export interface Reading extends Reaching {
  readonly schema: string;
  readonly typeCodes: TypeCodes;
  readonly readRow: ReadRow;
  /** With the patient in whose record the row is. */
  readonly readOwned: ReadRow<OwnedRecord>;
  readonly relating?: Relating | undefined;
}

/** Compartment tokens of the patients whose records are within reach as a whole; undefined where more has to be asked. */
function wholeRecords({ access }: Reading, type: string): readonly string[] | undefined {
  const any = access.restriction(type, 'r')?.any ?? [];
  const tokens = any.map(({ patients, filter }) =>
    patients?.kind === 'one' && filter === undefined ? compartmentToken(patients.id) : undefined,
  );
  return tokens.every((token) => token !== undefined) ? tokens : undefined;
}

/** Sets of patients whose records are within reach as a whole. */
const wholeSets = ({ access }: Reading, type: string): readonly PatientSet[] =>
  (access.restriction(type, 'r')?.any ?? []).flatMap(({ patients, filter }) => (filter === undefined && patients ? [patients] : []));

const nobodys = { pat: '0', changes: '-1' };

/** The row, where what is known of one's own patients tells that it is within reach; otherwise it has to be asked. */
async function ownRow(
  reading: Reading,
  relating: Relating,
  sets: readonly PatientSet[],
  target: Target,
): Promise<VersionRecord | undefined> {
  const row = await relating.readRelated(target);
  // Of what is not there the same is asked as of what is out of reach.
  const { pat, changes } = row === undefined || row.body === null ? nobodys : row;
  for (const patients of sets) {
    const isAmong =
      patients.kind === 'one' ? compartmentToken(patients.id) === pat : await isOwn(reading, relating, patients, { pat, changes });
    if (isAmong) return row;
  }
  return undefined;
}

/** One statement each: condition and content are those of the same moment. */
async function askedRow(
  reading: Reading,
  type: string,
  target: Target,
): Promise<(VersionRecord & { readonly within: boolean }) | undefined> {
  const { session, compile, access } = reading;
  const restriction = access.restriction(type, 'r') ?? { any: [] };
  const condition = conditionOf(type, restriction);
  const within = withinSql(compile, 'r', [type], condition, withinOffset);
  const { text, values } = readWithinStatement(compile.schema, target, within);
  const [row] = await session.run<VersionRecord & { within: boolean }>(named([condition], text, values));
  return row;
}

/** The row that stands, if it is within reach; a deletion as far as what was deleted is. */
export async function rowWithin(reading: Reading, type: string, id: string): Promise<VersionRecord | undefined> {
  const open = reachesAll(reading.access, type);
  const target = targetOf(reading.typeCodes, type, id);
  if (target === undefined) return undefined;
  if (open) return reading.readRow(target);
  const sets = wholeSets(reading, type);
  if (reading.relating !== undefined && sets.some(({ kind }) => kind === 'matching')) {
    const own = await ownRow(reading, reading.relating, sets, target);
    if (own !== undefined) return own;
  }
  const records = wholeRecords(reading, type);
  const owned = records === undefined ? undefined : await reading.readOwned(target);
  if (owned !== undefined && owned.body !== null && records?.includes(owned.pat)) return owned;
  // Of further patients tell only the tokens of the row.
  const row = await askedRow(reading, type, target);
  if (row !== undefined && row.body !== null && row.within) return row;
  return deletedRow(reading, row);
}

/** A deletion, as far as what was deleted is within reach. Of all that is not shown the same is asked, so that the time does not tell what it is. */
async function deletedRow(reading: Reading, row: VersionRecord | undefined): Promise<VersionRecord | undefined> {
  const { rid, ver } = row ?? { rid: '0', ver: 0 };
  if (row?.body === null) return (await versionsWithin(reading, [{ ...row, cur: ver, del: true }]))[0];
  await reading.session.run(lastContents(reading.compile.schema, [{ rid, ver: 0 }]));
  return undefined;
}

export async function readWithin(reading: Reading, type: string, id: string): Promise<StoredVersion | undefined> {
  const row = await rowWithin(reading, type, id);
  return row && storedVersion(type, row);
}

/** A version that stands no more must be within reach by its own content, and the resource by what stands. */
export async function vreadWithin(reading: Reading, type: string, id: string, versionId: string): Promise<StoredVersion | undefined> {
  const { session, compile } = reading;
  const current = await rowWithin(reading, type, id);
  const target = targetOf(reading.typeCodes, type, id);
  if (current === undefined || target === undefined || !/^[1-9]\d{0,8}$/.test(versionId)) return undefined;
  if (current.ver === Number(versionId)) return storedVersion(type, current);
  const [row] = await session.run<VersionRecord>(readVersion(compile.schema, target, Number(versionId)));
  if (row === undefined) return undefined;
  const isSeen =
    row.body === null
      ? (await versionsWithin(reading, [{ ...row, cur: current.ver, del: current.body === null }])).length > 0
      : await contentWithin(reading, asking(reading), type, row);
  return isSeen ? storedVersion(type, row) : undefined;
}
