/** Withdrawals of access, heard from all processes on the database. */
import type pg from 'pg';
import { listenForNotices, type Notices } from '../store/notice.ts';
import { authorizationChannel, type Withdrawn, withdrawnPayload } from '../store/statement/authorization/notice.ts';

export interface Withdrawal {
  readonly kind: Withdrawn;
  readonly id: string;
}

const kinds: readonly Withdrawn[] = ['authorization', 'client', 'account', 'all'];

/** Undefined = the notice is of another schema. */
export function withdrawalOf(payload: string, schema: string): Withdrawal | undefined {
  if (!payload.startsWith(`${schema} `)) return undefined;
  const kind = kinds.find((each) => payload.startsWith(withdrawnPayload(schema, each)));
  // What a newer version of this program tells is taken for everything.
  return kind === undefined ? { kind: 'all', id: '' } : { kind, id: payload.slice(withdrawnPayload(schema, kind).length) };
}

export interface WithdrawalOptions {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly withdrawn: (what: Withdrawal) => void;
  readonly hearing: (does: boolean) => void;
}

export const listenForWithdrawals = ({ connection, schema, withdrawn, hearing }: WithdrawalOptions): Notices =>
  listenForNotices({
    ...{ connection, channel: authorizationChannel, heartbeat: 300 },
    onConnect: () => hearing(true),
    onDisconnect: () => hearing(false),
    onNotice: (payload) => {
      const what = withdrawalOf(payload, schema);
      if (what !== undefined) withdrawn(what);
    },
  });
