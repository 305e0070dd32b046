/** Keeps secrets in the database so that whoever reads it alone has nothing: AES-256-GCM under a key made of SECRET_KEY. https://csrc.nist.gov/pubs/sp/800/38/d/final */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface SecretBox {
  /** `about` is bound to it: what was sealed about one thing is not opened as another. */
  seal(value: object, about: string): object;
  /** Also what was kept before there was a key. Throws an Error for what was sealed with another one. */
  open(value: unknown, about: string): object;
  /** Whether it would be kept otherwise now. */
  isLoose(value: unknown): boolean;
}

interface Sealed {
  readonly sealed: 'A256GCM';
  /** base64url of iv, tag and text. */
  readonly data: string;
}

const isSealed = (value: unknown): value is Sealed => typeof value === 'object' && value !== null && 'sealed' in value;

const locked = (): Error => new Error('SECRET_KEY is not the one with which the secrets in the database were sealed, or is missing.');

/** Without a key everything lies as it is. */
export const openBox: SecretBox = {
  seal: (value) => value,
  open: (value) => {
    if (isSealed(value)) throw locked();
    return value as object;
  },
  isLoose: () => false,
};

const [ivBytes, tagBytes] = [12, 16];

/** HKDF makes a key of any secret that is long enough. https://www.rfc-editor.org/rfc/rfc5869 */
export function secretBox(secret: string | undefined): SecretBox {
  if (secret === undefined) return openBox;
  const key = Buffer.from(hkdfSync('sha256', secret, 'anamnesis', 'secret-box', 32));
  return {
    seal: (value, about) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      const sealed: Sealed = { sealed: 'A256GCM', data: Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url') };
      return sealed;
    },
    open: (value, about) => {
      if (!isSealed(value)) return value as object;
      const data = Buffer.from(value.data, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, ivBytes)).setAAD(Buffer.from(about));
        decipher.setAuthTag(data.subarray(ivBytes, ivBytes + tagBytes));
        const text = Buffer.concat([decipher.update(data.subarray(ivBytes + tagBytes)), decipher.final()]);
        return JSON.parse(text.toString('utf8')) as object;
      } catch {
        throw locked();
      }
    },
    isLoose: (value) => !isSealed(value),
  };
}
