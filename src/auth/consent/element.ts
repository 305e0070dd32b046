/** Reads elements of a Consent whose structure is valid. https://hl7.org/fhir/R4/consent-definitions.html */
import { own } from '../../fhir/own.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

export interface Code {
  readonly system?: string;
  readonly code?: string;
}

export const listOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function codeOf(coding: JsonObject): Code {
  const [system, code] = [textOf(coding['system']), textOf(coding['code'])];
  return { ...(system === undefined ? {} : { system }), ...(code === undefined ? {} : { code }) };
}

/** Of a CodeableConcept. */
export const codesOf = (concept: unknown): readonly Code[] => (isObject(concept) ? listOf(concept['coding']).map(codeOf) : []);

const policySystem = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const policies: Readonly<Record<string, 'permit' | 'deny'>> = { OPTIN: 'permit', OPTINR: 'permit', OPTOUT: 'deny', OPTOUTE: 'deny' };

/** What the base policy says, which the first provision bounds; undefined where it is not one that a machine knows. */
export function baseOf({ policyRule }: Resource): 'permit' | 'deny' | undefined {
  const known = codesOf(policyRule).flatMap(({ system, code = '' }) => (system === policySystem ? (own(policies, code) ?? []) : []));
  return known.includes('deny') ? 'deny' : known[0];
}
