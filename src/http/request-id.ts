/** X-Request-Id: the client's if it is usable, else our own. https://hl7.org/fhir/R4/http.html#custom */
import { randomBytes } from 'node:crypto';

const usable = /^[A-Za-z0-9._:+/=-]{1,128}$/;

const process = randomBytes(6).toString('hex');
let count = 0;

export const isUsable = (sent: string | string[] | undefined): sent is string => typeof sent === 'string' && usable.test(sent);

export function requestId(sent: string | string[] | undefined): string {
  if (isUsable(sent)) return sent;
  count += 1;
  return `${process}-${count.toString(36)}`;
}
