/** What happens at the pages, told to the log of accesses with where it came from. */
import type { Request } from 'express';
import type { SecurityEvent } from '../../audit/security-event.ts';
import type { AuthContext } from './context.ts';

/** Waited for before the answer: what cannot be recorded is not done. */
export const tell = ({ record }: AuthContext, { ip, res }: Request, event: SecurityEvent): Promise<void> =>
  record({ ...event, address: ip, requestId: res?.locals['requestId'] as string | undefined });
