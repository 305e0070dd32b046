/** A second factor: codes of an authenticator application, each good once. https://www.rfc-editor.org/rfc/rfc6238 */
import { Secret, TOTP } from 'otpauth';
import { useTotpStep } from '../store/statement/authorization/account.ts';
import type { Account } from './account.ts';
import { openBox, type SecretBox } from './secret-box.ts';
import type { Tables } from './tables.ts';
import { openedTotp } from './totp-secret.ts';

const period = 30;

const generator = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Anamnesis', label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) });

/** 160 random bits in base32. https://www.rfc-editor.org/rfc/rfc4226#section-4 */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What authenticator applications read, also as a QR code. */
export const totpUri = (secret: string, name: string): string => generator(secret, name).toString();

/** The step of time that the code belongs to, one before and one after the present included; undefined = a wrong code. */
function stepOf(secret: string, code: string, now: Date): number | undefined {
  const delta = generator(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** True once: MUST NOT accept the second attempt of the OTP (section 5.2). */
export async function useTotp(tables: Tables, { id, totp }: Account, code: string, now: Date, box: SecretBox = openBox): Promise<boolean> {
  const digits = code.replace(/[\s-]/g, '');
  const step = totp === undefined || !/^\d{6}$/.test(digits) ? undefined : stepOf(openedTotp(box, id, totp), digits, now);
  if (step === undefined) return false;
  return (await tables.run(useTotpStep(tables.schema, id, step))).length === 1;
}
