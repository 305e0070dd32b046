/** What happens at the pages, told to the log. */
import type { Request } from 'express';
import type { AuthContext } from './context.ts';

export interface Told {
  readonly kind: 'login' | 'logout' | 'lockout' | 'authorize' | 'launch' | 'account' | 'client';
  readonly outcome: 'success' | 'refused';
  readonly detail?: string;
  readonly account?: string | undefined;
  readonly fhirUser?: string | undefined;
  readonly client?: string | undefined;
  readonly authorization?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly patient?: string | undefined;
  readonly subject?: string | undefined;
}

export async function tell({ log }: AuthContext, { res }: Request, { kind, outcome, detail, client }: Told): Promise<void> {
  log.info({ kind, outcome, detail, client, requestId: res?.locals['requestId'] as string | undefined }, 'authorization');
}
