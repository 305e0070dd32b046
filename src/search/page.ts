/** Cursors of next links: opaque, signed, bound to the caller and to the search that they belong to. https://hl7.org/fhir/R4/http.html#paging */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { refusal } from '../fhir/outcome.ts';
import type { Position } from './order.ts';
import type { Query } from './query.ts';

/** What a cursor is bound to. */
export interface CursorScope {
  readonly secret: string;
  readonly principalId: string;
  readonly query: Query;
}

/** These shape the page and neither the set of matches nor its order: they may change between pages. */
const free = new Set(['_cursor', '_count', '_summary', '_elements', '_elements:exclude', '_total', '_explain', '_include', '_revinclude']);

const isFree = (name: string): boolean => free.has(name.split(':')[0] as string);

function signature({ secret, principalId, query }: CursorScope, payload: string): Buffer {
  const bound = JSON.stringify([principalId, query.types, query.compartment ?? '', query.used.filter(([name]) => !isFree(name)), payload]);
  return createHmac('sha256', secret).update(bound).digest().subarray(0, 16);
}

export function signCursor(scope: CursorScope, position: Position): string {
  const payload = Buffer.from(JSON.stringify([...position.values, position.rid])).toString('base64url');
  return `${payload}.${signature(scope, payload).toString('base64url')}`;
}

const foreign = () =>
  refusal('value', 'The page link is damaged, or belongs to another search or caller: start again from the first page', {
    expression: '_cursor',
  });

/** Throws 400 for a cursor that this server did not sign for the scope. */
export function verifyCursor(scope: CursorScope, cursor: string): Position {
  const [payload = '', given = '', ...more] = cursor.split('.');
  const expected = signature(scope, payload);
  const received = Buffer.from(given, 'base64url');
  if (more.length > 0 || received.length !== expected.length || !timingSafeEqual(received, expected)) throw foreign();
  const parts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as (string | null)[];
  return { values: parts.slice(0, -1), rid: parts.at(-1) as string };
}
