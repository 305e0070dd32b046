/** A server with authorization and its log on, some records, and a log of which every line is kept. */
import { closeConnections } from '../http/fuzz/request.ts';
import { type SmartWorld, smartWorld } from '../smart/smart-world.ts';
import type { World } from './wire.ts';

export interface AttackedWorld extends World {
  readonly smart: SmartWorld;
  /** Lines of the log that tell of a fault, or show what no log may show. */
  readonly betrayals: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** In names, values and parameters; no log may show it. */
export const secret = 'Zebrafink';

/** What is stored, AuditEvents made of the log of accesses excepted, and which jobs there are. */
const stored = `select (select count(*) from anamnesis.res where id not like 'log-%') as resources,
 (select coalesce(sum(ver), 0) from anamnesis.res where id not like 'log-%') as versions,
 (select count(*) from anamnesis.job where state <> 'cancelled') as jobs,
 (select count(*) from anamnesis.client) as clients, (select count(*) from anamnesis.account) as accounts`;

/** Nobody works at jobs here, so that what is stored changes by requests alone. */
export async function attackedWorld(): Promise<AttackedWorld> {
  const smart = await smartWorld({ JOB_SLOTS: '0' });
  await smart.client({ id: 'attacker', redirectUris: [] });
  const { token } = await smart.token({ client: 'attacker', scopes: ['system/*.cruds'], seconds: 36_000 });
  await smart.put('Group', 'g', { type: 'person', actual: true, member: [{ entity: { reference: 'Patient/ann' } }] });
  await smart.put('Composition', 'c', {
    ...{ status: 'final', type: { text: 'x' }, date: '2020-01-01', title: secret },
    ...{ subject: { reference: 'Patient/ann' }, author: [{ reference: 'Practitioner/doctor' }] },
  });
  return {
    smart,
    port: Number(new URL(smart.origin).port),
    authorization: `Bearer ${token}`,
    fingerprint: async () => JSON.stringify(await smart.database.run({ text: stored, values: [] })),
    betrayals: () => smart.log.filter((line) => line.includes('"level":50') || line.includes(secret) || line.includes(token)),
    close: async () => {
      closeConnections();
      await smart.close();
    },
  };
}
