/** The token endpoint. https://www.rfc-editor.org/rfc/rfc6749#section-3.2 */
import { type RequestHandler, Router } from 'express';
import { required } from '../../auth/grant/grant.ts';
import { grants } from '../../auth/grant/grants.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import { mayStillSee } from './chosen-patient.ts';
import type { AuthContext } from './context.ts';
import { forRegisteredOrigins } from './cross-origin.ts';
import { clientOf, record, recordRefusal } from './endpoint.ts';
import { form, formOf } from './form.ts';
import { onlyPost } from './method.ts';
import { refused } from './refused.ts';

const answer =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const parameters = formOf(request);
    const type = required(parameters, 'grant_type');
    const grant = grants.get(type);
    if (grant === undefined) throw new OAuthError('unsupported_grant_type', `grant_type must be one of ${[...grants.keys()].join(', ')}.`);
    const client = await clientOf(context, request);
    if (!client.grantTypes.includes(type)) throw new OAuthError('unauthorized_client', `This client is not registered for ${type}.`);
    const { definitions } = await context.services();
    const tokens = await grant(
      {
        ...context,
        definitions,
        issuer: context.baseOf(request),
        mayStillSee: (account, patient) => mayStillSee(context, account, patient),
      },
      { client, form: parameters },
    );
    const { scope, patient } = tokens;
    await record(context, request, {
      kind: 'token',
      outcome: 'success',
      detail: type,
      client: client.id,
      scopes: scope.split(' '),
      patient,
    });
    // "MUST include … Cache-Control … no-store … and … Pragma … no-cache" (section 5.1)
    response.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' }).json(tokens);
  };

export const token = (context: AuthContext): Router =>
  Router()
    .use(forRegisteredOrigins(context))
    .post('/', ...form, answer(context))
    .use(onlyPost, recordRefusal(context, 'token'), refused);
