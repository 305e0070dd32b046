/** Tells the log of accesses what a command changed, and which user of the machine did it. */
import { userInfo } from 'node:os';
import { linkOf } from '../audit/chain.ts';
import { eventRecorder } from '../audit/event-recorder.ts';
import { auditLog } from '../audit/log.ts';
import type { SecurityEvent } from '../audit/security-event.ts';
import { localPrincipal, type Principal } from '../auth/principal.ts';
import type { Config } from '../config.ts';
import type { Database } from '../store/database.ts';

const baseOf = ({ baseUrl, host, port }: Config): string => baseUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}/fhir`;

const commandAccount = () => ({ account: `${userInfo().username} (command line)` });

/** Who works at the command line: everything is open to them, and the log tells who it was. */
export const commandPrincipal = (): Principal => ({ ...localPrincipal, ...commandAccount() });

export async function recordCommand(database: Database, config: Config, event: Omit<SecurityEvent, 'outcome' | 'account'>): Promise<void> {
  if (config.audit === 'off') return;
  const record = eventRecorder(auditLog({ database, link: linkOf(config.auditKey) }), baseOf(config), () => new Date());
  await record({ ...event, outcome: 'success', ...commandAccount() });
}
