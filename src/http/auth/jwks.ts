/** The keys by which id tokens are verified. https://www.rfc-editor.org/rfc/rfc7517#section-5 */
import { Router } from 'express';
import { signingKeySet } from '../../auth/signing-key.ts';
import type { AuthContext } from './context.ts';

export const jwks = ({ database, box }: AuthContext): Router =>
  Router().get('/', async (_, response) => {
    const set = await signingKeySet(database, box);
    response.set({ 'Cache-Control': 'public, max-age=3600', 'Access-Control-Allow-Origin': '*' }).json(set);
  });
