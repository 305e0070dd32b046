/** What each change comes to, given what stands: a new version, no version, or a refusal. https://hl7.org/fhir/R4/http.html */
import { type LinkMap, rewriteBundleLinks, unresolvedIssues, unresolvedStatus, wantedLinks } from '../../fhir/bundle-links.ts';
import { parseJson } from '../../fhir/json.ts';
import { FhirError } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import { selfHash } from '../../search/link-token.ts';
import { instantOf } from '../../store/instant.ts';
import { type Method, methodCode } from '../../store/method.ts';
import type { CurrentRow } from '../../store/statement/lock.ts';
import type { VersionRow } from '../../store/statement/write.ts';
import type { ChangeOutcome, PatchChange, UpdateChange } from '../change.ts';
import { isOfLog } from '../log-id.ts';
import { headOf, storedVersion } from '../stored-version.ts';
import { containedOf } from './contained.ts';
import type { CommitContext } from './context.ts';
import { linksBetween } from './identify.ts';
import { type Prepared, prepare } from './prepared.ts';
import { reachesAll } from './reach.ts';
import type { TakeRow } from './row-number.ts';
import { assertAnswered } from './unanswered.ts';
import { placeOf } from './unit.ts';
import { assertValid } from './valid.ts';
import { type Item, nameOf, refusedAt, type Work } from './work.ts';

/** Applies patches, which need the current text, so that their references are known before references are checked. */
export function applyPatches(context: CommitContext, work: Work): void {
  const changes = work.items.map(({ change }) => change);
  const map = work.options.transaction
    ? linksBetween(
        changes,
        work.items.map(({ id }) => id),
      )
    : undefined;
  for (const item of work.items) if (item.change.kind === 'patch') item.prepared = patched(context, item, item.change, work, map);
}

/** Fills `row` for what is written and `result` for every item. `rid` gives a fresh row number. */
export function decide(context: CommitContext, work: Work, rid: TakeRow): void {
  for (const item of work.items) {
    decideItem(context, work, item, rid);
    for (const other of item.also) decideItem(context, work, other, rid);
  }
}

function decideItem(context: CommitContext, work: Work, item: Item, rid: TakeRow): void {
  const { change, current } = item;
  if (item.existing) return keep(item, 'existing');
  assertPreconditions(context, work, item);
  if (change.kind === 'delete') return decideDelete(context, item);
  const prepared = item.prepared;
  if (prepared === undefined) throw new Error(`${change.kind} of ${change.type} reached the store unprepared`);
  if (current?.body === prepared.tail) return keep(item, 'unchanged');
  const method = change.kind === 'create' ? 'POST' : change.kind === 'patch' ? 'PATCH' : 'PUT';
  write(context, item, prepared, method, current?.body ? 'updated' : 'created', rid);
}

function write(context: CommitContext, item: Item, prepared: Prepared, method: Method, outcome: ChangeOutcome, rid: TakeRow): void {
  const { current } = item;
  const versionId = (current?.ver ?? 0) + 1;
  const lastUpdated = timeAfter(context, current);
  const row: VersionRow = {
    rid: current?.rid ?? rid(),
    typeCode: context.typeCodes.get(prepared.type) ?? 0,
    id: prepared.id,
    versionId,
    lastUpdated,
    method: methodCode(method),
    body: prepared.tail,
    index: prepared.index,
    isNew: current === undefined,
    ...containedOf(context.typeCodes, prepared.index, current?.body),
  };
  item.row = row;
  item.result = { outcome, version: versionOf(prepared.type, row, method) };
}

function decideDelete(context: CommitContext, item: Item): void {
  const { current, change } = item;
  if (current === undefined) item.result = { outcome: 'absent' };
  else if (current.body === null) keep(item, 'absent');
  else {
    const self = selfHash(change.type, current.id);
    const index = {
      self,
      patient: current.pat,
      bucket: current.sk,
      low: null,
      high: null,
      tokens: [],
      numbers: [],
      strings: [],
      references: [],
    };
    const at = {
      rid: current.rid,
      typeCode: current.tc,
      id: current.id,
      versionId: current.ver + 1,
      lastUpdated: timeAfter(context, current),
    };
    const contained = containedOf(context.typeCodes, index, current.body);
    item.row = { ...at, method: methodCode('DELETE'), body: null, index, isNew: false, ...contained };
    item.result = { outcome: 'deleted', version: versionOf(change.type, item.row, 'DELETE') };
  }
}

function keep(item: Item, outcome: ChangeOutcome): void {
  if (item.current === undefined) throw new Error(`${nameOf(item)} vanished under its lock`);
  item.result = { outcome, version: storedVersion(item.change.type, item.current) };
}

