/** Notices between processes: heard at once, and again after a connection was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { listenForNotices } from '../../src/store/notice.ts';
import { testDatabase } from '../support/database.ts';
import { runSql } from '../support/run-sql.ts';

test('Notices are heard, also after the connection was lost, and no longer when it is closed', async () => {
  const { connection, drop } = await testDatabase();
  const heard: string[] = [];
  let connections = 0;
  const notices = listenForNotices({
    connection,
    channel: 'anamnesis',
    onNotice: (payload) => heard.push(payload),
    onConnect: () => connections++,
  });
  const until = async (holds: () => boolean): Promise<void> => {
    for (let i = 0; i < 500 && !holds(); i++) await sleep(10);
    expect(holds()).toBe(true);
  };
  const tell = (payload: string) => runSql(connection, `select pg_notify('anamnesis', '${payload}')`);
  await until(() => connections === 1);
  await tell('one');
  await until(() => heard.includes('one'));
  await runSql(
    connection,
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`,
  );
  await until(() => connections === 2);
  await tell('two');
  await until(() => heard.includes('two'));
  await notices.close();
  await tell('three');
  await sleep(50);
  expect(heard).toEqual(['one', 'two']);
  await drop();
});

test('A database that is not there is tried again until it is closed', async () => {
  const notices = listenForNotices({ connection: { host: '127.0.0.1', port: 1 }, channel: 'x', onNotice: () => undefined });
  await sleep(150);
  await notices.close();
});
