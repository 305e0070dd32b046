/** Where files of jobs lie: the same promises, on the disk and in a store that speaks S3. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import S3rver from 's3rver';
import { LineFiles } from '../../src/bulk/line-files.ts';
import { localStorage } from '../../src/bulk/local-storage.ts';
import { s3Storage } from '../../src/bulk/s3-storage.ts';
import type { BulkStorage } from '../../src/bulk/storage.ts';

let folder: string;
let s3: InstanceType<typeof S3rver>;
const storages: Record<string, BulkStorage> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anamnesis-storage-'));
  process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'bulk', configs: [] }],
  });
  const address = (await s3.run()) as AddressInfo;
  const endpoint = `http://127.0.0.1:${address.port}`;
  storages['disk'] = localStorage(join(folder, 'disk'));
  storages['S3'] = s3Storage({ bucket: 'bulk', prefix: 'tenant/', region: 'us-east-1', endpoint, folder: join(folder, 'spool') });
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

async function textOf(reading: Promise<Readable>): Promise<string> {
  let text = '';
  for await (const part of await reading) text += String(part);
  return text;
}

const whole = { first: 0, last: 1_000_000 };

describe.each(['disk', 'S3'])('A file on %s', (name) => {
  const storage = (): BulkStorage => storages[name] as BulkStorage;
  const write = async (job: string, file: string, ...texts: string[]): Promise<number> => {
    const writer = await storage().create(job, file, 'application/fhir+ndjson');
    for (const text of texts) await writer.write(Buffer.from(text));
    return writer.finish();
  };

  test('that two write at the same time is that of one of them, whole', async () => {
    const [stalled, other] = [await storage().create('two', 'x.ndjson', 'x'), await storage().create('two', 'x.ndjson', 'x')];
    await stalled.write(Buffer.from('stalled\n'));
    await other.write(Buffer.from('other, longer\n'));
    expect(await other.finish()).toBe(14);
    await stalled.write(Buffer.from('still\n'));
    await stalled.abort();
    expect(await textOf(storage().read('two', 'x.ndjson', { first: 0, last: 13 }))).toBe('other, longer\n');
  });

  test('is there when it is finished, whole or in part', async () => {
    expect(await write('a', 'x.ndjson', 'first\n', 'sécond\n')).toBe(14);
    expect(await textOf(storage().read('a', 'x.ndjson', { first: 0, last: 13 }))).toBe('first\nsécond\n');
    expect(await textOf(storage().read('a', 'x.ndjson', { first: 2, last: 4 }))).toBe('rst');
  });

  test('is not there before, nor after it was given up', async () => {
    const writer = await storage().create('b', 'x.ndjson', 'text/plain');
    await writer.write(Buffer.from('half'));
    await expect(storage().read('b', 'x.ndjson', whole)).rejects.toMatchObject({ status: 404 });
    await writer.abort();
    await expect(storage().read('b', 'x.ndjson', whole)).rejects.toMatchObject({ status: 404 });
  });

  test('is replaced by one that is finished later', async () => {
    await write('c', 'x.ndjson', 'once');
    await write('c', 'x.ndjson', 'again');
    expect(await textOf(storage().read('c', 'x.ndjson', { first: 0, last: 4 }))).toBe('again');
  });

  test('is removed with all of its job, and with none of another', async () => {
    await write('d', 'x.ndjson', 'x');
    await write('d', 'y.ndjson', 'y');
    await write('da', 'x.ndjson', 'z');
    await storage().remove('d');
    await storage().remove('none');
    for (const file of ['x.ndjson', 'y.ndjson']) await expect(storage().read('d', file, whole)).rejects.toMatchObject({ status: 404 });
    expect(await textOf(storage().read('da', 'x.ndjson', { first: 0, last: 0 }))).toBe('z');
  });
});

test('S3 keeps nothing on this machine of what was sent', async () => {
  const files = await readdir(join(folder, 'spool'), { recursive: true });
  expect(files.filter((name) => name.endsWith('.ndjson'))).toEqual([]);
});

describe('Lines on their way into files', () => {
  const optionsOf = (storage: BulkStorage) => ({ storage, job: 'lines', nameOf: (label: number) => `f${label}`, typeOf: () => 'Patient' });

  test('go to the file of their label in their order, however long they are', async () => {
    const files = new LineFiles(optionsOf(storages['disk'] as BulkStorage));
    const long = 'x'.repeat(300_000);
    for (let i = 0; i < 1000; i++) {
      const [head, rest] = [Buffer.from(`${i} and more`), Buffer.from('the end')];
      await files.join(i % 3, head, String(i).length + 1, rest, 4, 7);
    }
    await files.add(1, Buffer.from(long));
    const made = await files.finish();
    expect(made.map(({ name, count }) => [name, count])).toEqual([
      ['f0', 334],
      ['f1', 334],
      ['f2', 333],
    ]);
    const text = await textOf((storages['disk'] as BulkStorage).read('lines', 'f1', whole));
    expect(text).toBe(`${Array.from({ length: 333 }, (_, i) => `${3 * i + 1} end\n`).join('')}${long}\n`);
    expect(made.map(({ bytes }) => bytes)[1]).toBe(text.length);
  });

  test('are waited for when they come faster than they can be written, and a full disk is told', async () => {
    let free: () => void = () => undefined;
    const slow: BulkStorage = {
      ...(storages['disk'] as BulkStorage),
      create: async () => ({
        write: () => new Promise<void>((resolve) => void (free = resolve)),
        finish: async () => 0,
        abort: async () => undefined,
      }),
    };
    const files = new LineFiles(optionsOf(slow));
    let added = 0;
    let pause: Promise<void> | undefined;
    while (pause === undefined && added < 10_000) {
      pause = files.add(0, Buffer.alloc(10_000, 'x'));
      added++;
    }
    // 16 MB may wait, and what is gathered for the next write.
    expect(added * 10_000).toBeLessThan(17 * 1024 * 1024);
    free();
    const full: BulkStorage = {
      ...slow,
      create: async () => ({
        write: () => Promise.reject(new Error('full')),
        finish: async () => 0,
        abort: async () => undefined,
      }),
    };
    const failing = new LineFiles(optionsOf(full));
    await failing.add(0, Buffer.alloc(100_000, 'x'));
    await expect(failing.finish()).rejects.toThrow('full');
    await failing.abort();
  });
});
