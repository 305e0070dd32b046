/** The CapabilityStatement: http.html#capabilities, capabilitystatement.html. */
import { describe, expect, test } from '@jest/globals';
import { compileValidator } from '../../src/validation/structure.ts';
import { base } from '../support/fake-server.ts';
import { definitions, newServer } from './server.ts';

interface Statement {
  readonly rest: readonly {
    readonly resource: readonly {
      readonly type: string;
      readonly interaction: readonly { code: string }[];
      readonly searchParam: readonly { name: string; definition: string; type: string }[];
      readonly operation?: readonly { name: string; definition: string }[];
      readonly [element: string]: unknown;
    }[];
    readonly interaction: readonly { code: string }[];
  }[];
  readonly [element: string]: unknown;
}

const server = newServer({ conditionalDelete: 'multiple' });
const statement = async () => (await server.ask('GET', 'metadata')).json as unknown as Statement;

describe('the CapabilityStatement', () => {
  test('names the server, its FHIR version, formats and address', async () => {
    expect(await statement()).toMatchObject({
      resourceType: 'CapabilityStatement',
      status: 'active',
      kind: 'instance',
      fhirVersion: '4.0.1',
      format: expect.arrayContaining(['application/fhir+json', 'application/fhir+xml']),
      patchFormat: ['application/json-patch+json', 'application/fhir+json', 'application/fhir+xml'],
      software: { name: 'Anamnesis', version: '0.1.0' },
      implementation: { url: base },
    });
  });

  test('says to which version of the International Patient Summary summaries conform, and by which definitions documents are found', async () => {
    const told = await statement();
    expect(told).toMatchObject({
      instantiates: expect.arrayContaining(['http://hl7.org/fhir/uv/ips/CapabilityStatement/ips-server|1.1.0']),
      implementationGuide: expect.arrayContaining(['http://hl7.org/fhir/uv/ips/ImplementationGuide/hl7.fhir.uv.ips|1.1.0']),
    });
    const operations = (type: string) => told.rest[0]?.resource.find((each) => each.type === type)?.operation ?? [];
    expect(operations('Patient').find(({ name }) => name === 'summary')).toMatchObject({
      definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
      documentation: expect.stringContaining('IPS 1.1.0'),
    });
    expect(operations('DocumentReference').flatMap(({ name, definition }) => (name === 'docref' ? [definition] : []))).toEqual([
      'http://hl7.org/fhir/uv/ipa/OperationDefinition/docref',
      'http://hl7.org/fhir/us/core/OperationDefinition/docref',
    ]);
  });

  test('lists every type of the registry with the interactions of the table', async () => {
    const [rest] = (await statement()).rest;
    expect(rest?.resource.map(({ type }) => type)).toEqual(definitions.resourceTypes);
    const codes = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type'];
    expect(rest?.resource[0]?.interaction.map(({ code }) => code)).toEqual(codes);
    expect(rest?.interaction.map(({ code }) => code)).toEqual(['search-system', 'history-system', 'transaction', 'batch']);
  });

  test('is valid', async () => {
    const issues = compileValidator(definitions, { warnings: false })((await server.ask('GET', 'metadata')).json as never);
    // GenomicStudy is a type of R5: the code systems of R4 cannot know it.
    expect(issues.filter(({ diagnostics }) => !diagnostics.includes('GenomicStudy'))).toEqual([]);
  });

  test('tells how versions and conditions are handled', async () => {
    expect((await statement()).rest[0]?.resource[0]).toMatchObject({
      versioning: 'versioned-update',
      readHistory: true,
      updateCreate: true,
      conditionalCreate: true,
      conditionalRead: 'full-support',
      conditionalUpdate: true,
      conditionalDelete: 'multiple',
    });
  });

  test('lists only search parameters that a search accepts', async () => {
    const patient = (await statement()).rest[0]?.resource.find(({ type }) => type === 'Patient');
    const names = patient?.searchParam.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['_id', '_lastUpdated', 'identifier', 'birthdate', 'name']));
    for (const name of names) {
      const answer = await server.ask(
        'GET',
        name === '_filter' ? `Patient?_filter=${encodeURIComponent('name pr true')}` : `Patient?${name}:missing=false`,
      );
      expect([name, answer.status, answer.diagnostics]).toEqual([name, 200, '']);
    }
  });

  // SHOULD: wildcards are told beside the parameters — search.html#include
  test('lists only includes that a search accepts', async () => {
    const resources = (await statement()).rest[0]?.resource ?? [];
    const listed = (type: string, element: string) => resources.find((each) => each.type === type)?.[element] as string[];
    expect(listed('MedicationRequest', 'searchInclude')).toEqual(expect.arrayContaining(['*', 'MedicationRequest:requester']));
    expect(listed('MedicationRequest', 'searchRevInclude')).toEqual(expect.arrayContaining(['*', 'Provenance:target']));
    expect(listed('Patient', 'searchRevInclude')).not.toContain('Observation:encounter');
    for (const type of ['Patient', 'Questionnaire'])
      for (const [name, element] of Object.entries({ _include: 'searchInclude', _revinclude: 'searchRevInclude' }))
        for (const value of listed(type, element)) {
          const answer = await server.ask('GET', `${type}?${name}=${value}`);
          expect([value, answer.status, answer.diagnostics]).toEqual([value, 200, '']);
        }
  });

  test.each([
    ['everything', ['Encounter', 'Group', 'Patient']],
    ['reindex-status', ['SearchParameter']],
    ['reindex', definitions.resourceTypes],
  ])('lists $%s where it is defined and nowhere else', async (name, types) => {
    const resources = (await statement()).rest[0]?.resource.filter(({ operation }) => operation?.some((one) => one.name === name));
    expect(resources?.map(({ type }) => type)).toEqual(types);
  });

  test('is 304 when the client has it', async () => {
    const { headers } = await server.ask('GET', 'metadata');
    expect((await server.ask('GET', 'metadata', { headers: { 'if-none-match': headers['etag'] as string } })).status).toBe(304);
  });

  test.each([
    ['mode=full', 200],
    ['mode=normative', 200],
    ['mode=terminology', 400],
    ['mode=all', 400],
    ['foo=1', 400],
    ['_summary=true', 200],
    ['_elements=software', 200],
  ])('?%s is %i', async (query, status) => expect((await server.ask('GET', `metadata?${query}`)).status).toBe(status));
});
