/** Until authorization exists nobody is asked who they are: the server then listens where only this machine can reach it. */
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';

export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === 'localhost' || name === '::1' || name.startsWith('::ffff:127.');
}

/** Docker, Podman and Kubernetes leave these marks. */
export const inContainer = (env: NodeJS.ProcessEnv): boolean =>
  existsSync('/.dockerenv') || existsSync('/run/.containerenv') || env.KUBERNETES_SERVICE_HOST !== undefined || env.container !== undefined;

/** The one line that refuses a HOST; undefined when it may be used. */
export function hostRefusal(host: string, allowRemote: 'never' | 'container', contained: boolean): string | undefined {
  if (isLoopback(host)) return undefined;
  const why = `HOST ${host} is not a loopback address, and there is no authorization yet: use 127.0.0.1, ::1 or localhost`;
  if (allowRemote === 'never') return `${why} (in a container whose port is published to 127.0.0.1 only, set ALLOW_REMOTE=container).`;
  return contained ? undefined : `${why}; ALLOW_REMOTE=container holds only inside a container.`;
}
