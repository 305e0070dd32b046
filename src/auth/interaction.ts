/** A request of a client that waits for a person: kept on the server, opened in one browser, and answered once. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  bindInteraction,
  changeInteraction,
  type InteractionRow,
  insertInteraction,
  takeInteraction,
} from '../store/statement/authorization/interaction.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { LaunchContext } from './launch-context.ts';
import { hashOf, newSecret } from './secret.ts';
import type { Tables } from './tables.ts';

export interface InteractionState {
  /** The FHIR base under which the request came. */
  readonly base: string;
  /** What the EHR prepared for this launch, and for whom. */
  readonly launch?: { readonly context: LaunchContext; readonly account?: string };
  /** Id of the account of the one whom the client expects. */
  readonly subject?: string;
  /** Whose password was right and who still owes the second factor: counts as long as the password is the same. */
  readonly pending?: { readonly account: string; readonly mark: string };
  /** The patient that a person chose: counts for this person alone. */
  readonly patient?: { readonly id: string; readonly account: string };
  /** The encounter that a person chose, or that they want none: counts for this person and this patient alone. */
  readonly encounter?: { readonly id?: string; readonly patient: string; readonly account: string };
}

export interface WaitingInteraction {
  readonly id: string;
  readonly hash: Buffer;
  readonly request: AuthorizationRequest;
  readonly state: InteractionState;
  readonly created: Date;
}

/** Answers the id, which stands in the path of its pages. */
export async function createInteraction(tables: Tables, request: AuthorizationRequest, state: InteractionState): Promise<string> {
  const { text, hash } = newSecret();
  await tables.run(insertInteraction(tables.schema, hash, request, state));
  return text;
}

/** Undefined when it is unknown, answered, expired, or another browser's. */
export async function openInteraction(tables: Tables, id: string, browser: string): Promise<WaitingInteraction | undefined> {
  const hash = hashOf(id);
  const [row] = await tables.run<InteractionRow>(bindInteraction(tables.schema, hash, hashOf(browser)));
  if (row === undefined) return undefined;
  const [request, state] = [row.request as AuthorizationRequest, row.state as InteractionState];
  return { id, hash, request, state, created: new Date(row.created) };
}

export const saveInteraction = async (tables: Tables, { hash }: WaitingInteraction, state: InteractionState): Promise<void> =>
  void (await tables.run(changeInteraction(tables.schema, hash, state)));

/** True for whoever comes first: an answer is given once. */
export const closeInteraction = async (tables: Tables, { hash }: Pick<WaitingInteraction, 'hash'>): Promise<boolean> =>
  (await tables.run(takeInteraction(tables.schema, hash))).length === 1;

/** What a form of a page must bring along: made of what only this browser holds. https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html */
export const csrfToken = (browser: string, subject: string): string => createHmac('sha256', browser).update(subject).digest('base64url');

export function isCsrfToken(browser: string, subject: string, given: string | undefined): boolean {
  const [expected, actual] = [Buffer.from(csrfToken(browser, subject)), Buffer.from(given ?? '')];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
