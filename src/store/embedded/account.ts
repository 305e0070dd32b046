/**
 * The account that PostgreSQL runs under: PostgreSQL refuses to be root, so root hands it to an unprivileged one.
 * https://www.postgresql.org/docs/18/creating-cluster.html
 */
import { existsSync, readFileSync, statSync } from 'node:fs';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const nobody: Account = { uid: 65534, gid: 65534 };

/** `name:x:uid:gid:…` of the system's account list; undefined when the account or the list is absent. */
function accountNamed(name: string): Account | undefined {
  if (!existsSync('/etc/passwd')) return undefined;
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid } : undefined;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Undefined when PostgreSQL can run as the current user. Data that already belongs to someone stays with that account. */
export function postgresAccount(clusterFolder: string): Account | undefined {
  if (!isRoot()) return undefined;
  if (existsSync(clusterFolder)) {
    const { uid, gid } = statSync(clusterFolder);
    if (uid !== 0) return { uid, gid };
  }
  return accountNamed('postgres') ?? accountNamed('nobody') ?? nobody;
}
