import { describe, expect, test } from '@jest/globals';
import { base, check, errorsOf, profileOf } from '../../support/profile-check.ts';

const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/ \(http:.*$/, '').replace(/^error /, ''));
const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });

describe('types in profiles', () => {
  test('a choice is narrowed to the types that are listed', async () => {
    const quantity = profileOf('quantity', 'Observation', [
      { path: 'Observation.value[x]', type: [{ code: 'Quantity' }, { code: 'Ratio' }] },
    ]);
    expect(await errorsOf(observation({ valueQuantity: { value: 1 } }), [quantity])).toEqual([]);
    expect(await errorsOf(observation({ valueString: 'x' }), [quantity])).toEqual([
      'error Observation.value: The type string is not allowed for Observation.value[x] by the profile; expected Quantity, Ratio',
    ]);
  });

  test('a resource inside of another is narrowed to its type', async () => {
    const patients = profileOf('patients', 'Bundle', [{ path: 'Bundle.entry.resource', type: [{ code: 'Patient' }] }]);
    const bundle = (resourceType: string) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType } }] });
    expect(await errorsOf(bundle('Patient'), [patients])).toEqual([]);
    expect(brief(await errorsOf(bundle('Device'), [patients]))).toEqual([
      'Bundle.entry[0].resource: The type Device is not allowed for Bundle.entry.resource by the profile; expected Patient',
    ]);
    const byProfile = profileOf('by-profile', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] },
    ]);
    expect(await errorsOf(bundle('Patient'), [byProfile])).toEqual([]);
    expect(await errorsOf(bundle('Device'), [byProfile])).toHaveLength(1);
  });

  test('a profile is refused to resources of another type', async () => {
    const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);
    expect(await errorsOf(observation({}), [named])).toEqual([
      'error Observation: The profile http://example.org/fhir/StructureDefinition/named is about the type Patient; found a value of type Observation',
    ]);
  });

  test('a profile on an abstract type is about all types that derive from it', async () => {
    const told = profileOf('told', 'DomainResource', [{ path: 'DomainResource.text', min: 1 }]);
    expect(await errorsOf(observation({ text: { status: 'empty', div: '' } }), [told])).toEqual([]);
    expect(await errorsOf(observation({}), [told])).toHaveLength(1);
    expect(await errorsOf({ resourceType: 'Bundle', type: 'collection' }, [told])).toHaveLength(1);
  });
});

describe('profiles on the type of an element', () => {
  const full = profileOf('full', 'HumanName', [
    { path: 'HumanName.family', min: 1 },
    { path: 'HumanName.given', min: 1 },
  ]);
  const plain = profileOf('plain', 'HumanName', [{ path: 'HumanName.text', min: 1 }]);
  const patient = (...name: object[]) => ({ resourceType: 'Patient', name });
  const typed = (...profile: string[]) => profileOf('typed', 'Patient', [{ path: 'Patient.name', type: [{ code: 'HumanName', profile }] }]);

  test('are told where the value breaks them', async () => {
    expect(brief(await errorsOf(patient({ family: 'A' }), [typed(`${base}full`), full]))).toEqual([
      'Patient.name[0]: HumanName.given: there are 0; expected at least 1',
    ]);
  });

  test('are alternatives: the value conforms to one of them', async () => {
    const either = [typed(`${base}full`, `${base}plain`), full, plain];
    expect(await errorsOf(patient({ text: 'A' }, { family: 'A', given: ['B'] }), either)).toEqual([]);
    const [found = ''] = await errorsOf(patient({ use: 'old' }), either);
    expect(found).toContain('error Patient.name[0]: Conforms to none of the profiles of which one is expected');
    expect(found).toContain(`${base}full`);
    expect(found).toContain('HumanName.text: there are 0; expected at least 1');
  });

  test('that are not known are an error where there is a value', async () => {
    expect(await errorsOf(patient(), [typed(`${base}lost`)])).toEqual([]);
    expect(await errorsOf(patient({ text: 'A' }), [typed(`${base}lost`)])).toEqual([
      'error Patient.name[0]: The profile http://example.org/fhir/StructureDefinition/lost, which is asked for here, is not known; expected one that is loaded',
    ]);
  });

  test('that only name the type ask for nothing more', async () => {
    expect(await errorsOf(patient({}), [typed('http://hl7.org/fhir/StructureDefinition/HumanName')])).toEqual([]);
  });

  test('may be one element of another profile', async () => {
    const library = profileOf('library', 'Composition', [
      {
        id: 'Composition.section',
        path: 'Composition.section',
        slicing: { discriminator: [{ type: 'value', path: 'title' }], rules: 'open' },
      },
      { id: 'Composition.section:plan', path: 'Composition.section', sliceName: 'plan' },
      { id: 'Composition.section:plan.title', path: 'Composition.section.title', min: 1, fixedString: 'Plan' },
      { id: 'Composition.section:plan.text', path: 'Composition.section.text', min: 1 },
    ]);
    const part = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-profile-element';
    const own = profileOf('own', 'Composition', [
      {
        path: 'Composition.section',
        type: [
          {
            code: 'BackboneElement',
            profile: [`${base}library`],
            _profile: [{ extension: [{ url: part, valueString: 'Composition.section:plan' }] }],
          },
        ],
      },
    ]);
    const composition = (section: object) => ({ resourceType: 'Composition', section: [section] });
    expect(await errorsOf(composition({ title: 'Plan', text: {} }), [own, library])).toEqual([]);
    expect(brief(await errorsOf(composition({ title: 'Plan' }), [own, library]))).toEqual([
      'Composition.section[0]: Composition.section:plan.text: there are 0; expected at least 1',
    ]);
  });

  test('SimpleQuantity is known without being loaded', async () => {
    const simple = profileOf('simple', 'Observation', [
      { path: 'Observation.value[x]', type: [{ code: 'Quantity', profile: ['http://hl7.org/fhir/StructureDefinition/SimpleQuantity'] }] },
    ]);
    expect(await errorsOf(observation({ valueQuantity: { value: 1 } }), [simple])).toEqual([]);
    expect(await errorsOf(observation({ valueQuantity: { value: 1, comparator: '<' } }), [simple])).toHaveLength(1);
  });
});

test('mustSupport is no error', async () => {
  const supported = profileOf('supported', 'Patient', [{ path: 'Patient.name', mustSupport: true }]);
  expect((await check({ resourceType: 'Patient' }, [supported])).issues).toEqual([]);
});
