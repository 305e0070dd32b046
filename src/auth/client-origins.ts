/** The web origins of registered clients: their pages may call the API. https://hl7.org/fhir/smart-app-launch/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support */
import { readRedirectUris } from '../store/statement/authorization/client.ts';
import type { Tables } from './tables.ts';

export interface ClientOrigins {
  has(origin: string): boolean;
  /** Clients may have come or gone. */
  refresh(): Promise<void>;
}

const originOf = (uri: string): string[] => {
  // Applications on phones have URLs of schemes of their own, without an origin.
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? [url.origin] : [];
};

export function clientOrigins(tables: Tables): ClientOrigins {
  let origins: ReadonlySet<string> = new Set();
  return {
    has: (origin) => origins.has(origin),
    refresh: async () => {
      const rows = await tables.run<{ uri: string }>(readRedirectUris(tables.schema));
      origins = new Set(rows.flatMap(({ uri }) => originOf(uri)));
    },
  };
}
