/** The revocation endpoint. https://www.rfc-editor.org/rfc/rfc7009#section-2 */
import { type RequestHandler, Router } from 'express';
import { required } from '../../auth/grant/grant.ts';
import { revoke } from '../../auth/revocation.ts';
import type { AuthContext } from './context.ts';
import { forRegisteredOrigins } from './cross-origin.ts';
import { clientOf, record, recordRefusal } from './endpoint.ts';
import { form, formOf } from './form.ts';
import { onlyPost } from './method.ts';
import { refused } from './refused.ts';

/** "invalid tokens do not cause an error response" */
const answer =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const client = await clientOf(context, request);
    await revoke(context.database, required(formOf(request), 'token'), client.id);
    await record(context, request, { kind: 'revoke', outcome: 'success', client: client.id });
    response.status(200).end();
  };

export const revocation = (context: AuthContext): Router =>
  Router()
    .use(forRegisteredOrigins(context))
    .post('/', ...form, answer(context))
    .use(onlyPost, recordRefusal(context, 'revoke'), refused);