const versionOf = (type: string, row: VersionRow, method: Method) => ({
  type,
  id: row.id,
  rid: row.rid,
  versionId: String(row.versionId),
  lastUpdated: row.lastUpdated,
  method,
  body: row.body === null ? null : headOf(type, row.id, row.versionId, row.lastUpdated) + row.body,
});

/** Never earlier than the version before, even when the clock was set back. */
function timeAfter(context: CommitContext, current: CurrentRow | undefined): string {
  const now = context.now().toISOString();
  if (current === undefined) return now;
  const before = instantOf(current.upd);
  return now > before ? now : before;
}

function assertPreconditions(context: CommitContext, work: Work, item: Item): void {
  const { change, current } = item;
  const stands = current !== undefined && current.body !== null;
  if (isOfLog(change.type, item.id))
    throw refusedAt(
      change,
      'forbidden',
      'This AuditEvent belongs to the log of accesses of the server: nobody can write, change or delete it.',
    );
  // SHALL: If-Match that fails is 412 — http.html#concurrency
  if (change.kind !== 'create' && change.ifMatch !== undefined && (!stands || String(current.ver) !== change.ifMatch))
    throw stale(item, change.ifMatch);
  if (change.kind === 'update' && change.onlyCreate && stands) {
    throw refusedAt(change, 'conflict', `${nameOf(item)} exists, and If-None-Match: * asks to create only`, { status: 412 });
  }
  // The criteria chose nothing, so that a resource that stands under the id of the body is not the one that is meant.
  if (item.unmatched && stands) {
    const text = `The criteria match nothing, but ${nameOf(item)}, the id in the body, exists: leave the id out, or update ${nameOf(item)} itself`;
    throw refusedAt(change, 'conflict', text, { status: 409 });
  }
  // SHALL: 405 where clients may not choose ids — http.html#upsert
  if (change.kind === 'update' && change.id !== undefined && current === undefined && !context.updateCreate) {
    throw refusedAt(change, 'not-supported', `${nameOf(item)} does not exist, and this server chooses ids itself: create it with POST`, {
      status: 405,
    });
  }
  // To create under an id would tell that nothing stands there: only who reaches all of the type learns that anyway, or whose ids they are.
  if (change.kind === 'update' && current === undefined && isNamed(change) && !mayName(work, item))
    throw refusedAt(change, 'not-found', `${nameOf(item)} is not known: create it with POST`);
}

function mayName({ options: { access } }: Work, { change, id = '', isHidden }: Item): boolean {
  if (reachesAll(access, change.type, 'u')) return true;
  return isHidden !== true && access.ownIds !== undefined && id.startsWith(access.ownIds);
}

const isNamed = ({ id, resource }: UpdateChange): boolean => id !== undefined || resource.id !== undefined;

function stale(item: Item, asked: string): Error {
  const { current, change } = item;
  const now =
    current === undefined ? 'it does not exist' : current.body === null ? 'it is deleted' : `the current version is ${current.ver}`;
  return refusedAt(change, 'conflict', `If-Match asks for version ${asked} of ${nameOf(item)}, but ${now}`, { status: 412 });
}

function patched(context: CommitContext, item: Item, change: PatchChange, work: Work, map: LinkMap | undefined): Prepared {
  const { current } = item;
  assertPreconditions(context, work, item);
  if (current === undefined) throw refusedAt(change, 'not-found', `${nameOf(item)} is not known: only what exists can be patched`);
  if (current.body === null) throw refusedAt(change, 'deleted', `${nameOf(item)} is deleted: only what exists can be patched`);
  const resource = change.apply(parseJson(storedVersion(change.type, current).body ?? '') as Resource);
  assertSame(item, change, resource);
  if (map !== undefined) rewritePatched(context, resource, current.body, change, map);
  assertValid(context, { resource, at: placeOf(change, resource) });
  const prepared = prepare(context, resource, current.id);
  assertAnswered(context, work.options, resource, prepared, change.at);
  return prepared;
}

/** Links to other entries that a patch of a transaction brought in; what stood there before is left alone. */
function rewritePatched(context: CommitContext, resource: Resource, before: string, change: PatchChange, map: LinkMap): void {
  const { unresolved } = rewriteBundleLinks(context.findLinks(resource, wantedLinks(map)), map);
  const issues = unresolvedIssues(
    unresolved.filter(({ value }) => !before.includes(value)),
    change.at,
  );
  if (issues.length > 0) throw new FhirError(issues, unresolvedStatus);
}

function assertSame(item: Item, change: PatchChange, resource: Resource): void {
  if (resource.resourceType === change.type && resource.id === item.id) return;
  throw refusedAt(change, 'business-rule', 'A patch cannot change resourceType or id');
}
