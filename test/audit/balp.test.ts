/** AuditEvents follow the pattern of BALP that they claim, for every interaction, with and without patient, person and client. */
import { describe, expect, test } from '@jest/globals';
import { auditEventOf, auditEventsOf, eventId, type LogRow } from '../../src/audit/audit-event.ts';
import type { EventEntry, RequestEntry } from '../../src/audit/entry.ts';
import { securityCodes } from '../../src/audit/security-code.ts';
import type { SecurityEventKind } from '../../src/audit/security-event.ts';
import { printJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { definitions, errorsOf } from '../support/profile-check.ts';
import { balp } from './balp.ts';

const valid = compileValidator(definitions, { warnings: false });

const row = (entry: object): LogRow => ({
  seq: 7,
  at: '2026-01-31T12:00:00.123Z',
  entry: JSON.stringify(entry),
  hash: '07'.repeat(32),
});

const request = (more: Partial<RequestEntry>): RequestEntry => ({
  ...{ v: 1, k: 'read', m: 'GET', t: '/Patient/1', s: 200, b: 'https://example.org/fhir', a: '192.0.2.7', x: 'req-1', w: { id: 'local' } },
  ...more,
});

const prefix = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.';
const claimed = (event: Resource): string | undefined => (event.meta?.['profile'] as string[] | undefined)?.[0]?.slice(prefix.length);

const patterns: readonly [string, string, string, RequestEntry['i']][] = [
  ['read', 'GET', 'Read', [['R', 'Observation/1/_history/2', [0]]]],
  ['vread', 'GET', 'Read', [['R', 'Observation/1/_history/1', [0]]]],
  ['create', 'POST', 'Create', [['C', 'Observation/1/_history/1', [0]]]],
  ['update', 'PUT', 'Update', [['U', 'Observation/1/_history/2', [0]]]],
  ['update-conditional', 'PUT', 'Update', [['U', 'Observation/1/_history/2', [0]]]],
  ['patch', 'PATCH', 'Update', [['U', 'Observation/1/_history/2', [0]]]],
  ['delete', 'DELETE', 'Delete', [['D', 'Observation/1/_history/3', [0]]]],
  ['search-type', 'GET', 'Query', undefined],
  ['search-system', 'GET', 'Query', undefined],
  ['search-compartment', 'POST', 'Query', undefined],
];

const people: readonly [string, NonNullable<RequestEntry['w']>][] = [
  ['nobody', { id: 'local' }],
  ['a client for itself', { id: '0b0a4dd7-4f5c-4f4e-9c62-1f6c3a8b7a11', c: 'backend', o: ['system/*.rs'] }],
  [
    'a practitioner',
    { id: '0b0a4dd7-4f5c-4f4e-9c62-1f6c3a8b7a11', c: 'app', u: 'Practitioner/7', n: 'anna', o: ['user/*.rs'], y: 'TREAT' },
  ],
  ['the patient', { id: 'x', c: 'app', u: 'Patient/1', n: 'bob', p: '1', o: ['patient/*.rs', 'launch/patient'] }],
  ['somebody known elsewhere', { id: 'x', c: 'app', u: 'https://other.example/fhir/Practitioner/9' }],
];

describe.each(people)('an access of %s', (_, w) => {
  test.each(patterns)('%s by %s follows %s', async (k, m, name, i) => {
    for (const p of [[], ['1']] as const) {
      const items = i?.map(([action, reference]): NonNullable<RequestEntry['i']>[number] => [action, reference, p.length === 0 ? [] : [0]]);
      const [event] = auditEventsOf(row(request({ k, m, w, t: '/Observation?code=x', i: items, ...(p.length === 0 ? {} : { p }) })));
      if (event === undefined) throw new Error('no event was made');
      const pattern = `${p.length === 0 ? '' : 'Patient'}${name}`;
      expect(claimed(event)).toBe(pattern);
      expect(await errorsOf(event, [balp(pattern)])).toEqual([]);
    }
  });
});

describe('the patterns', () => {
  test('are not claimed by what failed, or was found again after a crash', () => {
    for (const more of [{ s: 404 }, { s: 503 }, { r: true as const }]) {
      const [event] = auditEventsOf(row(request({ ...more, i: [['R', 'Patient/1', [0]]], p: ['1'] })));
      expect(event && claimed(event)).toBeUndefined();
    }
  });

  test('are broken by an event of another kind: the check can fail', async () => {
    const [event] = auditEventsOf(row(request({ i: [['R', 'Patient/1/_history/1', [0]]], p: ['1'] })));
    for (const other of ['PatientQuery', 'PatientCreate', 'PatientDelete'])
      expect(await errorsOf(event as Resource, [balp(other)])).not.toEqual([]);
  });
});

describe('an AuditEvent', () => {
  test('is the same whenever it is made', () => {
    const entry = row(request({ p: ['1', '2'], k: 'search-type', t: '/Observation?patient=1,2' }));
    expect(auditEventsOf(entry).map((event) => printJson(event))).toEqual(auditEventsOf(entry).map((event) => printJson(event)));
    expect(new Set(auditEventsOf(entry).map(({ id }) => id)).size).toBe(3);
  });

  test('has an id that tells nothing of its number or its patient', () => {
    const entry = row(request({}));
    const ids = [eventId(entry, '1'), eventId(entry, '2'), eventId({ ...entry, seq: entry.seq + 1 }, '1')];
    for (const id of ids) expect(id).toMatch(/^log-[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(3);
  });

  test('tells who, with which client, by which scopes and authorization, from where, why', () => {
    const w = {
      id: '0b0a4dd7-4f5c-4f4e-9c62-1f6c3a8b7a11',
      u: 'Practitioner/7',
      n: 'anna',
      c: 'app',
      y: 'TREAT',
      g: 'unconscious',
      o: ['user/*.rs'],
    };
    const event = auditEventOf(row(request({ w, p: ['1'] })), '1') as unknown as Record<string, never>;
    expect(event['agent']).toMatchObject([
      { who: { identifier: { value: 'app' } }, requestor: false, network: { address: '192.0.2.7', type: '2' } },
      { who: { identifier: { value: 'https://example.org/fhir' } }, requestor: false },
      {
        who: { reference: 'Practitioner/7' },
        altId: 'anna',
        requestor: true,
        policy: ['urn:uuid:0b0a4dd7-4f5c-4f4e-9c62-1f6c3a8b7a11', 'user/*.rs'],
      },
    ]);
    expect(event['purposeOfEvent']).toMatchObject([{ coding: [{ code: 'TREAT' }] }, { coding: [{ code: 'BTG' }], text: 'unconscious' }]);
    expect(event['recorded']).toBe('2026-01-31T12:00:00.123Z');
  });

  test('refers to a patient who acts only in their own record', () => {
    const entry = row(
      request({ w: { u: 'Patient/parent' }, t: '/Patient/child', i: [['R', 'Patient/child/_history/1', [0]]], p: ['child'] }),
    );
    expect(JSON.stringify(auditEventOf(entry, 'child'))).not.toContain('"reference":"Patient/parent"');
  });

  test('holds the request as it was sent, byte for byte', () => {
    const form = 'name=Ångström&x=%3Cscript%3E';
    const [event] = auditEventsOf(row(request({ k: 'search-type', m: 'POST', t: '/Patient/_search', f: form })));
    const [entity] = (event as unknown as { entity: { query: string }[] }).entity;
    expect(Buffer.from(entity?.query ?? '', 'base64').toString('utf8')).toBe(`POST https://example.org/fhir/Patient/_search\n\n${form}`);
  });

  test.each([
    [200, '0'],
    [403, '4'],
    [500, '8'],
  ])('of status %d has outcome %s', (s, outcome) => {
    expect(auditEventsOf(row(request({ s })))[0]?.['outcome']).toBe(outcome);
  });
});

describe('an event that is no request', () => {
  const kinds = Object.keys(securityCodes) as SecurityEventKind[];

  test.each(kinds)('%s is a valid AuditEvent', (kind) => {
    const entry: EventEntry = {
      v: 1,
      k: `!${kind}`,
      s: 'refused',
      d: 'why',
      j: 'client/app',
      q: 'grant_type=x',
      b: 'https://example.org/fhir',
      a: '192.0.2.7',
      w: { n: 'anna', c: 'app', p: '1' },
    };
    const [event] = auditEventsOf(row(entry));
    expect(event).toMatchObject({ outcome: '4', outcomeDesc: 'why', type: securityCodes[kind].type });
    expect(JSON.stringify(event)).toContain('"reference":"Patient/1"');
    expect(valid(event as Resource)).toEqual([]);
  });
});
