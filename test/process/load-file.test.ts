import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseTarget } from '../../src/cli/load/database-target.ts';
import { type Item, itemsOf } from '../../src/cli/load/item.ts';
import { type LoadResult, load } from '../../src/cli/load/loader.ts';
import { silentProgress } from '../../src/cli/load/progress.ts';
import { findSources, rankOf } from '../../src/cli/load/source.ts';
import type { Target } from '../../src/cli/load/target.ts';
import { printJson } from '../../src/fhir/json.ts';
import { FhirError, type Issue, refusal } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import type { CommitOptions } from '../../src/repository/repository.ts';

const patient = (id: string, more: object = {}): Resource => ({ resourceType: 'Patient', id, ...more });
const text = (value: unknown): string => JSON.stringify(value);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis load '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A zip archive with one deflated entry for each name. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(Buffer.from(content));
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(Buffer.byteLength(content), 8);
    const common = Buffer.concat([Buffer.from([20, 0, 0, 8, 8, 0, 0, 0, 0, 0]), sizes, Buffer.from([name.length, 0, 0, 0])]);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const place = Buffer.alloc(4);
    place.writeUInt32LE(offset);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(10), place, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

async function items(name: string, content: string | Buffer, pieceLength = 7): Promise<Item[]> {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, i) =>
    bytes.subarray(i * pieceLength, (i + 1) * pieceLength),
  );
  const found: Item[] = [];
  for await (const item of itemsOf(name, Readable.from(pieces))) found.push(item);
  return found;
}

describe('a file', () => {
  test('of NDJSON is read line by line, over pieces that cut characters, with blank lines passed over', async () => {
    const lines = [text(patient('1', { name: [{ family: 'Żółć 漢字' }] })), '', '  ', text(patient('2'))].join('\r\n');
    expect(await items('p.ndjson', lines)).toMatchObject([
      { kind: 'resource', member: { at: 'line 1', resource: patient('1', { name: [{ family: 'Żółć 漢字' }] }) } },
      { kind: 'resource', member: { at: 'line 4', resource: patient('2') } },
    ]);
  });

  test('is taken for NDJSON by its content when the name does not say so', async () => {
    expect(await items('p.json', `${text(patient('1'))}\n${text(patient('2'))}\n`)).toHaveLength(2);
    expect(await items('p.json', JSON.stringify(patient('1'), null, 2))).toHaveLength(1);
    expect(await items('p.json', `{"resourceType":"Patient",\n"id":"1"}`)).toMatchObject([{ kind: 'resource', member: { at: '' } }]);
  });

  test('keeps the digits of decimals', async () => {
    const [item] = await items('o.json', '{"resourceType":"Observation","valueQuantity":{"value":1.50}}');
    expect(item?.kind === 'resource' ? printJson(item.member.resource) : '').toContain('1.50');
  });

  test('may begin with a byte order mark', async () => {
    expect(await items('p.json', `\ufeff${text(patient('1'))}`)).toMatchObject([{ kind: 'resource' }]);
  });

  test.each([
    ['broken JSON', '{"resourceType":"Patient",\n "id": }', /line 2/],
    ['no resource', '{"hello":1}', /no resourceType/],
    ['an array', '[1,2]', /not a FHIR resource/],
    ['a response bundle', text({ resourceType: 'Bundle', type: 'batch-response' }), /type batch-response is not something to load/],
  ])('with %s is a fault with a clear text', async (_, content, message) => {
    const [item] = await items('x.json', content);
    expect(item).toMatchObject({ kind: 'fault' });
    expect(item?.kind === 'fault' ? item.error.message : '').toMatch(message);
  });

  test.each([
    ['is empty', '', /empty/],
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0xfe]), /not valid UTF-8/],
  ])('that %s cannot be read on', async (_, content, message) => {
    await expect(items('x.json', content)).rejects.toThrow(message);
  });

  test('with a transaction or batch is run, a collection is unpacked, a document stays whole', async () => {
    const bundle = (type: string) =>
      text({ resourceType: 'Bundle', id: 'b', type, entry: [{ fullUrl: 'urn:uuid:1', resource: patient('1') }, {}] });
    expect(await items('b.json', bundle('transaction'))).toMatchObject([{ kind: 'bundle' }]);
    expect(await items('b.json', bundle('batch'))).toMatchObject([{ kind: 'bundle' }]);
    expect(await items('b.json', bundle('document'))).toMatchObject([
      { kind: 'resource', member: { resource: { resourceType: 'Bundle' } } },
    ]);
    expect(await items('b.json', bundle('collection'))).toEqual([
      { kind: 'collection', members: [{ at: 'Bundle.entry[0].resource', resource: patient('1'), fullUrl: 'urn:uuid:1' }] },
    ]);
  });

  test('of one long line is read in linear time', async () => {
    const long = text({ resourceType: 'Patient', id: '1', name: [{ family: 'x'.repeat(8_000_000) }] });
    const started = Date.now();
    expect(await items('p.json', long, 4096)).toHaveLength(1);
    expect(Date.now() - started).toBeLessThan(5000);
  });
});

