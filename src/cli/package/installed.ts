/** What was installed on a database: packages and what became of their resources. */
import type { Manifest } from '../../packages/manifest.ts';
import type { Session } from '../../store/database.ts';
import { readPackages, recordPackage } from '../../store/statement/installed-package.ts';

export interface Installed extends Manifest {
  /** Instant of the last installation. */
  readonly installed: string;
  /** Resources that are in the store by it. */
  readonly resources: number;
}

export async function installedPackages(session: Session, schema: string): Promise<readonly Installed[]> {
  const rows = await session.run<{ value: string }>(readPackages(schema));
  return rows.map(({ value }) => JSON.parse(value) as Installed);
}

export const remember = (session: Session, schema: string, installed: Installed): Promise<unknown> =>
  session.run(recordPackage(schema, `${installed.name}#${installed.version}`, JSON.stringify(installed)));
