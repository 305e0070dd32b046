/** What endpoints have in common that clients call without a person. */
import type { ErrorRequestHandler, Request } from 'express';
import type { SecurityEvent } from '../../audit/security-event.ts';
import type { Client } from '../../auth/client.ts';
import { authenticateClient } from '../../auth/client-authentication.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import { originOf } from '../../auth/origin.ts';
import type { AuthContext } from './context.ts';
import { formOf } from './form.ts';

/** Throws OAuthError. An assertion may be made out to the token endpoint, to the issuer, and to the endpoint that is called. */
export async function clientOf(context: AuthContext, request: Request): Promise<Client> {
  const { database: tables, keySets, now } = context;
  const base = context.baseOf(request);
  const audiences = [`${originOf(base)}/oauth/token`, base, `${originOf(base)}${request.baseUrl}`];
  return authenticateClient({ authorization: request.headers.authorization, form: formOf(request) }, { tables, keySets, now, audiences });
}

/** Tells the log of accesses what was done; what it cannot keep must not be answered. */
export const record = ({ record: tell }: AuthContext, request: Request, event: SecurityEvent): Promise<void> =>
  tell({ ...event, address: request.ip, requestId: request.res?.locals['requestId'] as string | undefined });

/** Before the handler that answers a refusal. */
export const recordRefusal =
  (context: AuthContext, kind: SecurityEvent['kind']): ErrorRequestHandler =>
  async (error, request, _, next) => {
    if (error instanceof OAuthError && error.status !== 405) {
      const { client_id: claimed, grant_type: grant } = formOf(request);
      const query = grant === undefined ? undefined : `grant_type=${grant.slice(0, 60)}`;
      await record(context, request, { kind, outcome: 'refused', detail: error.error, client: claimed?.slice(0, 255), query });
    }
    next(error);
  };
