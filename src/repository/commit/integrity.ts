/** Referential integrity: literal local references lead to something, and what is referred to is not deleted. https://hl7.org/fhir/R4/http.html#delete */
import { expressionAt } from '../../fhir/bundle-links.ts';
import { FhirError, type Issue } from '../../fhir/outcome.ts';
import { anyReferenceLink, compartmentToken } from '../../search/link-token.ts';
import type { Session } from '../../store/database.ts';
import { type Referable, referrers } from '../../store/statement/lock.ts';
import type { Change } from '../change.ts';
import { logIdPrefix } from '../log-id.ts';
import type { CommitContext } from './context.ts';
import { freeNames, namesOf } from './other-name.ts';
import { eachLive, type Item, isLive, itemsOf, nameOf, refusedAt, type Work } from './work.ts';

const isEnforced = (context: CommitContext, work: Work): boolean =>
  context.referentialIntegrity === 'enforce' && work.options.referentialIntegrity !== 'off';

/** Told at once: to find the place of each takes a walk through its resource. */
const mostIssues = 50;

const nothing: ReadonlySet<string> = new Set();

/** Refuses works that refer to what does not stand, to what they delete themselves, or to what is out of reach, which is not told apart. */
export function assertReferences(context: CommitContext, works: readonly Work[], missing: ReadonlySet<string>): void {
  eachLive(works, (work) => {
    const absent = isEnforced(context, work) ? missing : nothing;
    if (!isEnforced(context, work) && work.options.access.isUnrestricted) return;
    const gone = goneOf(work);
    if (absent.size === 0 && gone.size === 0 && work.options.access.isUnrestricted) return;
    const dangling = work.items.flatMap((item) =>
      (item.prepared?.index.references ?? [])
        .filter((reference) => absent.has(reference) || gone.has(reference) || item.unreached?.has(reference))
        .map((reference) => ({ item, reference })),
    );
    if (dangling.length === 0) return;
    throw new DanglingError(
      dangling.slice(0, mostIssues).map(({ item, reference }) => danglingIssue(placeOf(context, item, reference), reference)),
    );
  });
}

/** What the work deletes, but for what goes on under the same name as a part of something that it writes. */
function goneOf(work: Work): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const item of itemsOf(work)) if (item.change.kind === 'delete') gone.add(nameOf(item));
  if (gone.size > 0) for (const item of work.items) if (item.change.kind !== 'delete') for (const name of namesOf(item)) gone.delete(name);
  return gone;
}

/** Where the resource refers to it; a patch has no resource of its own to look into. */
const placeOf = (context: CommitContext, { change }: Item, reference: string): string => placeOfLink(context, change, reference);

function placeOfLink(context: CommitContext, change: Change, reference: string): string {
  const place = change.at || change.type;
  if (!('resource' in change)) return place;
  const [link] = context.findLinks(change.resource, (value, kind) => kind === 'reference' && leadsTo(value, reference));
  return link === undefined ? place : expressionAt(change.at, link.path);
}

/** `Patient/1` as it may be written: with a base before it, with a version or a fragment behind it. */
function leadsTo(value: string, reference: string): boolean {
  const [url = ''] = value.split(/\/_history\/|#/);
  return url === reference || url.endsWith(`/${reference}`);
}

/** Nothing else is wrong than that it refers to what does not stand. */
export class DanglingError extends FhirError {}

const danglingIssue = (at: string, reference: string): Issue => ({
  severity: 'error',
  code: 'business-rule',
  diagnostics: `The reference to ${reference} leads to nothing on this server: create it first, or in the same transaction`,
  expression: [at],
});

/** Of a change that refers to what does not stand. */
export const danglingFault = (context: CommitContext, change: Change, references: readonly string[]): FhirError =>
  new DanglingError(references.slice(0, mostIssues).map((reference) => danglingIssue(placeOfLink(context, change, reference), reference)));

interface Referrer {
  readonly token: string;
  readonly tc: number;
  readonly id: string;
}

interface Deletion extends Referable {
  readonly name: string;
  readonly work: Work;
  readonly item: Item;
}

/** By its own name, and by others under which nothing else stands. */
const deletionsOf = (work: Work, item: Item, others: readonly string[]): Deletion[] =>
  [nameOf(item), ...others].map((name) => deletionOf(work, item, name));

const deletionOf = (work: Work, item: Item, name: string): Deletion => ({
  work,
  item,
  name,
  token: anyReferenceLink(name),
  ...(item.change.type === 'Patient' ? { compartment: compartmentToken(item.id ?? '') } : { compartment: '0' }),
});

/** Refuses works that delete what others still refer to. */
export async function assertUnreferenced(context: CommitContext, session: Session, works: readonly Work[]): Promise<void> {
  const deleted = works
    .filter((work) => isLive(work) && isEnforced(context, work))
    .flatMap((work) => {
      const gone = goneOf(work);
      return itemsOf(work).flatMap((item) => (item.row?.body === null && gone.has(nameOf(item)) ? [{ work, item }] : []));
    });
  if (deleted.length === 0) return;
  const named = await Promise.all(deleted.map(async ({ work, item }) => deletionsOf(work, item, await freeNames(context, session, item))));
  const deletions = named.flat();
  // What the same work writes does not count, so one more than that is enough to find another.
  const limit = Math.max(...deletions.map(({ work }) => itemsOf(work).length)) + 1;
  const log = { typeCode: context.typeCodes.get('AuditEvent') ?? 0, idPrefix: logIdPrefix };
  // Whoever deletes: that something refers to it is told, and neither what, nor whose, nor how many.
  const rows = await session.run<Referrer>(referrers(context.schema, deletions, limit, log));
  for (const deletion of deletions) if (isReferredTo(deletion, rows)) deletion.work.fault ??= stillReferredTo(deletion.item);
}

function isReferredTo({ work, name, token }: Deletion, rows: readonly Referrer[]): boolean {
  const written = itemsOf(work).filter((other) => other.row !== undefined);
  const names = new Set(written.map(({ row }) => `${row?.typeCode}/${row?.id}`));
  if (rows.some((row) => row.token === token && !names.has(`${row.tc}/${row.id}`))) return true;
  return written.some(({ row }) => row?.index.references.includes(name));
}

const stillReferredTo = (item: Item): FhirError =>
  refusedAt(item.change, 'conflict', `${nameOf(item)} is still referred to by other resources: delete or change those first`);
