/** The sample application of `web/`, a public SMART client that this server shows at /app/. https://hl7.org/fhir/smart-app-launch/app-launch.html */
import { readFileSync } from 'node:fs';
import { type RequestHandler, Router } from 'express';
import { originOf } from '../auth/origin.ts';
import { projectFile } from '../root.ts';
import type { AuthContext } from './auth/context.ts';

export const sampleAppId = 'anamnesis-history';
export const sampleAppPath = '/app/';

const pages: Readonly<Record<string, string>> = { '/': 'index.html', '/launch': 'index.html' };
const scripts = ['card', 'chart', 'element', 'fhir', 'history', 'main', 'result', 'section', 'smart', 'store', 'words'];
const files = ['icon.svg', 'style.css', ...scripts.map((name) => `${name}.js`)];

const typeOf: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

/** No script but its own, no markup made by script, nothing of other servers, no frame around it. https://www.w3.org/TR/CSP3/ */
const policy = (server: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${server}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

function fileHandler(name: string): RequestHandler {
  const text = readFileSync(projectFile('web', name));
  const type = `${typeOf[name.slice(name.lastIndexOf('.') + 1)]}; charset=utf-8`;
  return (_, response) => {
    response.set('Content-Type', type).send(text);
  };
}

export function sampleApp({ baseOf }: Pick<AuthContext, 'baseOf'>): Router {
  // Without its slash the page would look for its files in the folder above.
  const router = Router({ strict: true });
  router.use((request, response, next) => {
    if (request.originalUrl.split('?')[0] === sampleAppPath.slice(0, -1)) return response.redirect(308, sampleAppPath);
    response.set({ 'Content-Security-Policy': policy(originOf(baseOf(request))), 'Cross-Origin-Opener-Policy': 'same-origin' });
    next();
  });
  router.get('/settings.json', (request, response) => void response.json({ issuer: baseOf(request), clientId: sampleAppId }));
  for (const [path, name] of Object.entries(pages)) router.get(path, fileHandler(name));
  for (const name of files) router.get(`/${name}`, fileHandler(name));
  return router;
}
