/** What other processes on the database tell at once. Nobody may rely on it: a notice can be lost with a connection. */
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface NoticeOptions {
  readonly connection: pg.PoolConfig;
  readonly channel: string;
  readonly onNotice: (payload: string) => void;
  /** A connection stands, for the first time or again: notices may have been lost before. */
  readonly onConnect?: () => void;
  /** The connection was lost: until the next one nothing is heard. */
  readonly onDisconnect?: () => void;
  /** Milliseconds between questions whether the connection still answers: one that is silent for two counts as lost. */
  readonly heartbeat?: number;
}

export interface Notices {
  close(): Promise<void>;
}

/** A network that swallows everything tells nobody: only a question that is not answered shows it. */
function beat(client: pg.Client, milliseconds: number): NodeJS.Timeout {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  let silent = 0;
  const ask = (): void => {
    if (silent > 1) return void stream.destroy();
    if (silent++ > 0) return;
    client.query('select 1').then(
      () => {
        silent = 0;
      },
      () => undefined,
    );
  };
  return setInterval(ask, milliseconds).unref();
}

/** Listens on a connection of its own, and connects again whenever it is lost. */
export function listenForNotices({ connection, channel, onNotice, onConnect, onDisconnect, heartbeat }: NoticeOptions): Notices {
  const closing = new AbortController();
  let client: pg.Client | undefined;

  const session = async (): Promise<void> => {
    client = new pg.Client({ ...connection, keepAlive: true } as pg.ClientConfig);
    const ended = new Promise<void>((resolve) => void client?.once('end', resolve));
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => onNotice(payload));
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    onConnect?.();
    const beating = heartbeat === undefined ? undefined : beat(client, heartbeat);
    await ended;
    clearInterval(beating);
    onDisconnect?.();
  };
  const loop = async (): Promise<void> => {
    for (let pause = 100; !closing.signal.aborted; pause = Math.min(pause * 2, 5000)) {
      const started = Date.now();
      await session().catch(() => client?.end().catch(() => undefined));
      if (Date.now() - started > 10_000) pause = 100;
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    close: async () => {
      closing.abort();
      await client?.end().catch(() => undefined);
      await looping;
    },
  };
}
