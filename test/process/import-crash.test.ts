/** kill -9 in the middle of an import: it goes on where it was, and every line is loaded or told of exactly once. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { findRunning } from '../../src/store/embedded.ts';
import { type KillableServer, killableServer } from '../support/killable-server.ts';

const kills = Number(process.env.CRASH_ROUNDS ?? 1);
const lines = 3000 * (kills + 1);
/** One in so many is broken. */
const broken = 50;

let server: KillableServer;
let base: string;
let files: Server;

/** One in so many waits for the last line, which it refers to. */
const waiting = 7;

function textOf(i: number): string {
  if (i % broken === 0) return `{"resourceType":"Patient","id":"p-${i}"`;
  const more = i % waiting === 0 ? ',"managingOrganization":{"reference":"Organization/last"}' : '';
  return `{"resourceType":"Patient","id":"p-${i}","gender":"male"${more}}`;
}
const last = '{"resourceType":"Organization","id":"last","name":"Last"}';
const content = `${Array.from({ length: lines }, (_, i) => `${textOf(i + 1)}\n`).join('')}${last}\n`;

async function sql<Row extends object>(text: string): Promise<Row[]> {
  const client = new pg.Client(findRunning(server.folder) as pg.ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A little at a time, so that there is a middle. */
async function give(from: number, write: (piece: string) => boolean, isOver: () => boolean): Promise<void> {
  for (let at = from; at < content.length && !isOver(); at += 20_000) {
    write(content.slice(at, at + 20_000));
    await sleep(40);
  }
}

beforeAll(async () => {
  files = createServer((request, response) => {
    const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
    const common = { etag: '"same"', 'accept-ranges': 'bytes' };
    if (from > 0) response.writeHead(206, { ...common, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
    else response.writeHead(200, { ...common, 'content-length': content.length });
    void give(
      from,
      (piece) => response.write(piece),
      () => response.destroyed,
    ).then(() => response.end());
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(files.address() as AddressInfo).port}`;
  server = await killableServer('import-crash', { settings: { AUDIT: 'on', INTERNAL_HOSTS: host } });
  base = server.base;
  await server.start();
}, 180_000);

afterAll(async () => {
  files.closeAllConnections();
  files.close();
  await server.remove();
}, 60_000);

interface Manifest {
  readonly error: readonly { readonly url: string; readonly count: number }[];
  readonly extension: { readonly counts: readonly object[] };
}

test(
  'an import whose process is killed again and again loads each line once',
  async () => {
    const input = [{ url: `http://127.0.0.1:${(files.address() as AddressInfo).port}/p.ndjson` }];
    const started = await fetch(`${base}/$import`, {
      method: 'POST',
      headers: { prefer: 'respond-async', 'content-type': 'application/json' },
      body: JSON.stringify({ inputFormat: 'application/fhir+ndjson', input }),
    });
    const url = started.headers.get('content-location') ?? '';
    const lineOf = async (): Promise<number> =>
      (await sql<{ line: number }>(`select (position->>'line')::int as line from anamnesis.job`))[0]?.line ?? 0;
    let reached = 0;
    for (let k = 0; k < kills; k++) {
      const from = reached;
      while (reached <= from + 500) {
        await sleep(20);
        reached = await lineOf();
      }
      expect(reached).toBeLessThan(lines);
      await server.stop('SIGKILL');
      await server.start();
      // What its process held is free after 30 s: nobody need wait for that here.
      await sql(`update anamnesis.job set leased_until = now() where state = 'running'`);
      expect(await lineOf()).toBeGreaterThanOrEqual(reached);
    }
    let status = await fetch(url);
    for (; status.status === 202; status = await fetch(url)) await sleep(100);
    const { error, extension } = (await status.json()) as Manifest;
    const refused = lines / broken;
    expect(extension.counts).toEqual([expect.objectContaining({ created: lines - refused + 1, updated: 0, unchanged: 0, refused })]);
    const [stored] = await sql<object>(
      "select count(*)::int as versions, max(ver) as newest, count(distinct rid)::int as resources from anamnesis.ver where tc = (select tc from anamnesis.type_code where name = 'Patient')",
    );
    expect(stored).toEqual({ versions: lines - refused, newest: 1, resources: lines - refused });
    const told = (await (await fetch(error[0]?.url ?? '')).text()).trimEnd().split('\n');
    const numbers = told.map((line) => Number(/Line (\d+):/.exec(line)?.[1]));
    expect(numbers).toEqual(Array.from({ length: refused }, (_, i) => (i + 1) * broken));
    expect(await sql('select from anamnesis.import_waiting')).toEqual([]);
  },
  240_000 + kills * 60_000,
);
