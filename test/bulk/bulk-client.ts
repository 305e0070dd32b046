/** A client of bulk exports, written from the specification. https://hl7.org/fhir/uv/bulkdata/export.html */
import { setTimeout as sleep } from 'node:timers/promises';

export interface ManifestFile {
  readonly type?: string;
  readonly url: string;
  readonly count?: number;
  readonly continuesInFile?: string;
}

export interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly outputOrganizedBy?: string;
  readonly output: readonly ManifestFile[];
  readonly deleted: readonly ManifestFile[];
  readonly error: readonly ManifestFile[];
}

export interface Line {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string; readonly tag?: readonly object[] };
  readonly [name: string]: unknown;
}

export interface BulkClient {
  /** Answers where the job is asked for. Throws what was refused. */
  kickOff(path: string, body?: object): Promise<string>;
  status(url: string): Promise<Response>;
  /** Polls as Retry-After says, but never slower than the test wants. */
  manifest(url: string): Promise<Manifest>;
  lines(file: ManifestFile): Promise<readonly Line[]>;
  /** All lines of all files, each compared with its count. */
  all(manifest: Manifest): Promise<readonly Line[]>;
  export(path: string, body?: object): Promise<readonly Line[]>;
  remove(url: string): Promise<number>;
}

export class Refused extends Error {
  readonly status: number;
  readonly issues: readonly { readonly diagnostics: string; readonly code: string }[];

  constructor(status: number, text: string) {
    super(`${status}: ${text}`);
    this.status = status;
    this.issues = (JSON.parse(text) as { issue: Refused['issues'] }).issue;
  }
}

const mostPauseMs = 100;

export function bulkClient(base: string, token?: () => Promise<string>): BulkClient {
  const headers = async (): Promise<Record<string, string>> => (token === undefined ? {} : { authorization: `Bearer ${await token()}` });
  const get = async (url: string, more: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { headers: { ...(await headers()), ...more } });
  const kickOff: BulkClient['kickOff'] = async (path, body) => {
    const response = await fetch(`${base}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(await headers()),
        ...{ accept: 'application/fhir+json', prefer: 'respond-async' },
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status !== 202) throw new Refused(response.status, text);
    return response.headers.get('content-location') ?? '';
  };
  const status = (url: string): Promise<Response> => get(url, { accept: 'application/json' });
  const manifest: BulkClient['manifest'] = async (url) => {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      const response = await status(url);
      const text = await response.text();
      if (response.status === 200) return JSON.parse(text) as Manifest;
      if (response.status !== 202) throw new Refused(response.status, text);
      await sleep(Math.min(mostPauseMs, Number(response.headers.get('retry-after')) * 1000));
    }
    throw new Error('the export did not end');
  };
  const lines: BulkClient['lines'] = async ({ url }) => {
    const response = await get(url, { accept: 'application/fhir+ndjson' });
    if (response.status !== 200) throw new Refused(response.status, await response.text());
    if (response.headers.get('content-type') !== 'application/fhir+ndjson') throw new Error('a file of another type');
    const text = await response.text();
    if (text !== '' && !text.endsWith('\n')) throw new Error('the last line is not whole');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  };
  const all: BulkClient['all'] = async ({ output }) => {
    const found: Line[] = [];
    for (const file of output) {
      const some = await lines(file);
      if (some.length !== file.count) throw new Error(`${file.url} has ${some.length} lines, not ${file.count}`);
      if (file.type !== undefined && some.some(({ resourceType }) => resourceType !== file.type)) throw new Error('a line of another type');
      found.push(...some);
    }
    return found;
  };
  return {
    ...{ kickOff, status, manifest, lines, all },
    export: async (path, body) => all(await manifest(await kickOff(path, body))),
    remove: async (url) => (await fetch(url, { method: 'DELETE', headers: await headers() })).status,
  };
}

/** `Type/id/version`, sorted. */
export const namesOf = (lines: readonly Line[]): string[] =>
  lines.map(({ resourceType, id, meta }) => `${resourceType}/${id}/${meta.versionId}`).sort();
