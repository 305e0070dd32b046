/** Which web pages may use an endpoint: those of registered clients. https://hl7.org/fhir/smart-app-launch/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support */
import type { RequestHandler } from 'express';
import type { AuthContext } from './context.ts';

const allowedHeaders = 'Accept, Authorization, Content-Type';

const preflight: RequestHandler = (request, response, next) => {
  if (request.method !== 'OPTIONS') return next();
  const rules = {
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': allowedHeaders,
    'Access-Control-Max-Age': '3600',
  };
  response.set(rules).status(204).end();
};

/** Never with cookies: pages of others get nothing that the person's browser could do. */
export const forRegisteredOrigins = ({ isRegisteredOrigin }: AuthContext): RequestHandler[] => [
  (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin !== undefined && isRegisteredOrigin(origin)) response.set('Access-Control-Allow-Origin', origin);
    next();
  },
  preflight,
];

/** For what is no secret to anybody. */
export const forEverybody: readonly RequestHandler[] = [
  (_, response, next) => {
    response.set('Access-Control-Allow-Origin', '*');
    next();
  },
  preflight,
];