describe('the files to load', () => {
  const names = async (...paths: string[]): Promise<string[]> =>
    (await findSources(paths)).list.map(({ name }) => name.slice(folder.length + 1));

  test('are found in folders, with all below them, without those that cannot hold resources', async () => {
    for (const name of [
      'f/b.json',
      'f/a.ndjson.gz',
      'f/below/c.json.gz',
      'f/package.json',
      'f/log.ndjson',
      'f/.index.json',
      'f/readme.txt',
    ])
      write(name, 'x');
    expect(await names(join(folder, 'f'))).toEqual(['f/a.ndjson.gz', 'f/b.json', 'f/below/c.json.gz']);
  });

  test('are found in zip archives', async () => {
    const path = write('z.zip', zipOf({ 'in/one.json': '{}', 'in/readme.txt': 'x', 'two.ndjson': '{}' }));
    const sources = await findSources([path]);
    expect(sources.list.map(({ name }) => basename(name))).toEqual(['one.json', 'two.ndjson']);
    sources.close();
  });

  test('are ordered so that hospitals and practitioners come before people', async () => {
    for (const name of ['s/Abel.json', 's/hospitalInformation1.json', 's/practitionerInformation1.json']) write(name, 'x');
    expect(await names(join(folder, 's'))).toEqual(['s/hospitalInformation1.json', 's/practitionerInformation1.json', 's/Abel.json']);
    expect(['Bundle-Hospital-01.json', 'Bundle-Practitioner-01.json', 'Bundle-Patient-01.json', 'Allocation_X.json'].map(rankOf)).toEqual([
      0, 1, 2, 2,
    ]);
  });

  test('that are not there are named with the reason', async () => {
    const { unreadable } = await findSources([join(folder, 'nowhere'), write('broken.zip', 'no zip')]);
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      'there is no such file or folder',
      expect.stringMatching(/central directory/i),
    ]);
  });
});

const collectionOf = (ids: readonly string[]): string =>
  text({ resourceType: 'Bundle', type: 'collection', entry: ids.map((id) => ({ resource: patient(id) })) });

interface Loaded {
  readonly result: LoadResult;
  readonly refusals: string[];
}

async function loadInto(target: Target, ...paths: string[]): Promise<Loaded> {
  const refusals: string[] = [];
  const refuse = (file: string, at: string, reason: string): void => void refusals.push(`${basename(file)}|${at}|${reason}`);
  return { result: await load({ sources: await findSources(paths), target, progress: silentProgress, refuse }), refusals };
}

