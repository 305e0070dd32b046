/** Random Consents, and what each of them says: told from the plain resources, apart from the code that is tested. https://hl7.org/fhir/R4/consent.html */
import type { Resource } from '../../../src/fhir/resource.ts';
import { pick, type Random } from './random.ts';

type Plain = Readonly<Record<string, unknown>>;

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const reason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const consentScope = 'http://terminology.hl7.org/CodeSystem/consentscope';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const actionSystem = 'http://terminology.hl7.org/CodeSystem/consentaction';
export const clientSystem = 'urn:anamnesis:client';
const grades = ['U', 'L', 'M', 'N', 'R', 'V'];

export const noPatient = { system: actCode, code: 'NOPAT' };
export const label = (code: string): object => ({ system: confidentiality, code });

const codeable = (system: string, code: string): object => ({ coding: [{ system, code }] });

/** What a purpose is a kind of, itself first. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  TREAT: ['TREAT'],
  ETREAT: ['ETREAT', 'TREAT'],
  HPAYMT: ['HPAYMT'],
  HRESCH: ['HRESCH'],
  CLINTRCH: ['CLINTRCH', 'HRESCH'],
};
export const purposes = Object.keys(kinds);
export const isResearch = (purpose: string): boolean => kinds[purpose]?.includes('HRESCH') === true;

const actors = [
  'Practitioner/d1',
  'Practitioner/d2',
  'Organization/o1',
  'CareTeam/careteam-0',
  'RelatedPerson/relatedperson-0',
  'PractitionerRole/r2',
];

function actor(random: Random): object {
  const role = codeable('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'PRCP');
  if (random(5) === 0) return { role, reference: { identifier: { system: clientSystem, value: 'app' } } };
  return { role, reference: { reference: pick(random, actors) } };
}

function provision(random: Random, depth: number): object {
  const some = (one: number, value: () => object): object => (random(one) === 0 ? value() : {});
  return {
    type: pick(random, ['deny', 'deny', 'permit']),
    ...some(2, () => ({ actor: [actor(random)] })),
    ...some(4, () => ({ purpose: [{ system: reason, code: pick(random, purposes) }] })),
    ...some(3, () => ({
      class: [{ system: 'http://hl7.org/fhir/resource-types', code: pick(random, ['Observation', 'Condition', 'Patient', 'Task']) }],
    })),
    ...some(5, () => ({ securityLabel: [label(pick(random, ['N', 'R', 'V']))] })),
    ...some(6, () => ({ code: [codeable('http://example.org/code', pick(random, ['a', 'b']))] })),
    ...some(6, () => ({ period: pick(random, [{ start: '2999' }, { end: '2001' }, { start: '2001', end: '2999' }]) })),
    ...some(6, () => ({ action: [codeable(actionSystem, pick(random, ['access', 'disclose', 'collect', 'correct']))] })),
    ...(depth < 2 ? some(2, () => ({ provision: [provision(random, depth + 1)] })) : {}),
  };
}

export const consent = (random: Random, patient: string): object => ({
  status: pick(random, ['active', 'active', 'active', 'draft']),
  scope: codeable(consentScope, pick(random, ['patient-privacy', 'patient-privacy', 'treatment', 'research'])),
  category: [codeable(actCode, 'INFA')],
  patient: { reference: patient },
  policyRule: codeable(actCode, pick(random, ['OPTIN', 'OPTIN', 'OPTOUT'])),
  provision: provision(random, 0),
});

/** Who asks, by all names that a provision may have for them. */
export interface Asker {
  readonly names: ReadonlySet<string>;
  readonly purpose: string;
  readonly action: Action;
}

const list = (value: unknown): readonly Plain[] => (Array.isArray(value) ? (value as Plain[]) : []);
const codesOf = (value: unknown): readonly string[] => list(value).map(({ code }) => String(code));
const codings = (concepts: unknown): readonly string[] => list(concepts).flatMap(({ coding }) => codesOf(coding));

const nameOf = ({ reference }: Plain): string => {
  const { reference: text, identifier } = reference as Plain;
  return typeof text === 'string' ? text : `client ${String((identifier as Plain)['value'])}`;
};

function labelled(resource: Plain, asked: readonly string[], deny: boolean): boolean {
  const has = codesOf((resource['meta'] as Plain | undefined)?.['security']);
  const meant = asked.flatMap((code) => (deny ? grades.slice(grades.indexOf(code)) : grades.slice(0, grades.indexOf(code) + 1)));
  return has.some((code) => meant.includes(code));
}

const isNow = ({ start = '1000', end = '3000' }: Plain): boolean => String(start) < '2500' && String(end) > '2500';

export type Action = 'access' | 'collect' | 'correct';

/** To disclose is to let somebody see. */
const actionOf = (code: string): string => (code === 'disclose' ? 'access' : code);

function applies(element: Plain, resource: Plain, { names, purpose, action }: Asker, deny: boolean): boolean {
  const given = (name: string): boolean => element[name] !== undefined;
  const coded = codings([resource['code'] ?? {}]);
  return (
    (!given('actor') || list(element['actor']).some((each) => names.has(nameOf(each)))) &&
    (!given('purpose') || codesOf(element['purpose']).some((code) => kinds[purpose]?.includes(code))) &&
    (!given('class') || codesOf(element['class']).includes(String(resource['resourceType']))) &&
    (!given('securityLabel') || labelled(resource, codesOf(element['securityLabel']), deny)) &&
    (!given('code') || codings(element['code']).some((code) => coded.includes(code))) &&
    (!given('period') || isNow(element['period'] as Plain)) &&
    (!given('action') || codings(element['action']).some((code) => actionOf(code) === action))
  );
}

interface Provision {
  readonly chain: readonly Plain[];
  readonly deny: boolean;
}

const provisionsOf = (element: Plain, above: readonly Plain[]): readonly Provision[] => {
  const chain = [...above, element];
  return [{ chain, deny: element['type'] === 'deny' }, ...list(element['provision']).flatMap((each) => provisionsOf(each, chain))];
};

/** What the Consent comes to for the resource: its deepest provision that applies. */
export function decisionOf(consent: Resource, resource: Resource, asker: Asker): 'deny' | 'permit' | 'research' | undefined {
  const given = consent as Plain;
  const [scope = ''] = codings([given['scope']]);
  if (given['status'] !== 'active') return undefined;
  const meant = scope === 'research' ? 'HRESCH' : scope === 'treatment' ? 'TREAT' : undefined;
  if (meant !== undefined && !kinds[asker.purpose]?.includes(meant)) return undefined;
  const holding = provisionsOf(given['provision'] as Plain, []).filter(({ chain, deny }) =>
    chain.every((element) => applies(element, resource as Plain, asker, deny)),
  );
  const depth = Math.max(...holding.map(({ chain }) => chain.length));
  const deepest = holding.filter(({ chain }) => chain.length === depth);
  if (deepest.length === 0) return undefined;
  if (deepest.some(({ deny }) => deny)) return 'deny';
  const forResearch = deepest.every(({ chain }) => meant === 'HRESCH' || chain.some(({ purpose }) => codesOf(purpose).some(isResearch)));
  return forResearch ? 'research' : 'permit';
}
