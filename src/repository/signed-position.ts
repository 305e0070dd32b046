/** Where a page ended, signed: good for the caller and the question that it was made for. https://hl7.org/fhir/R4/http.html#paging */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { refusal } from '../fhir/outcome.ts';

/** What a position is bound to; the same JSON means the same question of the same caller. */
export interface PositionScope {
  readonly secret: string;
  readonly bound: unknown;
}

const signature = ({ secret, bound }: PositionScope, payload: string): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify([bound, payload]))
    .digest()
    .subarray(0, 16);

export function signPosition(scope: PositionScope, parts: readonly (string | number)[]): string {
  const payload = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${payload}.${signature(scope, payload).toString('base64url')}`;
}

/** Throws 400 for a text that this server did not sign for the scope. */
export function verifyPosition(scope: PositionScope, text: string): readonly (string | number)[] {
  const [payload = '', given = '', ...more] = text.split('.');
  const expected = signature(scope, payload);
  const received = Buffer.from(given, 'base64url');
  if (more.length > 0 || received.length !== expected.length || !timingSafeEqual(received, expected))
    throw refusal('value', 'The page link is damaged, or belongs to another question or caller: start again from the first page', {
      expression: '_cursor',
    });
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as (string | number)[];
}
