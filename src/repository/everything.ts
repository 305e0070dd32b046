/** Patient/$everything: the compartment, then what it refers to outside, each once. https://hl7.org/fhir/R4/patient-operation-everything.html */
import type { Definitions } from '../fhir/definitions.ts';
import { compartmentToken } from '../search/link-token.ts';
import type { Session } from '../store/database.ts';
import { type CompartmentFilter, compartment } from '../store/statement/everything.ts';
import { readCurrent, type VersionRecord } from '../store/statement/read.ts';
import type { TypeCodes } from '../store/type-code.ts';
import { logIdPrefix } from './log-id.ts';
import { decodePosition, digits, encodePosition } from './position.ts';
import type { EverythingOptions, EverythingPage } from './repository.ts';
import type { StoredVersion } from './stored-version.ts';
import { storedVersion } from './stored-version.ts';
import { targetOf } from './target.ts';

export interface EverythingContext {
  readonly schema: string;
  readonly definitions: Definitions;
  readonly typeCodes: TypeCodes;
  readonly typeNames: ReadonlyMap<number, string>;
  /** Of rows that stand those that may be seen; absent: all. */
  readonly within?: (rows: readonly VersionRecord[]) => Promise<readonly VersionRecord[]>;
}

/** Rows fetched at once: memory stays bounded however long the history is. */
const chunk = 1000;
/** Where not all are seen, so many are looked at. */
const leastLooked = 100;

/** A page ends inside the compartment (`c`) or inside what it refers to (`f`), after a row number. */
const phases = /^[cf]$/;

interface Walk {
  readonly session: Session;
  readonly context: EverythingContext;
  readonly patientId: string;
  readonly options: EverythingOptions;
  /** Types of the compartment: never followed, since they would belong to someone. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  left: number;
  next: string | undefined;
}

/** Undefined for a patient that never existed or is deleted. */
export async function everything(
  session: Session,
  context: EverythingContext,
  patientId: string,
  options: EverythingOptions,
): Promise<EverythingPage | undefined> {
  const patient = targetOf(context.typeCodes, 'Patient', patientId);
  if (patient === undefined) return undefined;
  const [row] = await session.run<VersionRecord>(readCurrent(context.schema, [patient]));
  if (row === undefined || row.body === null) return undefined;
  const members = context.definitions.compartment('Patient');
  const walk: Walk = { session, context, patientId, options, members, left: options.count ?? Number.POSITIVE_INFINITY, next: undefined };
  return { versions: pages(walk), next: () => walk.next };
}

async function* pages(walk: Walk): AsyncGenerator<readonly StoredVersion[]> {
  const [phase, after] = walk.options.after === undefined ? ['c', '0'] : decodePosition(walk.options.after, [phases, digits]);
  const seen = new Set<string>();
  if (phase === 'c') {
    for await (const rows of compartmentRows(walk, after ?? '0', walk.options)) {
      collectReferences(walk, rows, seen);
      yield rows.map((row) => version(walk, row));
    }
    if (walk.next !== undefined) return;
  }
  if (phase === 'f' || walk.options.after !== undefined || filters(walk.options)) await collectAll(walk, seen);
  yield* closure(walk, seen, phase === 'f' ? BigInt(after ?? 0) : 0n);
}

/** The closure is that of the whole page sequence: earlier pages and left-out types count as well. */
async function collectAll(walk: Walk, seen: Set<string>): Promise<void> {
  const { since: _s, types: _t, count: _c, ...range } = walk.options;
  const whole: Walk = { ...walk, left: Number.POSITIVE_INFINITY };
  for await (const rows of compartmentRows(whole, '0', range)) collectReferences(walk, rows, seen);
}

const filters = (options: EverythingOptions): boolean => options.types !== undefined || options.since !== undefined;

async function* compartmentRows(walk: Walk, from: string, range: EverythingOptions): AsyncGenerator<readonly VersionRecord[]> {
  let given = from;
  for (let after = from; ; ) {
    const limit = Math.min(chunk, Math.max(walk.context.within === undefined ? 1 : leastLooked, walk.left + 1));
    const rows = await walk.session.run<VersionRecord>(compartment(walk.context.schema, compartmentFilter(walk, range, after, limit)));
    const seen = await seenOf(walk, rows);
    const page = seen.slice(0, Math.min(chunk, walk.left));
    walk.left -= page.length;
    given = page.at(-1)?.rid ?? given;
    if (page.length > 0) yield page;
    if (seen.length > page.length) walk.next = encodePosition(['c', given]);
    if (seen.length > page.length || rows.length < limit) return;
    after = rows.at(-1)?.rid ?? after;
  }
}

const seenOf = async ({ context }: Walk, rows: readonly VersionRecord[]): Promise<readonly VersionRecord[]> =>
  context.within === undefined || rows.length === 0 ? rows : context.within(rows);

function compartmentFilter(walk: Walk, range: EverythingOptions, after: string, limit: number): CompartmentFilter {
  const { context, patientId } = walk;
  const typeCodes = range.types?.flatMap((type) => context.typeCodes.get(type) ?? []);
  return {
    compartment: compartmentToken(patientId),
    patientType: context.typeCodes.get('Patient') ?? 0,
    // Who looked at the record is no part of it, unless AuditEvents are asked for.
    ...(typeCodes === undefined ? { log: { typeCode: context.typeCodes.get('AuditEvent') ?? 0, idPrefix: logIdPrefix } } : { typeCodes }),
    ...(range.since === undefined ? {} : { since: range.since }),
    ...(range.start === undefined ? {} : { start: range.start }),
    ...(range.end === undefined ? {} : { end: range.end }),
    after,
    limit,
  };
}

/** Bodies are printed by this server, so that the text before a reference is always the same. */
const mark = '"reference":"';
const localReference = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:$|[/#])/;
/** No name of a resource type is as long as this. */
const longestType = 64;

/** Literal references in a text to what `isWanted` says of its type, as they stand there. */
function eachReference(body: string, isWanted: (type: string) => boolean, take: (reference: string) => void): void {
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at)) {
    at += mark.length;
    const slash = body.indexOf('/', at);
    if (slash < 0) return;
    if (slash - at <= longestType && isWanted(body.slice(at, slash))) take(body.slice(at, body.indexOf('"', slash)));
  }
}

