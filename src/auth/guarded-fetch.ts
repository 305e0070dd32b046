/**
 * Fetches small JSON documents from addresses that clients name, without lending them this machine's place in the network: https alone, public
 * addresses alone, no redirects, little, and soon. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
 */
import dns, { type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { isPrivateAddress } from './private-address.ts';

export type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface FetchSettings {
  /** Hosts, such as `idp.hospital.local` or `127.0.0.1:9000`, that may be at a private address; at this machine's own, by plain http too. */
  readonly internalHosts: readonly string[];
  /** How names are resolved. */
  readonly resolve?: Resolve;
}

export interface Fetched {
  readonly body: unknown;
  /** The header Cache-Control. */
  readonly cacheControl: string;
}

export interface GuardedFetch {
  /** Throws FetchRefused. */
  json(url: string): Promise<Fetched>;
  close(): Promise<void>;
}

export class FetchRefused extends Error {}

const mostBytes = 131_072;
const milliseconds = 5_000;

/** Names are resolved once, for the very connection: another answer a moment later (DNS rebinding) is never asked for. */
const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true } as LookupAllOptions, (error, addresses) => {
      const refused = addresses?.find(({ address }) => isPrivateAddress(address));
      const fault =
        error ?? (refused || addresses.length === 0 ? new FetchRefused('the name leads to an address that is not public') : null);
      const [first] = addresses ?? [];
      if (fault !== null || first === undefined) done(fault ?? new FetchRefused('the name leads nowhere'), '', 0);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Throws for what must not be fetched whatever it resolves to. */
function checkUrl(text: string, isInternal: (url: URL) => boolean): URL {
  if (!URL.canParse(text)) throw new FetchRefused('it is no URL');
  const url = new URL(text);
  const host = bare(url.hostname);
  if (url.username !== '' || url.password !== '') throw new FetchRefused('it holds credentials');
  if (isInternal(url)) {
    if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(host))) return url;
  } else if (url.protocol === 'https:') {
    if (isIP(host) === 0 || !isPrivateAddress(host)) return url;
    throw new FetchRefused('its address is not public');
  }
  throw new FetchRefused('it is not https');
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new FetchRefused(`it is longer than ${mostBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

export function createGuardedFetch({ internalHosts, resolve = dns.lookup as Resolve }: FetchSettings): GuardedFetch {
  const internal = new Set(internalHosts.map((host) => host.toLowerCase()));
  const isInternal = (url: URL): boolean => internal.has(url.host) || internal.has(url.hostname);
  const common = { connections: 4, pipelining: 1, keepAliveTimeout: 1_000, bodyTimeout: milliseconds, headersTimeout: milliseconds };
  const open = new Agent({ ...common, connect: { timeout: milliseconds } });
  const guarded = new Agent({ ...common, connect: { timeout: milliseconds, lookup: publicLookup(resolve) } });

  const json = async (text: string): Promise<Fetched> => {
    const url = checkUrl(text, isInternal);
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: isInternal(url) ? open : guarded,
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(milliseconds),
      });
      // A body that is cut off says so to whoever listens; nobody else does.
      body.on('error', () => undefined);
      if (statusCode !== 200) {
        body.destroy();
        throw new FetchRefused(`it is answered with status ${statusCode}; redirects are not followed`);
      }
      const { 'cache-control': cacheControl } = headers;
      return { body: JSON.parse(await textOf(body)) as unknown, cacheControl: String(cacheControl ?? '') };
    } catch (error) {
      if (error instanceof FetchRefused) throw error;
      // What exactly happened would tell whoever asks about the network behind this server.
      throw new FetchRefused('it cannot be fetched', { cause: error });
    }
  };
  return { json, close: async () => void (await Promise.all([open.destroy(), guarded.destroy()])) };
}
