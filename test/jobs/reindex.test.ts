/** The job that makes the index anew, beside writes, other processes and crashes: nothing is lost, nothing is mixed, all is counted. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { leaseSeconds } from '../../src/store/statement/job.ts';
import { reindexPage } from '../../src/store/statement/reindex.ts';
import type { Statement } from '../../src/store/statement.ts';
import { changeOf, type Node, type Nodes, nodes, shoe, wearer } from '../support/node.ts';

let all: Nodes;
let node: Node;

beforeEach(async () => {
  all = await nodes();
  node = await all.open();
});
afterEach(() => all.close());

const boots = "Patient.extension('http://example.org/boot').value";
const sql = (text: string, ...values: unknown[]) => node.database.run<Record<string, unknown>>({ text, values });
const jobRow = async () => (await sql('select * from anamnesis.job order by id desc limit 1'))[0] ?? {};
const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 400) throw new Error('it never came true');
    await sleep(10);
  }
};

async function fill(count: number, size = (i: number): string => String(i % 10)): Promise<void> {
  const list = Array.from({ length: count }, (_, i) => wearer(`p${i}`, size(i)));
  await node.repository.commit(list.map(changeOf), { transaction: true });
}

/** Statements that a node sends from now on, by a word in them. */
function watchStatements(one: Node, word: string): Statement[] {
  const seen: Statement[] = [];
  const run = one.database.run.bind(one.database);
  Object.assign(one.database, {
    run: (statement: Statement) => {
      if (statement.text.includes(word)) seen.push(statement);
      return run(statement);
    },
  });
  return seen;
}

describe('Writes beside a reindex', () => {
  test('are all found afterwards, whichever process made them and whatever it knew', async () => {
    await fill(120);
    const late = await all.open();
    await node.put(shoe());
    const truth = new Map(Array.from({ length: 120 }, (_, i) => [`p${i}`, String(i % 10)]));
    const write = async (by: Node, id: string, size: string): Promise<void> => {
      await by.put(wearer(id, size));
      truth.set(id, size);
    };
    let isDone = false;
    const working = node.work(undefined, { batch: 10, share: 0.3 }).finally(() => {
      isDone = true;
    });
    for (let i = 0; !isDone || i < 50; i++) {
      await Promise.all([
        write(node, `p${(i * 7) % 120}`, String(i % 10)),
        write(late, `n${i}`, String(i % 10)),
        // Resources that the job has in its hands at this moment, too.
        write(late, `p${(i * 11 + 60) % 120}`, String((i + 5) % 10)),
      ]);
    }
    expect(await working).toBe(1);
    for (const size of ['0', '3', '9']) {
      const expected = [...truth].filter(([, one]) => one === size).map(([id]) => id);
      expect(await node.ids('Patient', `shoe=${size}`)).toEqual(expected.sort());
    }
    const { done, total, position } = await jobRow();
    expect(done).toBe(total);
    expect(Number(done)).toBeGreaterThanOrEqual(120);
    const { expected, seen } = position as { expected: number; seen: number };
    expect(expected).toBeGreaterThanOrEqual(120);
    expect(seen).toBeGreaterThanOrEqual(expected);
  });

  test('that delete are counted as seen', async () => {
    await fill(40);
    await node.put(shoe());
    const working = node.work(undefined, { batch: 5, share: 0.3 });
    for (let i = 0; i < 40; i += 2) await node.remove('Patient', `p${i}`);
    await working;
    expect((await node.reindexing.parameter('shoe'))?.state).toBe('active');
    expect(await node.ids('Patient', 'shoe=1,3,5,7,9')).toHaveLength(20);
    expect(await node.ids('Patient', 'shoe=0,2,4,6,8')).toEqual([]);
  });

  test('of a transaction that began before the parameter came and ends after it are waited for', async () => {
    await fill(3);
    const early = await all.open();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let isWritten = false;
    const within = async (): Promise<void> => {
      isWritten = true;
      await gate;
    };
    const slow = early.repository.commit([changeOf(wearer('slow', '42'))], { transaction: true, within });
    await until(() => isWritten);
    await node.put(shoe());
    const working = node.work();
    await until(async () => (await jobRow())['state'] === 'running');
    await sleep(300);
    expect(await jobRow()).toMatchObject({ state: 'running', position: null });
    open();
    await slow;
    await working;
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['slow']);
  });

  test('of a transaction that began by old parameters and writes later are indexed by the new ones', async () => {
    const early = await all.open();
    expect(early.registry.current().registered).toEqual([]);
    await node.put(shoe());
    await node.work();
    const changes = [changeOf(wearer('a', '42')), changeOf(wearer('b', '42'))];
    await early.repository.commit(changes, { transaction: true });
    await early.put(wearer('c', '42'));
    await Promise.all(['d', 'e', 'f'].map((id) => early.put(wearer(id, '42'))));
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test('keep their ids and links when they are indexed a second time', async () => {
    const early = await all.open();
    await node.put(shoe());
    await node.work();
    const patient = { kind: 'create', type: 'Patient', at: '', fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001' } as const;
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: patient.fullUrl } };
    const results = await early.repository.commit(
      [
        { ...patient, resource: { resourceType: 'Patient', extension: [{ url: 'http://example.org/shoe', valueCode: '42' }] } },
        { kind: 'create', type: 'Observation', at: '', resource: observation },
      ],
      { transaction: true },
    );
    const [id] = await node.ids('Patient', 'shoe=42');
    expect(id).toBe(results[0]?.version?.id);
    expect(await node.ids('Observation', `subject=Patient/${id}`)).toHaveLength(1);
  });
});

