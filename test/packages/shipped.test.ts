/** The packages that come with the server, as they lie in fhir-profiles/. */
import { describe, expect, test } from '@jest/globals';
import { isObject, type Resource } from '../../src/fhir/resource.ts';
import { packageName } from '../../src/packages/manifest.ts';
import { type ShippedResources, shippedPackages, shippedResources } from '../../src/packages/shipped.ts';

const all = shippedResources();

const one = (shipped: ShippedResources, type: string, url: string, version?: string): Resource => {
  const found = shipped.find(type, url).filter((each) => version === undefined || each.version === version);
  expect(found).toHaveLength(1);
  return (found[0] as (typeof found)[number]).read();
};

const elementsOf = ({ differential }: Resource): { path: string; sliceName?: string }[] =>
  isObject(differential) ? (differential['element'] as { path: string }[]) : [];

const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition';

describe('shipped packages', () => {
  test('are named with their versions', () => {
    expect(shippedPackages().map(packageName)).toEqual([
      'hl7.fhir.r4.core#4.0.1',
      'hl7.fhir.us.core#6.1.0',
      'hl7.fhir.us.core#7.0.0',
      'hl7.fhir.uv.cgm#1.0.0',
      'hl7.fhir.uv.genomics-reporting#4.0.0-cibuild',
      'hl7.fhir.uv.ipa#1.0.0',
      'hl7.fhir.uv.ips#1.1.0',
    ]);
  });

  test.each([
    ['R4', 'http://hl7.org/fhir/StructureDefinition/bp', '4.0.1'],
    ['R4', 'http://hl7.org/fhir/StructureDefinition/vitalsigns', '4.0.1'],
    ['R4', 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', '4.0.1'],
    ['R4', 'http://hl7.org/fhir/StructureDefinition/Patient', '4.0.1'],
    ['US Core', `${usCore}/us-core-patient`, '6.1.0'],
    ['US Core', `${usCore}/us-core-race`, '7.0.0'],
    ['IPS', 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips', '1.1.0'],
    ['IPA', 'http://hl7.org/fhir/uv/ipa/StructureDefinition/ipa-patient', '1.0.0'],
    ['Genomics Reporting', 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/variant', '4.0.0-cibuild'],
    ['CGM', 'http://hl7.org/fhir/uv/cgm/StructureDefinition/cgm-summary', '1.0.0'],
  ])('hold the structures of %s: %s', (_, url, version) => {
    const found = one(all, 'StructureDefinition', url, version);
    expect(found).toMatchObject({ resourceType: 'StructureDefinition', url, version });
    expect(elementsOf(found).length).toBeGreaterThan(0);
  });

  test('hold every structure of R4 that another structure builds on, and no example', () => {
    const seen = new Set<string>();
    for (let url: unknown = 'http://hl7.org/fhir/StructureDefinition/bodyweight'; typeof url === 'string'; ) {
      seen.add(url.replace(/.*\//, ''));
      url = one(all, 'StructureDefinition', url)['baseDefinition'];
    }
    expect([...seen]).toEqual(['bodyweight', 'vitalsigns', 'Observation', 'DomainResource', 'Resource']);
    expect(all.find('StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/example')).toEqual([]);
  });

  test('keep what is to be valid and leave out what is written for people', () => {
    const race = one(all, 'StructureDefinition', `${usCore}/us-core-race`, '7.0.0');
    expect(Object.keys(race)).not.toEqual(expect.arrayContaining(['snapshot', 'text', 'mapping', 'contact', 'description']));
    expect(elementsOf(race).find(({ sliceName }) => sliceName === 'ombCategory')).toMatchObject({
      path: 'Extension.extension',
      max: '6',
      mustSupport: true,
      type: [{ code: 'Extension' }],
    });
    expect(elementsOf(race).find(({ path }) => path === 'Extension.url')).toMatchObject({ fixedUri: `${usCore}/us-core-race` });
  });

  test('keep extensions that say what is valid', () => {
    const base = JSON.stringify(one(all, 'StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/Resource'));
    expect(base).toContain('elementdefinition-maxValueSet');
    expect(base).not.toContain('elementdefinition-bindingName');
  });

  test('of two versions, the older one means itself by what it names without version', () => {
    const url = `${usCore}/us-core-blood-pressure`;
    expect(one(all, 'StructureDefinition', url, '6.1.0')['baseDefinition']).toBe(`${usCore}/us-core-vital-signs|6.1.0`);
    expect(one(all, 'StructureDefinition', url, '7.0.0')['baseDefinition']).toBe(`${usCore}/us-core-vital-signs`);
    const alone = shippedResources(({ version }) => version === '6.1.0');
    expect(one(alone, 'StructureDefinition', url)['baseDefinition']).toBe(`${usCore}/us-core-vital-signs`);
  });

  test('count as far as they are wanted; single resources beside them always', () => {
    const none = shippedResources(() => false);
    expect(none.packages).toEqual([]);
    expect(none.find('StructureDefinition', `${usCore}/us-core-patient`)).toEqual([]);
    expect(one(none, 'StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/GenomicStudy')).toMatchObject({ kind: 'resource' });
  });

  test.each(['../../package', 'Patient', ''])('hold nothing of the type %p', (type) => {
    expect(all.find(type, `${usCore}/us-core-patient`)).toEqual([]);
  });
});
