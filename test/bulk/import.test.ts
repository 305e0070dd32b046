/** $import: what is loaded, what is told of what is not, and what it is asked with. https://github.com/smart-on-fhir/bulk-import/blob/master/import.md */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AuditedServer, auditedServer } from '../audit/server.ts';
import { done as doneAs } from './import-client.ts';

let server: AuditedServer;
let folder: string;
let files: Server;
let host: string;
/** By path. */
const served = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anamnesis-import-'));
  files = createServer((request, response) => {
    const answer = served.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(files.address() as AddressInfo).port}`;
  server = await auditedServer({ settings: { DATA_DIR: folder, AUDIT: 'off', INTERNAL_HOSTS: host } });
}, 60_000);
afterAll(async () => {
  await server?.close();
  files?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => served.clear());

const base = () => `${server.url}/fhir`;
const kickOff = (body: string | Buffer, type: string, headers: Record<string, string> = {}) =>
  fetch(`${base()}/$import`, {
    method: 'POST',
    headers: { prefer: 'respond-async', 'content-type': type, ...headers },
    body: Buffer.from(body) as never,
  });
const json = (manifest: object) => kickOff(JSON.stringify(manifest), 'application/json');
const ndjson = (lines: readonly unknown[]) =>
  kickOff(`${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`, 'application/fhir+ndjson');

interface Entry {
  readonly type: string;
  readonly url?: string;
  readonly inputUrl?: string;
  readonly count: number;
}
interface Manifest {
  readonly output: readonly Entry[];
  readonly error: readonly Entry[];
  readonly extension: { readonly counts: readonly Record<string, unknown>[] };
}

const done = (started: Response): Promise<Manifest> => doneAs<Manifest>(started);

interface Outcome {
  readonly issue: readonly {
    readonly diagnostics: string;
    readonly location: readonly string[];
    readonly expression?: readonly string[];
  }[];
}
async function errorsOf({ error }: Manifest): Promise<Outcome[]> {
  const texts = await Promise.all(error.map(async ({ url = '' }) => (await fetch(url)).text()));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as Outcome);
}
const diagnostics = (outcomes: readonly Outcome[]): string[] => outcomes.flatMap(({ issue }) => issue.map((one) => one.diagnostics));

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more });
const observation = (id: string, of: string) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${of}` } },
});
const versionOf = async (name: string): Promise<string | undefined> => {
  const { status, text } = await server.ask('GET', `/${name}`);
  return status === 200 ? (JSON.parse(text) as { meta: { versionId: string } }).meta.versionId : undefined;
};

describe('A body of NDJSON', () => {
  test('is loaded in any order of references, each under its id, and is found', async () => {
    const manifest = await done(await ndjson([observation('o-1', 'late'), patient('late', { birthDate: '1970-01-01' })]));
    expect(manifest.output).toEqual([{ type: 'OperationOutcome', count: 2 }]);
    expect(manifest.error).toEqual([]);
    expect(await versionOf('Patient/late')).toBe('1');
    const { text } = await server.ask('GET', '/Observation?subject=Patient/late&_summary=count');
    expect(JSON.parse(text)).toMatchObject({ total: 1 });
  });

  test('that is loaded again makes no new versions, also where lines have no ids', async () => {
    const lines = [patient('again'), { resourceType: 'Organization', name: 'No id' }];
    await done(await ndjson(lines));
    const manifest = await done(await ndjson(lines));
    expect(manifest.extension.counts).toEqual([{ created: 0, updated: 0, unchanged: 2, refused: 0 }]);
    expect(await versionOf('Patient/again')).toBe('1');
    const { text } = await server.ask('GET', '/Organization?name=No%20id&_summary=count');
    expect(JSON.parse(text)).toMatchObject({ total: 1 });
  });

  test('of which a later line repeats an id makes a later version', async () => {
    const manifest = await done(await ndjson([patient('twice', { gender: 'male' }), patient('twice', { gender: 'female' })]));
    expect(manifest.extension.counts[0]).toMatchObject({ created: 1, updated: 1 });
    expect(JSON.parse((await server.ask('GET', '/Patient/twice')).text)).toMatchObject({ gender: 'female', meta: { versionId: '2' } });
  });

  test('has each broken line told by its number, and all others loaded', async () => {
    const manifest = await done(
      await ndjson([
        ...[patient('b-1'), '{"resourceType":"Patient","id":"b-2",', '', '   '],
        ...['[1]', '{"id":"x"}', '{"resourceType":"Patiemt","id":"x"}', patient('b 8'), patient('b-9', { birthDate: 'soon' })],
        ...['{"resourceType":"Patient","id":"a","id":"b"}', 'null', patient('b-12'), '{"resourceType":"Patient","id":7}'],
      ]),
    );
    const told = await errorsOf(manifest);
    expect(told.map(({ issue }) => issue[0]?.location[0]?.split(',')[0])).toEqual([
      ...['line 2', 'line 5', 'line 6', 'line 7', 'line 8', 'line 9', 'line 10', 'line 11', 'line 13'],
    ]);
    expect(diagnostics(told)[3]).toBe('Line 7: "Patiemt" is not a resource type. Did you mean Patient?');
    expect(told[5]?.issue[0]).toMatchObject({ expression: ['Patient.birthDate'] });
    expect(diagnostics(told)[5]).toMatch(/^Line 9 \(Patient\/b-9\): /);
    expect(manifest.error).toEqual([expect.objectContaining({ type: 'OperationOutcome', count: 9 })]);
    expect(manifest.output[0]?.count).toBe(2);
    expect([await versionOf('Patient/b-1'), await versionOf('Patient/b-12'), await versionOf('Patient/b-9')]).toEqual([
      '1',
      '1',
      undefined,
    ]);
  });

  test('that is no UTF-8 in one line loses that line alone; a byte order mark, CRLF and a missing last line end do no harm', async () => {
    const text = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(`${JSON.stringify(patient('u-1'))}\r\n{"resourceType":"Patient","id":"u-2","gender":"`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`"}\r\n${JSON.stringify(patient('u-3'))}`),
    ]);
    const manifest = await done(await kickOff(text, 'application/fhir+ndjson'));
    expect(diagnostics(await errorsOf(manifest))).toEqual(['Line 2: The line is not valid UTF-8.']);
    expect([await versionOf('Patient/u-1'), await versionOf('Patient/u-3')]).toEqual(['1', '1']);
  });

  test('may be packed', async () => {
    const manifest = await done(await kickOff(gzipSync(`${JSON.stringify(patient('z-1'))}\n`), 'application/fhir+ndjson'));
    expect([manifest.output[0]?.count, await versionOf('Patient/z-1')]).toEqual([1, '1']);
  });
});