describe('A process that learns late', () => {
  const both = (id: string, size: string, boot: string): Resource =>
    wearer(id, size, {
      extension: [
        { url: 'http://example.org/shoe', valueCode: size },
        { url: 'http://example.org/boot', valueCode: boot },
      ],
    });

  test('searches by the old definition alone until it has learnt, also what others write meanwhile', async () => {
    await node.put(both('a', '42', '43'));
    await node.put(shoe());
    await node.work();
    const late = await all.open();
    await node.put(shoe({ expression: boots }));
    await node.work();
    await node.put(both('b', '42', '43'));
    await node.put(both('c', '43', '42'));
    expect(await late.ids('Patient', 'shoe=42')).toEqual(['a', 'b']);
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['c']);
    await late.registry.refresh();
    expect(await late.ids('Patient', 'shoe=42')).toEqual(['c']);
  });

  test('searches by a withdrawn definition as if it stood', async () => {
    await node.put(shoe());
    await node.work();
    const late = await all.open();
    await node.remove('SearchParameter', 'shoe');
    await node.put(wearer('b', '42'));
    expect(await late.ids('Patient', 'shoe=42')).toEqual(['b']);
  });

  test('never sees a moment between two definitions', async () => {
    await fill(100, () => '1');
    await node.put(shoe());
    await node.work();
    const late = await all.open();
    const answers = new Set<string>();
    let isDone = false;
    const looking = (async () => {
      while (!isDone) {
        for (const one of [node, late]) answers.add(`${one === node ? 'one' : 'late'} ${(await one.ids('Patient', 'shoe=1')).length}`);
      }
    })();
    await node.put(shoe({ expression: boots }));
    await node.work(undefined, { batch: 7, share: 0.5 });
    for (const one of [node, late]) answers.add(`${one === node ? 'one' : 'late'} ${(await one.ids('Patient', 'shoe=1')).length}`);
    isDone = true;
    await looking;
    expect([...answers].sort()).toEqual(['late 100', 'one 0', 'one 100']);
  });
});

describe('A process that is killed in the middle', () => {
  const expire = () => sql(`update anamnesis.job set leased_until = now() - interval '1 s' where state = 'running'`);

  test('is followed by another one that goes on where it was', async () => {
    await fill(60);
    await node.put(shoe());
    const victim = await all.open();
    const working = victim.work(undefined, { batch: 10, share: 0.2 }).catch(() => undefined);
    await until(async () => Number((await jobRow())['done']) >= 20);
    // Its connections are gone, as after kill -9: it can neither write nor give anything back.
    Object.assign(victim.database, {
      run: async () => Promise.reject(new Error('killed')),
      transaction: async () => Promise.reject(new Error('killed')),
    });
    await working;
    const before = await jobRow();
    expect(before).toMatchObject({ state: 'running' });
    expect(await node.work()).toBe(0);
    await expire();
    const pages = watchStatements(node, 'taken');
    expect(await node.work(undefined, { batch: 10 })).toBe(1);
    expect(await jobRow()).toMatchObject({ state: 'finished', done: '60', total: '60' });
    expect(pages[0]?.values[0]).toBe((before['position'] as { after: string }).after);
    expect(await node.ids('Patient', 'shoe=3')).toHaveLength(6);
  });

  test('and only seems dead writes nothing when it comes back', async () => {
    await fill(60);
    await node.put(shoe());
    const slow = await all.open();
    const working = slow.work(undefined, { batch: 5, share: 0.1 });
    await until(async () => Number((await jobRow())['done']) >= 10);
    await expire();
    expect(await node.work(undefined, { batch: 50 })).toBe(1);
    expect(await working).toBe(1);
    expect(await jobRow()).toMatchObject({ state: 'finished', done: '60', total: '60' });
  });

  test('has its job until its lease has run out', () => {
    expect(leaseSeconds).toBeGreaterThanOrEqual(10);
    expect(leaseSeconds).toBeLessThanOrEqual(60);
  });
});

