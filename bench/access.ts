/**
 * What the log of accesses and the check of tokens cost a request: CPU of the server and its PostgreSQL, interleaved, so that a busy
 * machine is busy for all alike. Run: npm run build && npx tsx bench/access.ts [--rounds 10] [--requests 2000] [--clients 8] [NAME=FOLDER …]
 * A FOLDER with another built version of the project is measured beside this one.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { projectRoot } from '../src/root.ts';

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    requests: { type: 'string', default: '2000' },
    clients: { type: 'string', default: '8' },
    kinds: { type: 'string', default: 'read,search,create' },
  },
  allowPositionals: true,
});
const [rounds, requests, clients] = [Number(values.rounds), Number(values.requests), Number(values.clients)];
const observations = 200;

interface Running {
  readonly name: string;
  readonly process: ChildProcess;
  readonly port: number;
  readonly token: string | undefined;
  readonly folder: string;
  readonly agent: Agent;
}

/** Microseconds of a process and of each below it. */
function cpuBelow(top: number): ReadonlyMap<number, number> {
  const parents = new Map<number, number>();
  const times = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(pid), Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]));
      let time = 0;
      for (const task of readdirSync(`/proc/${pid}/task`))
        time += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1000;
      times.set(Number(pid), time);
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (pid: number | undefined): boolean => pid === top || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return new Map([...times].filter(([pid]) => isBelow(pid)));
}

/** Of those that are there now: a connection that ended meanwhile would take away all that it had ever used. */
const usedSince = (before: ReadonlyMap<number, number>, top: number): number =>
  [...cpuBelow(top)].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const ask = ({ port, token, agent }: Running, { method, path, body }: Ask): Promise<string> =>
  new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(text === undefined ? {} : { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(text) }),
    };
    const asked = request({ port, host: '127.0.0.1', method, path: `/fhir${path}`, headers, agent }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (answer += piece));
      response.on('end', () => ((response.statusCode ?? 500) < 300 ? done(answer) : fail(new Error(`${method} ${path}: ${answer}`))));
    });
    asked.on('error', fail);
    asked.end(text);
  });

const observation = (i: number, id?: string) => ({
  ...{ resourceType: 'Observation', ...(id === undefined ? {} : { id }), status: 'final' },
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: i % 2 ? 'vital-signs' : 'laboratory' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }], text: 'Heart rate' },
  subject: { reference: 'Patient/p' },
  effectiveDateTime: `2020-01-${String(1 + (i % 28)).padStart(2, '0')}T10:00:00Z`,
  valueQuantity: { value: 60 + (i % 40), unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
});

const kinds: Readonly<Record<string, (i: number) => Ask>> = {
  read: (i) => ({ method: 'GET', path: `/Observation/o${i % observations}` }),
  search: (i) => ({ method: 'GET', path: `/Observation?patient=p&category=${i % 2 ? 'vital-signs' : 'laboratory'}&_sort=-date&_count=20` }),
  create: (i) => ({ method: 'POST', path: '/Observation', body: observation(i) }),
};

async function start(name: string, project: string, settings: Record<string, string>): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'anamnesis-bench-access-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const env = { ...process.env, DATA_DIR: folder, PORT: String(port), SAMPLE_DATA: 'false', LOG_LEVEL: 'error', ...settings };
  const server = spawn(process.execPath, [join(project, 'dist/src/main.js'), 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let i = 0; ; i++) {
    if (
      await fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (i > 600) throw new Error(`${name} did not come up`);
    await sleep(100);
  }
  const command = [join(project, 'scripts/anamnesis.mjs'), 'token', '--scope', 'system/*.cruds'];
  const token = settings['AUTHORIZATION'] === 'off' ? undefined : execFileSync(process.execPath, command, { env, encoding: 'utf8' }).trim();
  const running = { name, process: server, port, token, folder, agent: new Agent({ keepAlive: true, maxSockets: clients }) };
  await ask(running, { method: 'PUT', path: '/Patient/p', body: { resourceType: 'Patient', id: 'p', name: [{ family: 'Bench' }] } });
  for (let i = 0; i < observations; i++) await ask(running, { method: 'PUT', path: `/Observation/o${i}`, body: observation(i, `o${i}`) });
  return running;
}

async function measured(server: Running, kind: (i: number) => Ask): Promise<number> {
  const pid = server.process.pid ?? 0;
  let left = requests;
  const before = cpuBelow(pid);
  const client = async (): Promise<void> => {
    while (left-- > 0) await ask(server, kind(left));
  };
  await Promise.all(Array.from({ length: clients }, client));
  return usedSince(before, pid) / requests;
}

const projects = [['', projectRoot], ...positionals.map((text) => text.split('='))] as const;
const variants = {
  'no authorization': { AUTHORIZATION: 'off', AUDIT: 'off' },
  authorization: { AUDIT: 'off' },
  'authorization and log': { AUDIT: 'on' },
};
const servers: Running[] = [];
for (const [name, folder = ''] of projects)
  for (const [variant, settings] of Object.entries(variants))
    servers.push(await start(`${name} ${variant}`.trim(), resolve(folder), settings));
console.log(`${clients} clients, ${rounds} rounds of ${requests} requests in turns; µs of CPU for a request, lowest (median)\n`);
console.log('|  | ' + servers.map(({ name }) => name).join(' | ') + ' |\n|' + '---|'.repeat(servers.length + 1));
for (const kind of values.kinds.split(',')) {
  const make = kinds[kind];
  if (make === undefined) throw new Error(`There is no ${kind}: ${Object.keys(kinds).join(', ')}`);
  const found = servers.map((): number[] => []);
  for (const server of servers) await measured(server, make);
  for (let round = 0; round < rounds; round++) for (const [i, server] of servers.entries()) found[i]?.push(await measured(server, make));
  const cells = found
    .map((each) => each.sort((a, b) => a - b))
    .map((each) => `${each[0]?.toFixed(0)} (${each[each.length >> 1]?.toFixed(0)})`);
  console.log(`| ${kind} | ${cells.join(' | ')} |`);
}
for (const server of servers) {
  server.process.kill('SIGTERM');
  await new Promise((ended) => server.process.once('exit', ended));
  rmSync(server.folder, { recursive: true, force: true });
}
