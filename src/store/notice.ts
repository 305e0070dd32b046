/** What other processes on the database tell at once. Nobody may rely on it: a notice can be lost with a connection. */
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
}

export interface Notices {
  close(): Promise<void>;
}

/** Listens on a connection of its own, and connects again whenever it is lost. */
export function listenForNotices({ connection, channel, onNotice, onConnect, onDisconnect }: NoticeOptions): Notices {
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
    await ended;
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