describe('A process that stops', () => {
  test('gives its job back, and the next one goes on at once', async () => {
    await fill(60);
    await node.put(shoe());
    const other = await all.open();
    const stop = new AbortController();
    const working = other.work(stop.signal, { batch: 5, share: 0.2 });
    await until(async () => Number((await jobRow())['done']) >= 10);
    stop.abort();
    await working;
    expect(await jobRow()).toMatchObject({ state: 'queued', attempts: 0, error: null });
    expect(await node.work()).toBe(1);
    expect(await jobRow()).toMatchObject({ state: 'finished', done: '60', total: '60' });
  });
});

describe('Several processes', () => {
  test('share the jobs and run one of them at a time', async () => {
    await fill(50);
    const other = await all.open();
    await node.reindexing.start(['Patient']);
    await node.reindexing.start(['Observation']);
    await node.reindexing.start();
    const counts = await Promise.all([node.work(undefined, { batch: 5 }), other.work(undefined, { batch: 5 })]);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBeGreaterThanOrEqual(1);
    await node.work();
    await other.work();
    const jobs = await sql('select state, started, finished from anamnesis.job order by started');
    expect(jobs.map(({ state }) => state)).toEqual(['finished', 'finished', 'finished']);
    for (const [i, job] of jobs.slice(1).entries()) expect(String(job['started']) >= String(jobs[i]?.['finished'])).toBe(true);
  });

  test('that register at once take turns: of two definitions of one code one is refused', async () => {
    const other = await all.open();
    const second = shoe({ id: 'second', url: 'http://example.org/second' });
    const results = await Promise.allSettled([node.put(shoe()), other.put(second)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ status: 422 });
  });

  test('that register many at once lose none', async () => {
    await node.put(wearer('a', '42'));
    const opened = [node, await all.open(), await all.open()];
    const codes = Array.from({ length: 12 }, (_, i) => `code${i}`);
    await Promise.all(codes.map(async (code, i) => opened[i % 3]?.put(shoe({ id: code, code, url: `http://example.org/${code}` }))));
    await Promise.all(opened.map((one) => one.work()));
    await node.work();
    await node.registry.refresh();
    for (const code of codes) expect(await node.ids('Patient', `${code}=42`)).toEqual(['a']);
  });
});

describe('A parameter that comes while a job runs', () => {
  test('gets a job of its own', async () => {
    await fill(40);
    await node.put(shoe());
    const working = node.work(undefined, { batch: 4, share: 0.2 });
    await until(async () => Number((await jobRow())['done']) >= 8);
    await node.put(shoe({ id: 'second', code: 'second', url: 'http://example.org/second' }));
    expect(await working).toBe(2);
    expect(await node.ids('Patient', 'second=3&shoe=3')).toHaveLength(4);
    expect(await sql('select done from anamnesis.job order by id')).toEqual([{ done: '40' }, { done: '40' }]);
  });

  test('in place of the one that it builds ends that job early', async () => {
    await fill(40);
    await node.put(shoe());
    const working = node.work(undefined, { batch: 2, share: 0.2 });
    await until(async () => Number((await jobRow())['done']) >= 4);
    await node.put(shoe({ type: 'string' }));
    expect(await working).toBe(2);
    const [first] = await sql('select done, state from anamnesis.job order by id');
    expect(Number(first?.['done'])).toBeLessThan(40);
    expect(first).toMatchObject({ state: 'finished' });
    expect(await node.ids('Patient', 'shoe:contains=3')).toHaveLength(4);
  });
});

describe('What a reindex counts', () => {
  test('must be all that was there: otherwise the parameter is not searched by', async () => {
    await fill(20);
    await node.put(shoe());
    const working = node.work(undefined, { batch: 2, share: 0.1 });
    await until(async () => Number((await jobRow())['done']) >= 2);
    await sql(`delete from anamnesis.res where id = 'p19'`);
    await working;
    expect(await jobRow()).toMatchObject({ state: 'queued', error: expect.stringContaining('20 rows were to be indexed, but only 19') });
    await expect(node.ids('Patient', 'shoe=1')).rejects.toMatchObject({ status: 400 });
    expect(await node.reindexing.parameter('shoe')).toMatchObject({ state: 'building', job: { error: expect.stringContaining('19') } });
  });

  test('goes over gaps between row numbers', async () => {
    await fill(5);
    await sql(`select setval('anamnesis.rid_block', 1000000)`);
    const other = await all.open();
    await other.put(wearer('far', '42'));
    await node.put(shoe());
    await node.work();
    expect(await node.ids('Patient', 'shoe=42')).toEqual(['far']);
    expect(await jobRow()).toMatchObject({ done: '6', total: '6' });
  });

  test('reads few large bodies at a time', async () => {
    const large = (id: string): Resource => wearer(id, '42', { name: [{ text: 'x'.repeat(50_000) }] });
    await node.repository.commit(
      ['a', 'b', 'c', 'd'].map((id) => changeOf(large(id))),
      { transaction: true },
    );
    const range = { after: '0', upTo: '9999999', rows: 500, bytes: 60_000 };
    const rows = await node.database.run<{ id: string; taken: boolean; body: string | null }>(reindexPage('anamnesis', range));
    expect(rows.map(({ taken, body }) => [taken, body !== null])).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
    ]);
  });

  test('is nothing on an empty database', async () => {
    await node.put(shoe({ base: ['Group'], expression: "Group.extension('http://example.org/shoe').value" }));
    await node.work();
    expect(await jobRow()).toMatchObject({ state: 'finished', done: '0', total: '0' });
    expect((await node.reindexing.parameter('shoe'))?.state).toBe('active');
  });
});