describe('loading', () => {
  /** Refuses resources named `bad…`, as a repository would: nothing of that commit is stored. */
  function fakeDatabase() {
    const stored: string[] = [];
    const commits: number[] = [];
    const commit = async (all: readonly Change[], { refuse }: CommitOptions = {}) => {
      const isBad = (change: Change): boolean => 'resource' in change && String(change.resource.id).startsWith('bad');
      const changes = refuse === undefined ? all : all.filter((change) => !isBad(change));
      const issue = (at: string): Issue => ({ severity: 'error', code: 'value', diagnostics: 'this is bad', expression: [`${at}.id`] });
      for (const change of all) if (!changes.includes(change)) refuse?.(change, new FhirError([issue(change.at)]));
      const bad = changes.filter(isBad);
      if (bad.some((change) => 'resource' in change && change.resource.id === 'bad-unlocated'))
        throw refusal('processing', 'somewhere something is wrong');
      if (bad.length > 0) throw new FhirError(bad.map(({ at }) => issue(at)));
      commits.push(changes.length);
      stored.push(...changes.map((change) => ('resource' in change ? String(change.resource.id) : '')));
      return [];
    };
    const runBundle = async (bundle: Resource): Promise<Resource> => {
      const entries = bundle.entry as { resource: Resource }[];
      if (bundle.type === 'transaction')
        await commit(entries.map(({ resource }, i) => ({ kind: 'create', type: 'Patient', at: `Bundle.entry[${i}].resource`, resource })));
      const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'value', diagnostics: 'this is bad' }] };
      return {
        resourceType: 'Bundle',
        entry: entries.map(({ resource }) => ({
          response: resource.id?.startsWith('bad') ? { status: '400', outcome } : { status: '201' },
        })),
      };
    };
    return { stored, commits, target: databaseTarget({ runBundle, repository: { commit } }) };
  }

  test('stores NDJSON in large commits, leaves out what is refused and names its line', async () => {
    const { stored, commits, target } = fakeDatabase();
    const ids = Array.from({ length: 1200 }, (_, i) => (i === 700 || i === 701 ? `bad${i}` : `p${i}`));
    const { result, refusals } = await loadInto(target, write('many.ndjson.gz', gzipSync(ids.map((id) => text(patient(id))).join('\n'))));
    expect(result).toMatchObject({ resources: 1198, refused: 2, files: 1 });
    expect(commits).toEqual([500, 498, 200]);
    expect(stored).toEqual(ids.filter((id) => !id.startsWith('bad')));
    expect(refusals).toEqual(['many.ndjson.gz|line 701|id: this is bad', 'many.ndjson.gz|line 702|id: this is bad']);
  });

  test('finds by halves what a refusal does not locate', async () => {
    const { stored, target } = fakeDatabase();
    const ids = Array.from({ length: 40 }, (_, i) => (i === 13 ? 'bad-unlocated' : `p${i}`));
    const { refusals } = await loadInto(target, write('halves.json', collectionOf(ids)));
    expect(refusals).toEqual(['halves.json|Bundle.entry[13].resource|somewhere something is wrong']);
    expect(stored.length).toBe(39);
  });

  test('stays quick when refusals come one at a time', async () => {
    let attempted = 0;
    const commit = async (changes: readonly Change[]) => {
      attempted += changes.length;
      const bad = changes.find((change) => 'resource' in change && String(change.resource.id).startsWith('bad'));
      if (bad) throw refusal('value', 'this is bad', { expression: bad.at });
      return [];
    };
    const target = databaseTarget({ runBundle: async (bundle) => bundle, repository: { commit } });
    const ids = Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? `bad${i}` : `p${i}`));
    const { result, refusals } = await loadInto(target, write('half-bad.json', collectionOf(ids)));
    expect(result).toMatchObject({ resources: 250, refused: 250 });
    expect(new Set(refusals).size).toBe(250);
    expect(attempted).toBeLessThan(500 * 20);
  });

  test('does not put one id twice into a commit: the later line is the later version', async () => {
    const { commits, target } = fakeDatabase();
    await loadInto(target, write('twice.ndjson', ['a', 'b', 'a', 'c'].map((id) => text(patient(id))).join('\n')));
    expect(commits).toEqual([2, 2]);
  });

  test('goes on after files that are broken, and reports each', async () => {
    const { stored, target } = fakeDatabase();
    write('mix/a.json', '{broken');
    write('mix/b.json.gz', 'not gzip at all');
    write('mix/c.json', text(patient('good')));
    write('mix/d.zip', zipOf({ 'e.json': text(patient('zipped')) }));
    const { result, refusals } = await loadInto(target, join(folder, 'mix'));
    expect(result).toMatchObject({ resources: 2, refused: 2 });
    expect(stored.sort()).toEqual(['good', 'zipped']);
    expect(refusals.map((line) => line.split('|')[0]).sort()).toEqual(['a.json', 'b.json.gz']);
  });

  test('reports the refused entries of a batch and the located issues of a transaction', async () => {
    const { target } = fakeDatabase();
    const entry = ['x', 'bad1', 'y', 'bad2'].map((id) => ({ resource: patient(id) }));
    const batch = await loadInto(target, write('batch.json', text({ resourceType: 'Bundle', type: 'batch', entry })));
    expect(batch.refusals).toEqual(['batch.json|Bundle.entry[1]|this is bad', 'batch.json|Bundle.entry[3]|this is bad']);
    expect(batch.result).toMatchObject({ resources: 2, refused: 2 });
    const transaction = await loadInto(target, write('transaction.json', text({ resourceType: 'Bundle', type: 'transaction', entry })));
    expect(transaction.refusals[0]).toBe('transaction.json|Bundle.entry[1].resource.id|this is bad');
    expect(transaction.result).toMatchObject({ resources: 0, refused: 2 });
  });

  test('tries a refused transaction again when the other files are in', async () => {
    const inside = new Set<string>();
    const runBundle = async (bundle: Resource): Promise<Resource> => {
      const [id, needs] = [String(bundle.id), bundle.needs as string | undefined];
      if (needs !== undefined && !inside.has(needs)) throw refusal('not-found', `${needs} does not exist`);
      inside.add(id);
      return { resourceType: 'Bundle', entry: [{ response: { status: '201' } }] };
    };
    const target = databaseTarget({ runBundle, repository: { commit: async () => [] } });
    write('order/a.json', text({ resourceType: 'Bundle', type: 'transaction', id: 'a', needs: 'b', entry: [] }));
    write('order/b.json', text({ resourceType: 'Bundle', type: 'transaction', id: 'b', entry: [] }));
    const { result } = await loadInto(target, join(folder, 'order'));
    expect(result).toMatchObject({ resources: 2, refused: 0 });
  });

  test('ends when the database fails', async () => {
    const target = databaseTarget({
      runBundle: async () => ({ resourceType: 'Bundle' }),
      repository: { commit: async () => Promise.reject(new Error('connection lost')) },
    });
    await expect(loadInto(target, write('one.json', text(patient('1'))))).rejects.toThrow('connection lost');
  });
});
