/** The endpoints of authorization by their paths. */
import type { Router } from 'express';
import { sampleApp, sampleAppPath } from '../sample-app.ts';
import { authorize } from './authorize.ts';
import type { AuthContext } from './context.ts';
import { jwks } from './jwks.ts';
import { token } from './token.ts';

export const authRouters = (context: AuthContext): Readonly<Record<string, Router>> => ({
  '/oauth/authorize': authorize(context),
  '/oauth/token': token(context),
  '/oauth/jwks': jwks(context),
  [sampleAppPath]: sampleApp(context),
});
