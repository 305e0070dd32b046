/** Who refers to what is deleted: all of them, or those that who deletes may read, since a refusal would tell of the others. */
import type { Access } from '../../auth/access.ts';
import { matchesFragment } from '../../search/compile/page.ts';
import { anyOf, type Condition } from '../../search/condition.ts';
import type { Query } from '../../search/query.ts';
import type { Session } from '../../store/database.ts';
import { type Referable, referrers, referrerTypes } from '../../store/statement/lock.ts';
import { isOfLog, logIdPrefix } from '../log-id.ts';
import type { CommitContext } from './context.ts';

export interface Referrer {
  readonly token: string;
  readonly tc: number;
  readonly id: string;
}

/** At most `limit` of each. */
export async function referrersOf(
  context: CommitContext,
  session: Session,
  access: Access,
  deleted: readonly Referable[],
  limit: number,
): Promise<readonly Referrer[]> {
  const log = { typeCode: context.typeCodes.get('AuditEvent') ?? 0, idPrefix: logIdPrefix };
  if (access.isUnrestricted) return session.run<Referrer>(referrers(context.schema, deleted, limit, log));
  const types = await session.run<{ token: string; tc: number }>(referrerTypes(context.schema, deleted));
  const names = new Map([...context.typeCodes].map(([name, code]) => [code, name]));
  const found = await Promise.all(
    types.map(async ({ token, tc }) => {
      const query = readableReferrers(
        access,
        names.get(tc) ?? '',
        deleted.find((each) => each.token === token),
      );
      if (query === undefined) return [];
      const rows = await session.run<Omit<Referrer, 'token'>>(matchesFragment(context.compile, query, limit, 0));
      return rows.filter(({ id }) => !isOfLog(names.get(tc) ?? '', id)).map(({ id }) => ({ token, tc, id }));
    }),
  );
  return found.flat();
}

function readableReferrers(access: Access, type: string, deleted: Referable | undefined): Query | undefined {
  const readable = access.condition(type, ['r']);
  if (readable === undefined || deleted === undefined) return undefined;
  const { token, patient } = deleted;
  const refers: Condition = { kind: 'tokens', any: [token], negated: false };
  const condition = patient === undefined ? refers : anyOf([refers, { kind: 'compartment', patient }]);
  return { types: [type], conditions: [condition, readable], sort: [], includes: [], count: 1, total: 'none', used: [] };
}
