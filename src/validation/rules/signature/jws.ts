/** JSON Web Signatures with their certificate, as FHIR embeds them. https://www.rfc-editor.org/rfc/rfc7515, https://hl7.org/fhir/R4/datatypes.html#Signature */
import { constants, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { isObject, type JsonObject } from '../../../fhir/resource.ts';

export interface Jws {
  readonly header: JsonObject;
  /** As they were written. */
  readonly protectedPart: string;
  readonly payload: string;
  readonly signature: Buffer;
}

/** Undefined when the text is no compact serialization. */
export function parseJws(text: string): Jws | undefined {
  const [protectedPart = '', payload, signature, ...rest] = text.trim().split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const header = jsonOf(Buffer.from(protectedPart, 'base64url').toString());
  return isObject(header) ? { header, protectedPart, payload, signature: Buffer.from(signature, 'base64url') } : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The key of the first certificate of the chain; undefined when there is none that can be read. */
export function keyOf({ header }: Jws): KeyObject | undefined {
  const chain = header['x5c'];
  const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
  if (typeof first !== 'string') return undefined;
  try {
    return new X509Certificate(Buffer.from(first, 'base64')).publicKey;
  } catch {
    return undefined;
  }
}

/** Undefined when the algorithm is not known or does not fit the key. */
export function isSignedBy({ header, protectedPart, signature }: Jws, content: string, key: KeyObject): boolean | undefined {
  const { alg } = header;
  const [, family, bits] = typeof alg === 'string' ? (/^(RS|PS|ES)(256|384|512)$/.exec(alg) ?? []) : [];
  if (bits === undefined || key.asymmetricKeyType !== (family === 'ES' ? 'ec' : 'rsa')) return undefined;
  const input = Buffer.from(`${protectedPart}.${Buffer.from(content).toString('base64url')}`);
  if (family === 'ES') return verify(`sha${bits}`, input, { key, dsaEncoding: 'ieee-p1363' }, signature);
  const padding = family === 'PS' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return verify(`sha${bits}`, input, { key, padding }, signature);
}
