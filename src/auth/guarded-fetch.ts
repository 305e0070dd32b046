/**
 * Fetches small JSON documents, and files of any length, from addresses that clients name, without lending them this machine's place in the network: https alone, public
 * addresses alone, no redirects; documents are short and soon there. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
 */
import dns, { type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
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

/** A file as it comes. */
export interface FetchedFile {
  readonly body: AsyncIterable<Buffer>;
  /** Where in the file the body begins: 0 where the server knows no ranges, or the file has changed. */
  readonly offset: number;
  /** Bytes of the whole file, where that is known. */
  readonly size?: number;
  /** Strong ETag: the same as long as the file is. */
  readonly validator?: string;
  /** A part of it can be asked for. */
  readonly hasRanges: boolean;
}

export interface FilePart {
  /** Bytes that are not wanted any more, of the file with this validator. */
  readonly offset: number;
  readonly validator: string;
}

export interface GuardedFetch {
  /** Throws FetchRefused. */
  json(url: string): Promise<Fetched>;
  close(): Promise<void>;
}

export interface GuardedFiles {
  /** Any length, as long as it keeps coming. Throws FetchRefused for what will not be there later either, and other errors for what may be. */
  file(url: string, part: FilePart | undefined, signal: AbortSignal): Promise<FetchedFile>;
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

function internalOf(hosts: readonly string[]): (url: URL) => boolean {
  const internal = new Set(hosts.map((host) => host.toLowerCase()));
  return (url) => internal.has(url.host) || internal.has(url.hostname);
}

/** Throws FetchRefused for a URL that is never fetched, whatever it resolves to. */
export const checkFetched = (url: string, internalHosts: readonly string[]): void => void checkUrl(url, internalOf(internalHosts));

const fileMilliseconds = 60_000;

/** What a look-up refused comes as the cause of a connection that failed. */
function refusalIn(error: unknown): FetchRefused | undefined {
  if (error instanceof FetchRefused) return error;
  const inner = error instanceof AggregateError ? error.errors : error instanceof Error ? [error.cause] : [];
  return inner.find((each) => each instanceof FetchRefused);
}

const oneOf = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

/** Statuses that may be others later. */
const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

function fetchedFile({ statusCode, headers, body }: Dispatcher.ResponseData): FetchedFile {
  body.on('error', () => undefined);
  if (statusCode !== 200 && statusCode !== 206) {
    body.destroy();
    if (isPassing(statusCode)) throw new Error(`A file could not be fetched: its server answers with status ${statusCode}`);
    throw new FetchRefused(`it is answered with status ${statusCode}; redirects are not followed`);
  }
  const [, from = '0', total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(oneOf(headers['content-range']) ?? '') ?? [];
  const length = statusCode === 206 ? total : oneOf(headers['content-length']);
  const etag = oneOf(headers['etag']);
  return {
    body,
    offset: statusCode === 206 ? Number(from) : 0,
    hasRanges: statusCode === 206 || oneOf(headers['accept-ranges']) === 'bytes',
    ...(length === undefined ? {} : { size: Number(length) }),
    ...(etag === undefined || etag.startsWith('W/') ? {} : { validator: etag }),
  };
}

export function createGuardedFetch({ internalHosts, resolve = dns.lookup as Resolve }: FetchSettings): GuardedFetch & GuardedFiles {
  const isInternal = internalOf(internalHosts);
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
  const file: GuardedFiles['file'] = async (text, part, signal) => {
    const url = checkUrl(text, isInternal);
    const response = await request(url, {
      dispatcher: isInternal(url) ? open : guarded,
      headers: {
        ...{ accept: 'application/fhir+ndjson, application/ndjson, */*;q=0.5', 'accept-encoding': 'identity' },
        ...(part === undefined || part.offset === 0 ? {} : { range: `bytes=${part.offset}-`, 'if-range': part.validator }),
      },
      ...{ headersTimeout: fileMilliseconds, bodyTimeout: fileMilliseconds, signal },
    }).catch((error: unknown) => {
      throw refusalIn(error) ?? new Error('A file could not be fetched: its server does not answer');
    });
    return fetchedFile(response);
  };
  return { json, file, close: async () => void (await Promise.all([open.destroy(), guarded.destroy()])) };
}
