/** A server with two patients, people who can sign in, and applications that may be launched. */
import { type Account, addAccount, type NewAccount } from '../../src/auth/account.ts';
import type { Client } from '../../src/auth/client.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { createWorld, type World } from '../auth/token-support.ts';

export interface SmartWorld extends World {
  readonly origin: string;
  readonly base: string;
  /** Reads, searches or writes with a token that may do all. */
  fhir(path: string, init?: RequestInit): Promise<Response>;
  put(type: string, id: string, more?: object): Promise<void>;
  account(account: Partial<NewAccount>): Promise<Account>;
  /** A client of the house with a secret: answers the secret. */
  confidential(more: Partial<Client>): Promise<string>;
  /** The faults that the servers logged. */
  faults(): string[];
}

export const password = 'correct-horse-battery';

const coded = (system: string, code: string, text: string) => ({ coding: [{ system, code, display: text }], text });

const observation = (patient: string, index: number) => ({
  status: 'final',
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', index % 2 === 0 ? 'vital-signs' : 'laboratory', 'kind')],
  code: index % 2 === 0 ? coded('http://loinc.org', '29463-7', 'Body weight') : coded('http://loinc.org', '2339-0', 'Glucose'),
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: `2024-0${(index % 9) + 1}-01`,
  valueQuantity: { value: 70 + index, unit: 'kg' },
});

const condition = (patient: string, index: number) => ({
  clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active', 'Active'),
  code: { text: `Condition ${index} of ${patient}` },
  subject: { reference: `Patient/${patient}` },
  onsetDateTime: `20${10 + index}-01-01`,
});

async function fill(world: Pick<SmartWorld, 'put'>): Promise<void> {
  await world.put('Practitioner', 'doctor', { name: [{ family: 'Adams', given: ['Dora'], prefix: ['Dr.'] }] });
  for (const [id, family] of [
    ['ann', 'Example'],
    ['bob', 'Other'],
  ] as const) {
    await world.put('Patient', id, { name: [{ given: [id], family }], gender: 'unknown', birthDate: '1960-02-03' });
    await world.put('Encounter', `${id}-visit`, {
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: `Patient/${id}` },
      period: { start: '2024-01-01', end: '2024-01-01' },
    });
    for (let index = 0; index < 10; index++) await world.put('Condition', `${id}-c${index}`, condition(id, index));
    for (let index = 0; index < 6; index++) await world.put('Observation', `${id}-o${index}`, observation(id, index));
  }
}

export async function smartWorld(environment: NodeJS.ProcessEnv = {}): Promise<SmartWorld> {
  const world = await createWorld();
  const origin = await world.serve(environment);
  const base = `${origin}/fhir`;
  await world.client({ id: 'filler', redirectUris: [] });
  const { token } = await world.token({ client: 'filler', scopes: ['system/*.cruds'], seconds: 3600 });
  const fhir: SmartWorld['fhir'] = (path, init = {}) =>
    fetch(`${base}/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...(init.headers as object) },
    });
  const put: SmartWorld['put'] = async (type, id, more = {}) => {
    const response = await fhir(`${type}/${id}`, { method: 'PUT', body: JSON.stringify({ resourceType: type, id, ...more }) });
    if (!response.ok) throw new Error(await response.text());
  };
  await fill({ put });
  return Object.assign(world, {
    ...{ origin, base, fhir, put },
    account: async (more: Partial<NewAccount>) => {
      const account = await addAccount(world.database, {
        name: 'dora',
        password,
        role: 'practitioner',
        fhirUser: 'Practitioner/doctor',
        policy: 'all-patients',
        ...more,
      });
      if (account === undefined) throw new Error('The name is taken');
      return account;
    },
    confidential: async (more: Partial<Client>) => {
      const { text, hash } = newSecret();
      await world.client({ kind: 'confidential', secret: hash, redirectUris: [], ...more });
      return text;
    },
    faults: () => world.log.filter((line) => line.includes('"level":50')),
  });
}
