/** Why records are looked at, as tokens of others say it: IHE IUA (https://profiles.ihe.net/ITI/IUA/index.html) and UDAP (https://hl7.org/fhir/us/udap-security/b2b.html). */
import type { JWTPayload } from 'jose';
import { isResearch, parsePurposes } from './purpose.ts';

type Plain = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

const inside = (value: unknown, name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);

/** `code`, `system|code`, or a Coding. */
const wordOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const [system, code] = [inside(value, 'system'), inside(value, 'code')];
  if (typeof code !== 'string') return '';
  return typeof system === 'string' ? `${system}|${code}` : code;
};

/** Nothing in it = the token does not say; undefined = what it says is not known here, so that nobody can tell what may be seen. */
export function foreignPurpose(payload: JWTPayload): { readonly purpose?: string } | undefined {
  const { extensions } = payload;
  const places = [payload, inside(extensions, 'ihe_iua'), inside(extensions, 'hl7-b2b')];
  const given = places.map((place) => inside(place, 'purpose_of_use')).filter((value) => value !== undefined);
  const words = given.flat().map(wordOf);
  if (words.length === 0) return given.length === 0 ? {} : undefined;
  const purposes = words.some((word) => !/^\S+$/.test(word)) ? undefined : parsePurposes(words.join(' '));
  // Of several the one that sees least: research needs a permit.
  return purposes && { purpose: purposes.find(isResearch) ?? (purposes[0] as string) };
}
