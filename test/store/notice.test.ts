/** Notices between processes: heard at once, and again after a connection was lost. */
import net from 'node:net';
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

test('A connection that is swallowed by the network is noticed by its silence', async () => {
  const { connection, drop } = await testDatabase();
  const { host = '', port = 5432 } = connection;
  const sockets: net.Socket[] = [];
  let swallows = false;
  const proxy = net.createServer((near) => {
    const far = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host);
    sockets.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const)
      from.on('data', (bytes) => swallows || to.write(bytes)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  let connections = 0;
  let lost = 0;
  const notices = listenForNotices({
    connection: { ...connection, host: '127.0.0.1', port: (proxy.address() as net.AddressInfo).port },
    ...{ channel: 'anamnesis', heartbeat: 50, onNotice: () => undefined },
    onConnect: () => connections++,
    onDisconnect: () => lost++,
  });
  const until = async (holds: () => boolean): Promise<void> => {
    for (let i = 0; i < 500 && !holds(); i++) await sleep(10);
    expect(holds()).toBe(true);
  };
  await until(() => connections === 1);
  await sleep(300);
  expect(lost).toBe(0);
  swallows = true;
  await until(() => lost === 1);
  swallows = false;
  await until(() => connections === 2);
  await notices.close();
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await drop();
});
