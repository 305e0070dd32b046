/** Jobs of any kind: taken, tried again, given up, woken. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { refusal } from '../../src/fhir/outcome.ts';
import { type JobKind, type JobRun, LeaseLost } from '../../src/jobs/job.ts';
import { type RunnerOptions, startRunner, workOnce } from '../../src/jobs/runner.ts';
import { submitJob } from '../../src/store/statement/job.ts';
import { type Node, type Nodes, nodes, quiet } from '../support/node.ts';

let all: Nodes;
let node: Node;

beforeEach(async () => {
  all = await nodes();
  node = await all.open();
});
afterEach(() => all.close());

const signal = new AbortController().signal;
const sql = (text: string, ...values: unknown[]) => node.database.run<Record<string, unknown>>({ text, values });
const submit = (kind = 'knit', input: object = {}) => node.database.run<{ id: string }>(submitJob('anamnesis', kind, input));
const jobs = () => sql('select state, attempts, error, done, total from anamnesis.job order by id');
const now = () => sql(`update anamnesis.job set not_before = now()`);
const kindOf = (run: JobKind['run'], name = 'knit'): JobKind => ({ name, run });
const optionsOf = (kind: JobKind, log: RunnerOptions['log'] = quiet): RunnerOptions => ({ database: node.database, kinds: [kind], log });
const finishing = kindOf(({ finish }) => finish(node.database));

describe('A job', () => {
  test('of a kind that this program does not know is left to others', async () => {
    await submit('weave');
    expect(await workOnce(optionsOf(finishing), signal)).toBe(false);
    expect(await jobs()).toMatchObject([{ state: 'queued' }]);
  });

  test('with the same input is one as long as it waits', async () => {
    const [first] = await submit('knit', { a: 1, b: [2] });
    expect(await submit('knit', { b: [2], a: 1 })).toEqual([first]);
    expect(await submit('knit', { a: 2 })).not.toEqual([first]);
    await workOnce(optionsOf(finishing), signal);
    expect(await submit('knit', { a: 1, b: [2] })).not.toEqual([first]);
  });

  test('that fails is tried again later, each time later, and given up at last', async () => {
    const failing = kindOf(async () => {
      throw new Error('out of wool');
    });
    await submit();
    for (const attempts of [1, 2, 3, 4]) {
      expect(await workOnce(optionsOf(failing), signal)).toBe(true);
      expect(await jobs()).toMatchObject([{ state: 'queued', attempts, error: 'out of wool' }]);
      expect(await workOnce(optionsOf(failing), signal)).toBe(false);
      await now();
    }
    await workOnce(optionsOf(failing), signal);
    expect(await jobs()).toMatchObject([{ state: 'failed', attempts: 5, error: 'out of wool' }]);
    await now();
    expect(await workOnce(optionsOf(failing), signal)).toBe(false);
  });

  test('that is refused leaves nothing in the log of what it was asked with', async () => {
    const lines: unknown[] = [];
    const note = (...told: unknown[]): void => void lines.push(...told);
    const refused = kindOf(async () => {
      throw refusal('value', 'start is a date, not "Zebrafink".');
    });
    await submit();
    await workOnce(optionsOf(refused, { info: note, warn: note, error: note } as RunnerOptions['log']), signal);
    expect(lines).toContainEqual(expect.objectContaining({ status: 400, code: 'value' }));
    expect(JSON.stringify(lines, (_, value: unknown) => (value instanceof Error ? value.message : value))).not.toContain('Zebrafink');
  });

  test('that cannot succeed is given up at once', async () => {
    const refusing = kindOf(async () => {
      throw refusal('processing', 'The wool is too thick', { expression: 'Patient/1' });
    });
    await submit();
    await workOnce(optionsOf(refusing), signal);
    expect(await jobs()).toMatchObject([{ state: 'failed', error: 'Patient/1: The wool is too thick' }]);
  });

  test('tells nothing of what the database quotes', async () => {
    const quoting = kindOf(async () => void (await sql(`select 'Weber'::integer`)));
    await submit();
    const logged: string[] = [];
    const note = (fields: object): void =>
      void logged.push(JSON.stringify(fields, (_key, value) => (value instanceof Error ? value.name : value)));
    await workOnce(optionsOf(quoting, { info: note, warn: note, error: note } as RunnerOptions['log']), signal);
    const [job] = await jobs();
    expect(job?.['error']).toContain('22P02');
    expect(`${job?.['error']} ${logged.join()}`).not.toContain('Weber');
  });

  test('that gets on is never given up', async () => {
    const slow = kindOf(async ({ job, save }: JobRun) => {
      await save(node.database, { position: {}, done: Number(job.done) + 1, total: 100 });
      throw new Error('tired');
    });
    await submit();
    for (let i = 0; i < 8; i++) {
      await workOnce(optionsOf(slow), signal);
      await now();
    }
    expect(await jobs()).toMatchObject([{ state: 'queued', done: '8', total: '100' }]);
  });

  test('whose process dies each time is given up', async () => {
    await submit();
    for (let i = 0; i < 5; i++) {
      // Killed: nothing is said any more.
      const dying = kindOf(() => new Promise(() => undefined));
      void workOnce(optionsOf(dying), signal);
      await sleep(30);
      await sql(`update anamnesis.job set leased_until = now() - interval '1 s'`);
    }
    await workOnce(optionsOf(finishing), signal);
    expect(await jobs()).toMatchObject([{ state: 'failed', error: expect.stringContaining('ended each time') }]);
  });

  test('that was taken over can be neither saved nor finished by the process before', async () => {
    const found: unknown[] = [];
    const robbed = kindOf(async ({ save, finish }: JobRun) => {
      await sql(`update anamnesis.job set owner = 'another'`);
      for (const write of [() => save(node.database, { position: {}, done: 1, total: 1 }), () => finish(node.database)])
        await write().catch((error: unknown) => found.push(error));
      throw found[0];
    });
    await submit();
    await workOnce(optionsOf(robbed), signal);
    expect(found.every((error) => error instanceof LeaseLost)).toBe(true);
    expect(found).toHaveLength(2);
    expect(await jobs()).toMatchObject([{ state: 'running', done: '0', error: null }]);
  });
});

describe('A runner', () => {
  test('works at what is there, at what it is woken for, and at what it finds by itself', async () => {
    let count = 0;
    const counting = kindOf(async ({ finish }) => {
      count++;
      await finish(node.database);
    });
    const until = async (wanted: number): Promise<void> => {
      for (let i = 0; i < 200 && count < wanted; i++) await sleep(10);
      expect(count).toBe(wanted);
    };
    await submit();
    const patient = startRunner({ ...optionsOf(counting), pollMs: 600_000 });
    await until(1);
    await sleep(30);
    await submit();
    patient.wake();
    await until(2);
    await patient.stop();
    const looking = startRunner({ ...optionsOf(counting), pollMs: 20 });
    await submit();
    await until(3);
    await looking.stop();
    await submit();
    await sleep(100);
    expect(count).toBe(3);
  });

  test('stops within a job, which is free for others at once', async () => {
    const endless = kindOf(async ({ signal: stopped }) => {
      for (;;) await sleep(5, undefined, { signal: stopped });
    });
    await submit();
    const runner = startRunner(optionsOf(endless));
    for (let i = 0; i < 200 && (await jobs())[0]?.['state'] !== 'running'; i++) await sleep(5);
    await runner.stop();
    expect(await jobs()).toMatchObject([{ state: 'queued', attempts: 0, error: null }]);
    expect(await workOnce(optionsOf(finishing), signal)).toBe(true);
  });

  test('goes on when the database was away', async () => {
    const run = node.database.run.bind(node.database);
    let isAway = true;
    Object.assign(node.database, { run: (statement: never) => (isAway ? Promise.reject(new Error('away')) : run(statement)) });
    const runner = startRunner({ ...optionsOf(finishing), pollMs: 10 });
    await sleep(50);
    isAway = false;
    await submit();
    for (let i = 0; i < 200 && (await jobs())[0]?.['state'] !== 'finished'; i++) await sleep(10);
    await runner.stop();
    expect(await jobs()).toMatchObject([{ state: 'finished' }]);
  });
});
