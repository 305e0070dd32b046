/** Passwords: argon2id with the parameters of OWASP, the same work whether the account exists or not. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { refusal } from '../fhir/outcome.ts';

/** Argon2id (2) with 19 MiB, two passes and one lane. The library's names of these are const enums, which are erased. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const least = 12;
/** Long passphrases are welcome; a body of megabytes is not hashed. */
const most = 256;

/** Composed characters, so that every keyboard gives the same. https://pages.nist.gov/800-63-3/sp800-63b.html#memsecretver */
const normal = (password: string): string => password.normalize('NFKC');

/** Throws a FhirError (400) that says what would be right. */
export function checkPassword(password: string, name: string): void {
  const text = normal(password);
  if (text.length < least || text.length > most) throw refusal('value', `A password has ${least} to ${most} characters`);
  if (new Set(text).size < 5) throw refusal('value', 'A password has at least five different characters');
  if (text.toLowerCase().includes(name.toLowerCase())) throw refusal('value', 'A password does not contain the name of the account');
}

export const hashPassword = (password: string): Promise<string> => hash(normal(password), cost);

let stranger: Promise<string> | undefined;

/** Undefined: nobody has that name; the answer is false and takes as long as any other. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const text = normal(password).slice(0, most + 1);
  stranger ??= hash(randomBytes(32), cost);
  const matches = await verify(stored ?? (await stranger), text);
  return matches && stored !== undefined;
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Twenty characters without those that look alike, in groups to be read aloud: 100 random bits. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')).join('-');
