/** The endpoints of authorization by their paths. */
import type { Router } from 'express';
import { sampleApp, sampleAppPath } from '../sample-app.ts';
import { admin } from './admin.ts';
import { authorize } from './authorize.ts';
import type { AuthContext } from './context.ts';
import { jwks } from './jwks.ts';
import { launch } from './launch.ts';
import { logout } from './logout.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';

export const authRouters = (context: AuthContext): Readonly<Record<string, Router>> => ({
  '/oauth/authorize': authorize(context),
  '/oauth/token': token(context),
  '/oauth/jwks': jwks(context),
  '/oauth/userinfo': userinfo(context),
  '/oauth/launch': launch(context),
  '/oauth/logout': logout(context),
  '/oauth/admin': admin(context),
  [sampleAppPath]: sampleApp(context),
});
