/** The endpoints of authorization by their paths. */
import type { Router } from 'express';
import { sampleApp, sampleAppPath } from '../sample-app.ts';
import { admin } from './admin.ts';
import { authorize } from './authorize.ts';
import type { AuthContext } from './context.ts';
import { discovery } from './discovery.ts';
import { introspection } from './introspect.ts';
import { jwks } from './jwks.ts';
import { launch } from './launch.ts';
import { logout } from './logout.ts';
import { registration } from './register.ts';
import { revocation } from './revoke.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';

const endpoints = (context: AuthContext): Readonly<Record<string, Router>> => ({
  '/oauth/authorize': authorize(context),
  '/oauth/token': token(context),
  '/oauth/introspect': introspection(context),
  '/oauth/revoke': revocation(context),
  '/oauth/register': registration(context),
  '/oauth/jwks': jwks(context),
  '/oauth/userinfo': userinfo(context),
  '/oauth/launch': launch(context),
  '/oauth/logout': logout(context),
  '/oauth/admin': admin(context),
  [sampleAppPath]: sampleApp(context),
});

/** All of them, and the documents that name them. */
export function authRouters(context: AuthContext): Readonly<Record<string, Router>> {
  const routers = endpoints(context);
  return { ...routers, '/': discovery(context, new Set(Object.keys(routers))) };
}
