/** `anamnesis audit`: says whether the log is whole, by words and by its exit code. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditedServer, auditedServer, patient } from '../audit/server.ts';
import { runSaying } from '../support/terminal.ts';

let server: AuditedServer;
let DATABASE_URL: string;
const run = (...args: string[]) => runSaying(['audit', ...args], { DATABASE_URL });

beforeAll(async () => {
  server = await auditedServer();
  const { user, password, host, port, database } = server.database.connection;
  DATABASE_URL = `postgresql://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${database}`;
  await server.ask('PUT', '/Patient/a', patient('a'));
  await server.ask('GET', '/Patient/a');
}, 60_000);
afterAll(() => server.close());

describe('anamnesis audit', () => {
  test.each([[['--help']], [['verify', '--help']], [['list', '--help']], [['prune', '--help']]])('%j explains itself', async (args) => {
    const { code, out } = await run(...args);
    expect([code, out]).toEqual([0, expect.stringContaining('Usage: anamnesis audit')]);
  });

  test('verify says that the log is whole, with its last entry', async () => {
    const { code, out } = await run('verify');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^The log is whole: 2 entries, \d AuditEvents? as they should be, \d still to be made; without a key; last entry 2:[0-9a-f]{64}\n$/,
    );
    const known = /last entry (\S+)/.exec(out)?.[1] ?? '';
    expect((await run('verify', '--known', known)).code).toBe(0);
    expect(
      (
        await run(
          'verify',
          '--known',
          known.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
        )
      ).code,
    ).toBe(1);
  });

  test('list writes every entry as a line', async () => {
    const lines = (await run('list', '--after', '1')).out.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { seq: 2, entry: { k: 'read', p: ['a'] }, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  test('prune gives up nothing that is younger, and says what it gave up', async () => {
    expect((await run('prune', '--before', '2020-01-01')).out).toMatch(/^Gave up 0 entries from before 2020-01-01/);
  });

  test.each([
    [['verify', '--known', 'x'], /--known is the number and the hash/],
    [['list', '--after', 'x'], /--after is the number of an entry/],
    [['prune'], /required option '--before <date>'/],
    [['prune', '--before', 'yesterday'], /--before is a day, such as 2020-01-01/],
    [['prune', '--before', '2999-01-01'], /must not lie in the future/],
  ])('%j is refused', async (args, text) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([1, expect.stringMatching(text)]);
  });

  test('verify names the first broken place and ends with 1', async () => {
    await server.sql(`update anamnesis.audit set entries = entries || ' ' where seq = 1`);
    const { code, out } = await run('verify');
    expect([code, out]).toEqual([1, expect.stringMatching(/^The log is broken\. Entr(y 1 does|ies 1 to \d+ do) not fit/)]);
  });
});
