/**
 * A record told page by page: all of it is listed at the first page, so that later ones tell the versions of that moment, each once,
 * whatever changes meanwhile. What the caller may see is asked anew at each page.
 */
import { randomBytes } from 'node:crypto';
import { refusal } from '../fhir/outcome.ts';
import type { Session } from '../store/database.ts';
import { versionsOf } from '../store/statement/everything.ts';
import { type ListSlice, listSlice, saveList } from '../store/statement/everything-list.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import type { EverythingCertificate, EverythingOptions, EverythingSubject } from './repository.ts';
import { type PositionScope, signPosition, verifyPosition } from './signed-position.ts';

export interface ListPage {
  readonly rows: readonly OwnedVersion[];
  readonly total: number;
  readonly next?: string;
  readonly certificate?: EverythingCertificate;
}

/** The listed versions in the order in which they are told. */
export class Listed {
  readonly rids: string[] = [];
  readonly versions: number[] = [];
  readonly first: OwnedVersion[] = [];
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  add(rows: readonly OwnedVersion[]): void {
    for (const row of rows) {
      if (this.first.length < this.#count) this.first.push(row);
      this.rids.push(row.rid);
      this.versions.push(row.ver);
    }
  }
}

const scopeOf = (
  { secret, principalId }: EverythingContext,
  { type, id }: EverythingSubject,
  options: EverythingOptions,
): PositionScope => {
  const { types, since, start, end, certificate } = options;
  return { secret, bound: [principalId, 'everything', type, id, types, since, start, end, certificate] };
};

/** Lists that fit on one page are not kept. */
export async function firstPage(
  session: Session,
  context: EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions,
  listed: Listed,
  certificate: EverythingCertificate | undefined,
): Promise<ListPage> {
  const { rids, versions, first } = listed;
  const total = rids.length;
  if (total === first.length) return { rows: first, total, ...(certificate && { certificate }) };
  const id = randomBytes(16).toString('base64url');
  await session.run(
    saveList(context.schema, { id, rids, versions, certificate: certificate === undefined ? null : JSON.stringify(certificate) }),
  );
  return { rows: first, total, next: signPosition(scopeOf(context, subject, options), [id, first.length]) };
}

export async function laterPage(
  session: Session,
  context: EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions & { readonly after: string },
): Promise<ListPage> {
  const scope = scopeOf(context, subject, options);
  const [id = '', from = 0] = verifyPosition(scope, options.after);
  const count = options.count ?? Number.MAX_SAFE_INTEGER;
  const [slice] = await session.run<ListSlice>(listSlice(context.schema, String(id), Number(from), Math.min(count, mostOnPage)));
  if (slice === undefined)
    throw refusal('not-found', 'The pages of this record were kept for a day, which is over: start again from the first page', {
      expression: '_cursor',
      status: 410,
    });
  const { rids, vers, total, certificate } = slice;
  const rows = await session.run<OwnedVersion>(versionsOf(context.schema, rids, vers));
  const seen = context.within === undefined || rows.length === 0 ? rows : await context.within(rows);
  const end = Number(from) + rids.length;
  if (end < total) return { rows: seen, total, next: signPosition(scope, [id, end]) };
  return { rows: seen, total, ...(certificate === null ? {} : { certificate: JSON.parse(certificate) as EverythingCertificate }) };
}

/** For a link whose count was taken away. */
const mostOnPage = 1000;
