/** The statements that read versions by id. */
import { identifier, type Statement } from '../statement.ts';
import { isTarget, type Target, targetsSql, targetValues } from './target.ts';

/** A version with everything a client may need of it. */
export interface VersionRecord {
  readonly rid: string;
  readonly tc: number;
  readonly id: string;
  readonly ver: number;
  /** As PostgreSQL prints it in UTC. */
  readonly upd: string;
  readonly method: number;
  readonly body: string | null;
}

const columns = 'r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body';

/** Many current versions at once; several requests share one round trip. */
export function readCurrent(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns} from ${targetsSql(1)}
join ${schema}.res r on ${isTarget('r')} join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: targetValues(list),
    name: 'read-current',
  };
}

export function readVersion(schemaName: string, target: Target, versionId: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns} from ${schema}.res r join ${schema}.ver v on v.rid = r.rid and v.ver = $3 where r.self = $4::bigint and r.tc = $1 and r.id = $2`,
    values: [target.typeCode, target.id, versionId, target.self],
    name: 'read-version',
  };
}