const serve = (path: string, content: string | Buffer, headers: Record<string, string> = {}): string => {
  served.set(path, (_, response) => response.writeHead(200, headers).end(content));
  return `http://${host}${path}`;
};
const manifestOf = (...input: readonly object[]) => ({ inputFormat: 'application/fhir+ndjson', inputSource: 'https://example.org', input });
const linesOf = (...lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join('\n');

describe('A manifest', () => {
  test('has each file loaded and counted by itself, in its order', async () => {
    const first = serve('/p.ndjson', linesOf(patient('m-1'), patient('m-2', { birthDate: 'x' })));
    const second = serve('/o.ndjson.gz', gzipSync(linesOf(observation('m-o', 'm-1'))));
    const manifest = await done(await json(manifestOf({ type: 'Patient', url: first }, { type: 'Observation', url: second })));
    expect(manifest.output).toEqual([
      { type: 'OperationOutcome', inputUrl: first, count: 1 },
      { type: 'OperationOutcome', inputUrl: second, count: 1 },
    ]);
    expect(manifest.error).toEqual([
      { type: 'OperationOutcome', inputUrl: first, count: 1, url: expect.stringContaining('/errors-1.ndjson') },
    ]);
  });

  test('may come as Parameters, as HAPI takes it', async () => {
    const url = serve('/h.ndjson', linesOf(patient('h-1')));
    const parts = [
      { name: 'type', valueCode: 'Patient' },
      { name: 'url', valueUri: url },
    ];
    const parameter = [
      { name: 'inputFormat', valueCode: 'application/fhir+ndjson' },
      { name: 'inputSource', valueUri: 'http://example.org' },
      { name: 'storageDetail', part: [{ name: 'type', valueCode: 'https' }] },
      { name: 'input', part: parts },
    ];
    const started = await kickOff(JSON.stringify({ resourceType: 'Parameters', parameter }), 'application/fhir+json');
    expect((await done(started)).output).toEqual([{ type: 'OperationOutcome', inputUrl: url, count: 1 }]);
  });

  test('has lines of another type than was said refused', async () => {
    const url = serve('/t.ndjson', linesOf(patient('t-1'), { resourceType: 'Organization', id: 't-2', name: 'x' }));
    const manifest = await done(await json(manifestOf({ type: 'Patient', url })));
    expect(diagnostics(await errorsOf(manifest))).toEqual([
      'Line 2: This is a Organization, but the file was said to hold resources of type Patient.',
    ]);
  });

  test('has files that are not there told, and the others loaded', async () => {
    const url = serve('/there.ndjson', linesOf(patient('there')));
    served.set('/moved.ndjson', (_, response) => response.writeHead(302, { location: url }).end());
    const torn = serve(
      '/torn.ndjson.gz',
      gzipSync(linesOf(...Array.from({ length: 2000 }, (_, i) => patient(`torn-${i}`)))).subarray(0, 4000),
    );
    const input = [`http://${host}/missing.ndjson`, `http://${host}/moved.ndjson`, torn, url].map((each) => ({
      type: 'Patient',
      url: each,
    }));
    const manifest = await done(await json(manifestOf(...input)));
    expect(diagnostics(await errorsOf(manifest))).toEqual([
      'The file was not loaded: it is answered with status 404; redirects are not followed.',
      'The file was not loaded: it is answered with status 302; redirects are not followed.',
      expect.stringMatching(/^The file was (not loaded|loaded up to line \d+ only): it is packed, but cannot be unpacked\.$/),
    ]);
    expect(manifest.output.map(({ count }) => count)).toEqual([0, 0, expect.any(Number), 1]);
    expect(await versionOf('Patient/there')).toBe('1');
  });

  test('has a file go on by a range where its connection broke, without loss or repetition', async () => {
    const content = linesOf(...Array.from({ length: 1500 }, (_, i) => patient(`cut-${i}`, { gender: 'male' })));
    const ranges: (string | undefined)[] = [];
    served.set('/cut.ndjson', ({ headers }, response) => {
      ranges.push(headers.range);
      const from = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
      const common = { etag: '"same"', 'accept-ranges': 'bytes' };
      const size = content.length;
      if (from > 0) {
        response.writeHead(206, { ...common, 'content-range': `bytes ${from}-${size - 1}/${size}` }).end(content.slice(from));
        return;
      }
      response.writeHead(200, { ...common, 'content-length': size });
      response.write(content.slice(0, size >> 1), () => setTimeout(() => response.destroy(), 500));
    });
    const manifest = await done(await json(manifestOf({ type: 'Patient', url: `http://${host}/cut.ndjson` })));
    expect(manifest.extension.counts[0]).toMatchObject({ created: 1500, updated: 0, unchanged: 0, refused: 0 });
    expect(ranges[0]).toBeUndefined();
    expect(ranges.at(-1)).toMatch(/^bytes=\d+-$/);
  }, 30_000);
});

describe('Refused at kick-off', () => {
  const refused = async (response: Response): Promise<string[]> => {
    const outcome = (await response.json()) as { issue: { diagnostics: string; expression?: string[] }[] };
    return [String(response.status), ...outcome.issue.map(({ expression = [], diagnostics: text }) => `${expression.join()}: ${text}`)];
  };

  test('are URLs of this network and other protocols, all of them told', async () => {
    const urls = [
      'http://169.254.169.254/latest',
      'https://10.0.0.1/x',
      'https://[::1]/x',
      'file:///etc/passwd',
      'https://u:p@example.org/',
      'nonsense',
    ];
    const answer = await refused(await json(manifestOf(...urls.map((url) => ({ type: 'Patient', url })))));
    expect(answer[0]).toBe('400');
    expect(answer.slice(1).map((text) => text.split(':')[0])).toEqual(urls.map((_, i) => `input[${i}].url`));
  });

  test('is whatever is wrong in a manifest, in one answer', async () => {
    const answer = await refused(
      await json({
        inputFormat: 'text/csv',
        storageDetail: { type: 'aws-s3' },
        inptu: [],
        input: [{ type: 'Patiemt', url: 'https://example.org/a' }],
      }),
    );
    expect(answer.join('\n')).toMatch(
      /^400\nmanifest: inptu.*Did you mean input\?\ninputFormat: .*\nstorageDetail.type: .*\ninput\[0\].type: .*Patient/,
    );
    expect((await refused(await json({ inputFormat: 'ndjson' })))[1]).toMatch(/^input: /);
    expect((await refused(await kickOff('[]', 'application/json')))[0]).toBe('400');
  });

  test('is a request that does not want to wait, one without a body, of another kind, or by GET', async () => {
    const none = await fetch(`${base()}/$import`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect((await refused(none))[1]).toContain('Prefer: respond-async');
    expect((await refused(await kickOff('', 'application/json')))[0]).toBe('400');
    expect((await refused(await kickOff('a=b', 'multipart/form-data; boundary=x')))[0]).toBe('415');
    expect((await fetch(`${base()}/$import`)).status).toBe(405);
    expect((await fetch(`${base()}/Patient/$import`, { method: 'POST' })).status).toBe(404);
  });
});

test('an import that is cancelled ends, and is gone', async () => {
  served.set('/slow.ndjson', (_, response) => {
    response.writeHead(200);
    response.write(`${linesOf(patient('slow-1'))}\n`);
  });
  const started = await json(manifestOf({ type: 'Patient', url: `http://${host}/slow.ndjson` }));
  const url = started.headers.get('content-location') ?? '';
  expect((await fetch(url)).status).toBe(202);
  await sleep(200);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(202);
  expect((await fetch(url)).status).toBe(404);
});
