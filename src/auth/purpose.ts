/** Why records are looked at. http://terminology.hl7.org/CodeSystem/v3-ActReason */
import { own } from '../fhir/own.ts';

export const purposeSystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

/** What each is a kind of; what is not named here is a purpose of its own. */
const above: Readonly<Record<string, string>> = {
  ...{ BIORCH: 'HRESCH', CLINTRCH: 'HRESCH', DSRCH: 'HRESCH', POARCH: 'HRESCH', TRANSRCH: 'HRESCH' },
  ...{ CLINTRCHNPC: 'CLINTRCH', CLINTRCHPC: 'CLINTRCH', PRECLINTRCH: 'CLINTRCH' },
  ...{ CAREMGT: 'HOPERAT', CLINTRL: 'TREAT', COC: 'TREAT', ETREAT: 'TREAT', POPHLTH: 'TREAT', BTG: 'ETREAT', ERTREAT: 'ETREAT' },
  ...{ HRESCH: 'PurposeOfUse', TREAT: 'PurposeOfUse', PATRQT: 'PurposeOfUse', HPAYMT: 'PurposeOfUse', HOPERAT: 'PurposeOfUse' },
  ...{ HMARKT: 'PurposeOfUse', PUBHLTH: 'PurposeOfUse', FAMRQT: 'PATRQT', PWATRNY: 'PATRQT', SUPNWK: 'PATRQT' },
};

/** Whether it can be one of the code system. */
export const isPurpose = (code: string): boolean => /^[A-Za-z][A-Za-z0-9]{0,49}$/.test(code);

/** The purpose and all that it is a kind of. */
export function purposesOf(code: string): readonly string[] {
  const found: string[] = [];
  for (let each: string | undefined = code; each !== undefined; each = own(above, each)) found.push(each);
  return found;
}

export const research = 'HRESCH';
export const treatment = 'TREAT';

export const isResearch = (code: string): boolean => purposesOf(code).includes(research);

/** How a purpose is written where it is asked for: as a code, or with its system before it. */
const systems = [purposeSystem, 'urn:oid:2.16.840.1.113883.5.8'];

/** Undefined = it is none. */
export function readPurpose(text: string): string | undefined {
  const at = text.lastIndexOf('|');
  const code = text.slice(at + 1);
  return isPurpose(code) && (at < 0 || systems.includes(text.slice(0, at))) ? code : undefined;
}

/** Those that a client is registered for, the usual one first. Broken glass is never one of them: that needs a person and a reason. */
export function parsePurposes(text: string): readonly string[] | undefined {
  const found = text.split(/\s+/).filter((word) => word !== '');
  const codes = found.flatMap((word) => readPurpose(word) ?? []);
  return found.length > 0 && codes.length === found.length && !codes.includes('BTG') ? [...new Set(codes)] : undefined;
}

/** What is asked for, where the client is registered for it, or its usual one; undefined = it is not registered for that. */
export function purposeFor(registered: readonly string[], asked: string | undefined): string | undefined {
  const known = registered.length === 0 ? [treatment] : registered;
  if (asked === undefined) return known[0];
  const code = readPurpose(asked);
  return code !== undefined && known.includes(code) ? code : undefined;
}
