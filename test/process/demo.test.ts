/** What the first start makes to look around with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findAccountByName } from '../../src/auth/account.ts';
import { findClient } from '../../src/auth/client.ts';
import { verifyPassword } from '../../src/auth/password.ts';
import { hashOf } from '../../src/auth/secret.ts';
import { createDemo, type Demo, keepSampleApp, sampleAppUris } from '../../src/cli/demo.ts';
import { startScreen } from '../../src/cli/screen.ts';
import { readConfig } from '../../src/config.ts';
import { projectFile, projectRoot } from '../../src/root.ts';
import { createWorld, type World } from '../auth/token-support.ts';

const people = { practitioner: 'Practitioner/7', patient: { id: 'ann', name: 'Ann Example' } };
const uris = sampleAppUris('http://127.0.0.1:8080', undefined);

describe('The demonstration', () => {
  let world: World;
  let demo: Demo;
  beforeEach(async () => {
    world = await createWorld();
    demo = await createDemo(world.database, people, uris);
  });
  afterEach(() => world.close());

  it('lets in a practitioner with every record and a patient with their own', async () => {
    const [doctor, ann] = demo.people;
    const found = await Promise.all([findAccountByName(world.database, 'doctor'), findAccountByName(world.database, 'ann')]);
    expect(found).toMatchObject([
      { role: 'practitioner', policy: 'all-patients', fhirUser: 'Practitioner/7' },
      { role: 'patient', fhirUser: 'Patient/ann' },
    ]);
    expect(await verifyPassword(found[0]?.password, doctor?.password ?? '')).toBe(true);
    expect(await verifyPassword(found[1]?.password, ann?.password ?? '')).toBe(true);
  });

  it('keeps none of its secrets', async () => {
    const tables = ['account', 'client', 'access_token', '"authorization"'];
    const texts = await Promise.all(
      tables.map((table) => world.database.run({ text: `select t::text from anamnesis.${table} t`, values: [] })),
    );
    const kept = JSON.stringify(texts);
    expect(kept).toContain('argon2id');
    expect(
      [demo.token, demo.client.secret, ...demo.people.map(({ password }) => password)].filter((secret) => kept.includes(secret)),
    ).toEqual([]);
    const backend = await findClient(world.database, 'demo-backend');
    expect(backend?.secret).toEqual(hashOf(demo.client.secret));
    // Consents bind it: a client without a policy keeps no record.
    expect(backend?.policy).toBeUndefined();
  });

  it('gives a token that reads everything, writes nothing, and ends', async () => {
    const base = `${await world.serve()}/fhir`;
    const headers = { authorization: `Bearer ${demo.token}`, 'content-type': 'application/fhir+json' };
    expect((await fetch(`${base}/Patient`, { headers })).status).toBe(200);
    expect((await fetch(`${base}/Patient`, { method: 'POST', headers, body: '{"resourceType":"Patient"}' })).status).toBe(403);
    const [row] = await world.database.run<{ minutes: number }>({
      text: 'select extract(epoch from expires - created)::float8 / 60 as minutes from anamnesis.access_token',
      values: [],
    });
    expect(row?.minutes).toBeCloseTo(15, 1);
  });

  it('names the sample application by every name of this machine, and finds it again on another port', async () => {
    expect(uris).toEqual(['http://127.0.0.1:8080/app/', 'http://localhost:8080/app/']);
    const moved = sampleAppUris('http://127.0.0.1:9090', 'https://records.example.org/fhir');
    await keepSampleApp(world.database, moved);
    expect(await findClient(world.database, 'anamnesis-history')).toMatchObject({
      kind: 'public',
      redirectUris: ['https://records.example.org/app/', 'http://127.0.0.1:9090/app/', 'http://localhost:9090/app/'],
      launchUri: 'https://records.example.org/app/launch',
    });
  });

  it('leads nobody to the address of all interfaces, as in a container', () => {
    const public_ = 'http://127.0.0.1:8081/fhir';
    expect(sampleAppUris('http://0.0.0.0:8080', public_)[0]).toBe('http://127.0.0.1:8081/app/');
    for (const url of ['http://0.0.0.0:8080', 'http://[::]:8080']) {
      const screen = { url, people: [], place: 'here', version: '1', seconds: 1, demo };
      const [named, unnamed] = [
        startScreen({ ...screen, config: readConfig({ BASE_URL: public_ }) }),
        startScreen({ ...screen, config: readConfig({}) }),
      ];
      expect(named).toContain('Sign in    http://127.0.0.1:8081/app/');
      expect(unnamed).toContain('Address    http://127.0.0.1:8080/');
      for (const text of [named, unnamed, ...sampleAppUris(url, undefined)]) expect(text).not.toMatch(/0\.0\.0\.0|\[::\]/);
    }
  });

  it('is told on the start screen, and without it no secret is', () => {
    const screen = { url: 'http://127.0.0.1:8080', config: readConfig({}), people: [], place: 'here', version: '1', seconds: 1 };
    const [shown, later] = [startScreen({ ...screen, demo }), startScreen(screen)];
    for (const secret of [demo.client.secret, ...demo.people.map(({ password }) => password)]) {
      expect(shown.split(secret)).toHaveLength(2);
      expect(later).not.toContain(secret);
    }
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThan(120);
  });
});

describe('npm start on an empty database', () => {
  let dataDir: string;
  const started: ChildProcess[] = [];
  beforeAll(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'anamnesis-demo-')), 'data');
  });
  afterAll(async () => {
    await Promise.all(started.map(end));
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  });

  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };

  async function serve(): Promise<{ child: ChildProcess; text: string }> {
    const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', HOST: '', DATABASE_URL: '', SAMPLE_DATA: '', LOG_LEVEL: 'warn' };
    const child = spawn(process.execPath, ['--import', 'tsx', projectFile('src', 'main.ts'), 'serve'], { cwd: projectRoot, env });
    started.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += String(piece)));
    for (const deadline = Date.now() + 100_000; Date.now() < deadline && child.exitCode === null; await sleep(50))
      if (text.includes('Stop ')) return { child, text };
    throw new Error(`The server did not start: ${text}`);
  }

  it('prints a command that works as it stands, and at the next start no secret', async () => {
    const first = await serve();
    const [, token, url] = /curl -s -H 'Authorization: Bearer ([\w-]{43})' '([^']+)'/.exec(first.text) ?? [];
    const answer = await fetch(url ?? '', { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ resourceType: 'Bundle', entry: expect.any(Array) });
    expect((await fetch(url ?? '')).status).toBe(401);
    await end(first.child);
    const second = await serve();
    expect(second.text).not.toMatch(/doctor|demo-backend|Bearer [\w-]{43}/);
    const again = new URL(url ?? '');
    again.port = new URL(/FHIR base +(\S+)/.exec(second.text)?.[1] ?? '').port;
    expect((await fetch(again, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  }, 240_000);
});
