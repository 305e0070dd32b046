import { describe, expect, test } from '@jest/globals';
import { base, errorsOf, profileOf } from '../../support/profile-check.ts';

const specified = 'http://hl7.org/fhir/StructureDefinition/';
const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/^error /, ''));
const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });
const subject = (type: object) =>
  profileOf('subject', 'Observation', [{ path: 'Observation.subject', type: [{ code: 'Reference', ...type }] }]);
const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);

describe('targets of references', () => {
  const patients = subject({ targetProfile: [`${specified}Patient`, `${specified}Group`] });

  test.each([
    ['Patient/1', 0],
    ['https://elsewhere.example/fhir/Group/1', 0],
    ['Device/1', 1],
    ['https://elsewhere.example/fhir/Device/1/_history/2', 1],
    ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', 0],
    ['https://elsewhere.example/something', 0],
  ])('of %s only the type can be told: %d errors', async (reference, errors) => {
    expect(await errorsOf(observation({ subject: { reference } }), [patients])).toHaveLength(errors);
  });

  test('the type that a logical reference names counts', async () => {
    const identifier = { value: '1' };
    expect(await errorsOf(observation({ subject: { type: 'Patient', identifier } }), [patients])).toEqual([]);
    expect(await errorsOf(observation({ subject: { type: 'Device', identifier } }), [patients])).toHaveLength(1);
    expect(await errorsOf(observation({ subject: { display: 'x' } }), [patients])).toEqual([]);
  });

  test('a target that is contained has to conform to one of the profiles', async () => {
    const profile = subject({ targetProfile: [`${base}named`, `${specified}Group`] });
    const contained = (target: object) => observation({ contained: [{ id: 't', ...target }], subject: { reference: '#t' } });
    expect(await errorsOf(contained({ resourceType: 'Patient', name: [{ text: 'a' }] }), [profile, named])).toEqual([]);
    expect(await errorsOf(contained({ resourceType: 'Group' }), [profile, named])).toEqual([]);
    expect(brief(await errorsOf(contained({ resourceType: 'Patient' }), [profile, named]))).toEqual([
      `Observation.subject: The Patient that is referred to conforms to none of the profiles expected: ${base}named (Patient: Patient.name: there are 0; expected at least 1 (${base}named))`,
    ]);
    expect(brief(await errorsOf(contained({ resourceType: 'Device' }), [profile, named]))[0]).toContain(
      'leads to a resource of type Device; expected one of',
    );
  });

  test('a target in the same Bundle has to conform, too', async () => {
    const profile = subject({ targetProfile: [`${base}named`] });
    const within = profileOf('within', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: [`${base}subject`, `${base}named`] }] },
    ]);
    const bundle = (patient: object) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: 'http://x/Observation/o', resource: observation({ id: 'o', subject: { reference: 'Patient/p' } }) },
        { fullUrl: 'http://x/Patient/p', resource: { resourceType: 'Patient', id: 'p', ...patient } },
      ],
    });
    expect(await errorsOf(bundle({ name: [{ text: 'a' }] }), [within, profile, named])).toEqual([]);
    expect(await errorsOf(bundle({}), [within, profile, named])).toHaveLength(2);
  });

  test('a target of a profile that is not known cannot be checked, which is told', async () => {
    const profile = subject({ targetProfile: [`${base}lost`] });
    const resource = observation({ contained: [{ resourceType: 'Patient', id: 'p' }], subject: { reference: '#p' } });
    expect(brief(await errorsOf(resource, [profile]))[0]).toContain('are not known');
    expect(await errorsOf(observation({ subject: { reference: 'Patient/1' } }), [profile])).toEqual([]);
  });

  test('profiles that refer to themselves, and resources that do, come to an end', async () => {
    const circle = profileOf('circle', 'Patient', [
      { path: 'Patient.name', min: 1 },
      { path: 'Patient.link.other', type: [{ code: 'Reference', targetProfile: [`${base}circle`] }] },
    ]);
    const patient = (id: string, other: string, more: object = {}) => ({
      fullUrl: `http://x/Patient/${id}`,
      resource: {
        resourceType: 'Patient',
        id,
        name: [{ text: 'a' }],
        link: [{ other: { reference: `Patient/${other}` }, type: 'seealso' }],
        ...more,
      },
    });
    const round = profileOf('round', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: [`${base}circle`] }] },
    ]);
    const bundle = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'collection', entry });
    expect(await errorsOf(bundle(patient('a', 'b'), patient('b', 'a')), [round, circle])).toEqual([]);
    expect((await errorsOf(bundle(patient('a', 'b'), patient('b', 'a', { name: [] })), [round, circle])).length).toBeGreaterThan(0);
  });
});

describe('aggregation and versioning of references', () => {
  const contained = { contained: [{ resourceType: 'Patient', id: 'p' }] };

  test.each([
    [['contained'], '#p', 0],
    [['contained'], 'Patient/1', 1],
    [['referenced'], 'Patient/1', 0],
    [['referenced'], '#p', 1],
    [['bundled'], 'Patient/1', 1],
    [['contained', 'referenced'], '#p', 0],
  ])('with %j a reference to %s has %d errors', async (aggregation, reference, errors) => {
    expect(await errorsOf(observation({ ...contained, subject: { reference } }), [subject({ aggregation })])).toHaveLength(errors);
  });

  test('what is in the same Bundle is bundled', async () => {
    const within = profileOf('within', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: [`${base}subject`, `${specified}Patient`] }] },
    ]);
    const bundle = (reference: string) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: 'http://x/Observation/o', resource: observation({ id: 'o', subject: { reference } }) },
        { fullUrl: 'http://x/Patient/p', resource: { resourceType: 'Patient', id: 'p' } },
      ],
    });
    const bundled = [within, subject({ aggregation: ['bundled'] })];
    expect(await errorsOf(bundle('Patient/p'), bundled)).toEqual([]);
    expect((await errorsOf(bundle('Patient/q'), bundled)).join()).toContain('The reference is referenced; expected one that is bundled');
  });

  test.each([
    ['specific', 'Patient/1', 1],
    ['specific', 'Patient/1/_history/2', 0],
    ['independent', 'Patient/1/_history/2', 1],
    ['either', 'Patient/1/_history/2', 0],
  ])('versioning %s: %s has %d errors', async (versioning, reference, errors) => {
    expect(await errorsOf(observation({ subject: { reference } }), [subject({ versioning })])).toHaveLength(errors);
  });
});