describe('An index that was damaged', () => {
  const damage = async (): Promise<void> => {
    await sql(`update anamnesis.res set toks = '{}', lo = null, hi = null, pat = 0`);
    await sql('delete from anamnesis.str');
    await sql('delete from anamnesis.num');
  };
  const group: Resource = { resourceType: 'Group', id: 'g', type: 'person', actual: true, code: { coding: [{ code: 'c' }] } };

  beforeEach(async () => {
    await node.put(wearer('a', '42', { name: [{ family: 'Weber' }], birthDate: '1960-02-29' }));
    await node.put(wearer('b', '42', { name: [{ family: 'Weber' }] }));
    await node.put(group);
    await damage();
    expect(await node.ids('Patient', 'family=weber')).toEqual([]);
  });

  test('is mended for one resource at once', async () => {
    expect(await node.reindexing.resource('Patient', 'a')).toBe(true);
    expect(await node.ids('Patient', 'family=weber')).toEqual(['a']);
    expect(await node.ids('Patient', 'birthdate=1960-02-29')).toEqual(['a']);
    expect(await node.reindexing.resource('Patient', 'nobody')).toBe(false);
  });

  test('is mended for one type by a job', async () => {
    const job = await node.reindexing.start(['Patient']);
    expect(job).toMatchObject({ state: 'queued', types: ['Patient'] });
    await node.work();
    expect(await node.reindexing.job(job.id)).toMatchObject({ state: 'finished', done: 2, total: 2, types: ['Patient'] });
    expect(await node.ids('Patient', 'family=weber')).toEqual(['a', 'b']);
    expect(await node.ids('Group', 'code=c')).toEqual([]);
  });

  test('is mended as a whole by a job', async () => {
    const job = await node.reindexing.start();
    expect((await node.reindexing.start()).id).toBe(job.id);
    await node.work();
    expect(await node.reindexing.job(job.id)).toMatchObject({ state: 'finished', done: 3, total: 3 });
    expect(await node.ids('Group', 'code=c')).toEqual(['g']);
  });

  test('gets back exactly the rows that a write makes, and versions stay what they are', async () => {
    const rows = async () => [
      await sql('select id, toks, lo, hi, pat, ver, del from anamnesis.res order by id'),
      await sql('select rid, key, unit, lo, hi from anamnesis.num order by 1, 2, 4'),
      await sql('select rid, key, val from anamnesis.str order by 1, 2, 3'),
      await sql('select rid, ver, upd, method, body from anamnesis.ver order by 1, 2'),
    ];
    for (const resource of [wearer('a', '43', { name: [{ family: 'Weber' }], birthDate: '1960-02-29' }), group]) await node.put(resource);
    await node.remove('Patient', 'b');
    await node.put({ ...group, code: { text: 'other' } });
    const before = await rows();
    await damage();
    await node.reindexing.start();
    await node.work();
    expect(await rows()).toEqual(before);
  });
});

describe('A resource on which an expression cannot be evaluated', () => {
  const strict = shoe({ type: 'string', expression: 'Patient.name.single().family' });
  const named = (id: string, ...families: string[]): Resource => ({
    resourceType: 'Patient',
    id,
    name: families.map((family) => ({ family })),
  });

  test('is named by the job, which is not tried again; mended, it is indexed with all that waits', async () => {
    await node.put(named('one', 'Weber'));
    await node.put(named('two', 'Weber', 'Braun'));
    await node.put(strict);
    await node.work();
    const report = await node.reindexing.parameter('shoe');
    expect(report).toMatchObject({ state: 'building', job: { state: 'failed', error: expect.stringContaining('Patient/two: ') } });
    await expect(node.put(named('three', 'A', 'B'))).rejects.toMatchObject({ status: 422 });
    await node.put(named('two', 'Braun'));
    await node.reindexing.start();
    await node.work();
    expect(await node.ids('Patient', 'shoe=weber')).toEqual(['one']);
    expect(await node.ids('Patient', 'shoe=braun')).toEqual(['two']);
  });
});
