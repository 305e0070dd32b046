/** The agents of an AuditEvent: client, server and person. https://profiles.ihe.net/ITI/BALP/content.html */
import type { Resource } from '../fhir/resource.ts';
import type { Action, Entry, Who } from './entry.ts';
import { type Coding, dicom } from './security-code.ts';

type Json = Record<string, unknown>;

const application = dicom('110150', 'Application');
const source = dicom('110153', 'Source Role ID');
const destination = dicom('110152', 'Destination Role ID');
const custodian: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
  code: 'custodian',
  display: 'Custodian',
};
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const recipient: Coding = { system: participation, code: 'IRCP', display: 'information recipient' };
const author: Coding = { system: participation, code: 'AUT', display: 'author (originator)' };
const authorizationServer: Coding = { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes', code: 'AuthzOauthService' };

export const uri = 'urn:ietf:rfc:3986';

/** Which way the data went, in the words of the profiles: who sent a search is its source. */
export type Roles = 'given' | 'taken' | 'deleted' | 'event';

const clientRole: Readonly<Record<Roles, readonly Coding[]>> = {
  given: [destination, application],
  taken: [source, application],
  deleted: [application],
  event: [application],
};
const serverRole: Readonly<Record<Roles, Coding>> = { given: source, taken: destination, deleted: custodian, event: authorizationServer };

const isPerson = ({ u, n }: Who): boolean => u !== undefined || n !== undefined;

/** What authorized it: the authorization, then its scopes. */
const policyOf = ({ id, o = [] }: Who): Json => {
  const policy = [...(id !== undefined && /^[0-9a-f-]{36}$/.test(id) ? [`urn:uuid:${id}`] : []), ...o];
  return policy.length === 0 ? {} : { policy };
};

const network = (address: string | undefined): Json => (address === undefined ? { address: 'unknown', type: '1' } : { address, type: '2' });

function clientAgent({ w = {}, a }: Entry, roles: Roles): Json {
  const person = isPerson(w);
  return {
    type: { coding: clientRole[roles] },
    who: w.c === undefined ? { display: a ?? 'unknown' } : { identifier: { value: w.c } },
    requestor: !person,
    ...(person ? {} : policyOf(w)),
    network: network(a),
  };
}

const serverAgent = ({ b }: Entry, roles: Roles): Json => ({
  type: { coding: [serverRole[roles]] },
  who: { identifier: { system: uri, value: b } },
  requestor: false,
  network: { address: b, type: '5' },
});

const localReference = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

/** A patient who acts is referred to only where it is about them: the event belongs to nobody else's record. */
function whoOf({ u, n }: Who, patient: string): Json {
  if (u === undefined) return { identifier: { value: n } };
  if (localReference.test(u) && (!u.startsWith('Patient/') || u === `Patient/${patient}`)) return { reference: u };
  return { identifier: { ...(u.includes(':') ? { system: uri } : {}), value: u } };
}

function userAgent({ w = {} }: Entry, action: Action, patient: string): Json[] {
  const { n } = w;
  if (!isPerson(w)) return [];
  return [
    {
      type: { coding: [action === 'C' || action === 'U' || action === 'D' ? author : recipient] },
      who: whoOf(w, patient),
      ...(n === undefined ? {} : { altId: n }),
      requestor: true,
      ...policyOf(w),
    },
  ];
}

export const agentsOf = (entry: Entry, roles: Roles, action: Action, patient: string): Resource['agent'] => [
  clientAgent(entry, roles),
  serverAgent(entry, roles),
  ...userAgent(entry, action, patient),
];