/** Most references lead to what is in the compartment anyway: their ids are not looked at. */
function collectReferences({ members, context }: Walk, rows: readonly VersionRecord[], seen: Set<string>): void {
  const isOutside = (type: string): boolean => !members.has(type) && context.typeCodes.has(type);
  const take = (reference: string): void => {
    if (seen.has(reference)) return;
    const [, type, id] = localReference.exec(reference) ?? [];
    if (id !== undefined) seen.add(`${type}/${id}`);
  };
  for (const { body } of rows) if (body !== null) eachReference(body, isOutside, take);
}

/** Everything outside compartments that is referred to, directly or by way of others, never what speaks of another patient. */
async function* closure(walk: Walk, seen: Set<string>, after: bigint): AsyncGenerator<readonly StoredVersion[]> {
  const found: VersionRecord[] = [];
  const asked = new Set<string>();
  for (let fresh = [...seen]; fresh.length > 0; fresh = [...seen].filter((reference) => !asked.has(reference))) {
    for (const reference of fresh) asked.add(reference);
    const rows = await seenOf(
      walk,
      (await readAll(walk, fresh)).filter((row) => row.body !== null && !isOfAnother(walk, row.body)),
    );
    collectReferences(walk, rows, seen);
    found.push(...rows);
  }
  const wanted = found
    .filter((row) => BigInt(row.rid) > after && isWanted(walk, row))
    .sort((a, b) => (BigInt(a.rid) < BigInt(b.rid) ? -1 : 1));
  const page = wanted.slice(0, Math.min(walk.left, wanted.length));
  if (wanted.length > page.length)
    walk.next = page.length > 0 ? encodePosition(['f', page.at(-1)?.rid ?? '0']) : encodePosition(['f', String(after)]);
  if (page.length > 0) yield page.map((row) => version(walk, row));
}

async function readAll(walk: Walk, references: readonly string[]): Promise<VersionRecord[]> {
  const targets = references.flatMap((reference) => {
    const slash = reference.indexOf('/');
    return targetOf(walk.context.typeCodes, reference.slice(0, slash), reference.slice(slash + 1)) ?? [];
  });
  return walk.session.run<VersionRecord>(readCurrent(walk.context.schema, targets));
}

function isOfAnother(walk: Walk, body: string): boolean {
  let found = false;
  eachReference(
    body,
    (type) => type === 'Patient',
    (reference) => {
      const [, , id] = localReference.exec(reference) ?? [];
      if (id !== undefined && id !== walk.patientId) found = true;
    },
  );
  return found;
}

function isWanted(walk: Walk, row: VersionRecord): boolean {
  const { types, since } = walk.options;
  const { type, lastUpdated } = version(walk, row);
  return (types === undefined || types.includes(type)) && (since === undefined || lastUpdated >= new Date(since).toISOString());
}

const version = (walk: Walk, row: VersionRecord): StoredVersion => storedVersion(walk.context.typeNames.get(row.tc) ?? '', row);
