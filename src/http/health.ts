/** Health for whoever runs the server: alive, ready, and why not. */
import { type Response, Router } from 'express';

export interface HealthOptions {
  /** Resolves when the database answers. */
  readonly checkDatabase: () => Promise<unknown>;
  /** Milliseconds after which the database counts as silent. */
  readonly timeout: number;
  readonly draining: () => boolean;
  readonly version: string;
}

interface Readiness {
  readonly status: 'ok' | 'draining' | 'unavailable';
  readonly database: 'ok' | 'silent' | 'failed';
}

const answers = async (check: Promise<unknown>): Promise<'ok' | 'failed'> => check.then(() => 'ok' as const).catch(() => 'failed' as const);

async function database({ checkDatabase, timeout }: HealthOptions): Promise<Readiness['database']> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silent'>((resolve) => {
    timer = setTimeout(resolve, timeout, 'silent');
  });
  try {
    return await Promise.race([answers(Promise.resolve().then(checkDatabase)), silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function readiness(options: HealthOptions): Promise<Readiness> {
  const state = await database(options);
  return { status: options.draining() ? 'draining' : state === 'ok' ? 'ok' : 'unavailable', database: state };
}

export function health(options: HealthOptions): Router {
  const report = async (response: Response, more: object): Promise<void> => {
    const ready = await readiness(options);
    response.status(ready.status === 'ok' ? 200 : 503).json({ ...ready, ...more });
  };
  return Router()
    .get('/live', (_, response) => void response.json({ status: 'ok' }))
    .get('/ready', (_, response) => report(response, {}))
    .get('/', (_, response) => report(response, { version: options.version, uptime: Math.round(process.uptime()) }));
}
