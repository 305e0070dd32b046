/**
 * Whether resources are within reach of who reads them. What stands is asked in SQL; a version that stands no more by its own content,
 * since a resource may have been moved from one record into another.
 */
import type { Access, Right } from '../auth/access.ts';
import { conditionOf, isOpen } from '../auth/restriction.ts';
import { parseJson } from '../fhir/json.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { CompileContext } from '../search/compile/page.ts';
import type { Extract } from '../search/extract.ts';
import type { Session } from '../store/database.ts';
import { lastContents, type VersionRecord } from '../store/statement/read.ts';
import { type Asking, askingIn } from './commit/asking.ts';
import { storedVersion } from './stored-version.ts';

export interface Reaching {
  readonly session: Session;
  readonly access: Access;
  readonly compile: CompileContext;
  readonly extract: () => Extract;
  readonly typeNames: ReadonlyMap<number, string>;
}

/** The same whatever is stored: it tells of the scopes alone. */
export const lackingScope = (type: string, right: string): Error =>
  refusal('forbidden', `To read ${type} needs a scope such as user/${type}.${right}, which was not granted.`);

/** Everything of the type is within reach. Throws 403 where nothing is, whatever the resource. */
export function reachesAll(access: Access, type: string, right: Right = 'r'): boolean {
  const restriction = access.restriction(type, right);
  if (restriction === undefined) throw lackingScope(type, right);
  return restriction.any.some(isOpen);
}

export const asking = ({ session, compile }: Reaching): Asking => askingIn(session, compile);

/** Whether the content, were it to stand, would be within reach. */
export async function contentWithin({ access, extract }: Reaching, ask: Asking, type: string, row: VersionRecord): Promise<boolean> {
  const restriction = access.restriction(type, 'r');
  const { body, id, lastUpdated } = storedVersion(type, row);
  if (restriction === undefined || body === null) return false;
  if (restriction.any.some(isOpen)) return true;
  const candidate = { type, id, rows: extract()(parseJson(body) as Resource), updated: Date.parse(lastUpdated) };
  return ask.candidate(candidate, conditionOf(type, restriction));
}

/**
 * Of some versions those that may be seen, given that of each resource that stands the current version may be: by their own content. A
 * deletion is seen by whoever may see what was deleted, and of a deleted resource nothing by anybody else.
 */
export async function versionsWithin<T extends VersionRecord & { readonly cur: number; readonly del: boolean }>(
  reaching: Reaching,
  rows: readonly T[],
): Promise<T[]> {
  const { session, typeNames, compile } = reaching;
  const ask = asking(reaching);
  const wanted = rows.flatMap(({ rid, ver, body, cur, del }) => [
    ...(del ? [{ rid, ver: cur }] : []),
    ...(body === null ? [{ rid, ver }] : []),
  ]);
  const contents = new Map<string, VersionRecord>();
  if (wanted.length > 0)
    for (const row of await session.run<VersionRecord & { at: number }>(lastContents(compile.schema, wanted)))
      contents.set(`${row.rid} ${row.at}`, row);
  const verdicts = new Map<string, Promise<boolean>>();
  const within = (row: VersionRecord | undefined): Promise<boolean> => {
    if (row === undefined) return Promise.resolve(false);
    const key = `${row.rid} ${row.ver}`;
    const known = verdicts.get(key) ?? contentWithin(reaching, ask, typeNames.get(row.tc) ?? '', row);
    verdicts.set(key, known);
    return known;
  };
  const seen = await Promise.all(
    rows.map(async (row) => {
      const { rid, ver, cur, del, body } = row;
      if (del && !(await within(contents.get(`${rid} ${cur}`)))) return false;
      if (ver === cur && !del) return true;
      return within(body === null ? contents.get(`${rid} ${ver}`) : row);
    }),
  );
  return rows.filter((_, i) => seen[i]);
}
