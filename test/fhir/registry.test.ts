/** The registry over the generated model of R4 and the additional types of the project. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Definitions } from '../../src/fhir/definitions.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { projectFile } from '../../src/root.ts';

const definitions = loadDefinitions();

const elementOf = (type: string, name: string) => definitions.type(type)?.elements.find((element) => element.name === name);
const typesOf = (type: string, name: string): string[] | undefined => elementOf(type, name)?.types.map(({ code }) => code);

/** Made folders of additional types; removed at the end. */
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  folders.push(folder);
  mkdirSync(join(folder, 'own'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, 'own', name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const loadWith = (...resources: unknown[]): Definitions =>
  loadDefinitions(folderWith(Object.fromEntries(resources.map((resource, i) => [`${i}.json`, resource]))));

const url = (name: string): string => `http://example.org/StructureDefinition/${name}`;

const meal = {
  resourceType: 'StructureDefinition',
  url: url('Meal'),
  name: 'Meal',
  type: 'Meal',
  kind: 'resource',
  abstract: false,
  derivation: 'specialization',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/CanonicalResource',
  snapshot: {
    element: [
      { path: 'Meal' },
      { path: 'Meal.id', type: [{ code: 'http://hl7.org/fhirpath/System.String' }] },
      { path: 'Meal.subject', min: 1, max: '1', type: [{ code: 'Reference' }] },
      { path: 'Meal.kind', max: '1', type: [{ code: 'code' }], binding: { strength: 'required', valueSet: 'http://example.org/kind' } },
    ],
  },
};

const withElement = (element: unknown) => ({ ...meal, snapshot: { element: [...meal.snapshot.element, element] } });

const subject = {
  resourceType: 'SearchParameter',
  url: 'http://example.org/SearchParameter/Meal-subject',
  code: 'subject',
  type: 'reference',
  base: ['Meal'],
  expression: 'Meal.subject',
};

describe('the types of R4', () => {
  test('are the 146 concrete resource types and those of fhir-profiles, sorted', () => {
    expect(definitions.resourceTypes).toHaveLength(146 + definitions.additionalTypes.length);
    expect(definitions.resourceTypes).toEqual([...definitions.resourceTypes].sort());
  });

  test.each(['Resource', 'DomainResource', 'HumanName', 'Patient.contact', 'patient', '', '__proto__', 'constructor'])(
    '%j is no resource type',
    (name) => {
      expect(definitions.isResourceType(name)).toBe(false);
    },
  );

  test.each(['__proto__', 'constructor', 'Nothing'])('an unknown name %j has no type, no properties and no search parameters', (name) => {
    expect(definitions.type(name)).toBeUndefined();
    expect(definitions.properties(name).size).toBe(0);
    expect(definitions.searchParameters(name).size).toBe(0);
    expect(definitions.codes(name)).toBeUndefined();
  });

  test('name only types that the registry has', () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      const type = definitions.type(name);
      if (type === undefined) throw new Error(`no type ${name}`);
      for (const element of type.elements) for (const { code } of element.types) visit(code);
    };
    for (const name of definitions.resourceTypes) visit(name);
    expect(seen.size).toBeGreaterThan(600);
  });

  test('give every element at least one type', () => {
    const bare = definitions.resourceTypes.flatMap(
      (name) => definitions.type(name)?.elements.filter(({ types }) => types.length === 0) ?? [],
    );
    expect(bare).toEqual([]);
  });

  test('list inherited elements first', () => {
    const names = definitions.type('Patient')?.elements.map(({ name }) => name);
    expect(names?.slice(0, 9)).toEqual([
      'id',
      'meta',
      'implicitRules',
      'language',
      'text',
      'contained',
      'extension',
      'modifierExtension',
      'identifier',
    ]);
  });

  test.each([
    ['Resource', 'id', ['id']],
    ['Patient', 'id', ['id']],
    ['Element', 'id', ['string']],
    ['Extension', 'url', ['uri']],
    ['Narrative', 'div', ['xhtml']],
    ['Patient', 'contact', ['Patient.contact']],
    ['Questionnaire.item', 'item', ['Questionnaire.item']],
    ['Bundle.entry', 'link', ['Bundle.link']],
    ['Observation.component', 'referenceRange', ['Observation.referenceRange']],
    ['Bundle.entry', 'resource', ['Resource']],
  ])('%s.%s is of type %j', (type, name, codes) => {
    expect(typesOf(type, name)).toEqual(codes);
  });

  test.each([
    ['Element', 'id', 'attribute'],
    ['Extension', 'url', 'attribute'],
    ['Narrative', 'div', undefined],
    ['Patient', 'id', undefined],
  ])('%s.%s stands in XML as %s', (type, name, xml) => {
    expect(elementOf(type, name)?.xml).toBe(xml);
  });

  test('keep the cardinality', () => {
    expect(elementOf('Observation', 'status')).toMatchObject({ min: 1, max: 1 });
    expect(elementOf('Patient', 'name')).toMatchObject({ min: 0, max: Number.POSITIVE_INFINITY });
  });

  test('keep the targets of references', () => {
    expect(elementOf('Encounter', 'subject')?.types).toEqual([{ code: 'Reference', targets: ['Patient', 'Group'] }]);
  });

  test.each(['id', 'date', 'instant', 'base64Binary', 'decimal', 'oid'])('the primitive %s has a regular expression', (name) => {
    expect(definitions.type(name)).toMatchObject({ kind: 'primitive', pattern: expect.any(String) });
  });

  test('are computed once', () => {
    expect(definitions.type('Patient')).toBe(definitions.type('Patient'));
    expect(definitions.properties('Patient')).toBe(definitions.properties('Patient'));
    expect(definitions.searchParameters('Patient')).toBe(definitions.searchParameters('Patient'));
  });
});

describe('properties', () => {
  test('expand a choice into one property per type', () => {
    const properties = definitions.properties('Observation');
    expect([...properties.keys()].filter((name) => name.startsWith('value'))).toEqual(
      ['Quantity', 'CodeableConcept', 'String', 'Boolean', 'Integer', 'Range', 'Ratio', 'SampledData', 'Time', 'DateTime', 'Period'].map(
        (type) => `value${type}`,
      ),
    );
    expect(properties.get('valueDateTime')).toMatchObject({ element: { name: 'value', choice: true }, type: { code: 'dateTime' } });
    expect(properties.has('value')).toBe(false);
  });

  test('have no twins', () => {
    expect([...definitions.properties('Patient').keys()].filter((name) => name.startsWith('_'))).toEqual([]);
  });
});

describe('search parameters', () => {
  test.each([
    ['Patient', 'birthdate', 'date'],
    ['Patient', '_id', 'token'],
    ['Patient', '_lastUpdated', 'date'],
    ['Patient', '_text', 'string'],
    ['Observation', 'code-value-quantity', 'composite'],
    ['Observation', 'patient', 'reference'],
    ['RiskAssessment', 'probability', 'number'],
    ['ValueSet', 'url', 'uri'],
    ['Location', 'near', 'special'],
  ])('%s has %s of type %s', (type, code, expected) => {
    expect(definitions.searchParameters(type).get(code)?.type).toBe(expected);
  });

  test('of DomainResource are not those of Bundle, which is none', () => {
    expect(definitions.searchParameters('Bundle').has('_text')).toBe(false);
    expect(definitions.searchParameters('Bundle').has('_id')).toBe(true);
  });

  test('of the examples in the official package are not there', () => {
    expect([...definitions.searchParameters('Condition').values()].filter(({ url: own }) => own.includes('example'))).toEqual([]);
  });

  test('shared by several types are described as each of them means it', () => {
    expect(definitions.searchParameters('AllergyIntolerance').get('patient')?.description).toBe('Who the sensitivity is for');
    expect(definitions.searchParameters('CarePlan').get('patient')?.description).toBe('Who the care plan is for');
  });

  test('all have a description, and none an official one that only introduces a list', () => {
    const all = definitions.resourceTypes.flatMap((type) => [...definitions.searchParameters(type).values()]);
    expect(all.filter(({ description }) => description === '' || description.startsWith('Multiple'))).toEqual([]);
  });

  test('name components that exist', () => {
    const all = definitions.resourceTypes.flatMap((type) => [...definitions.searchParameters(type).values()]);
    const urls = new Set(all.map((parameter) => parameter.url));
    const missing = all.flatMap(({ component = [] }) => component).filter(({ definition }) => !urls.has(definition));
    expect(missing).toEqual([]);
  });
});

describe('compartments', () => {
  test.each(['Patient', 'Encounter', 'RelatedPerson', 'Practitioner', 'Device'] as const)(
    '%s names only search parameters that exist',
    (code) => {
      const members = [...definitions.compartment(code)];
      expect(members.length).toBeGreaterThan(20);
      const missing = members.flatMap(([type, codes]) =>
        codes.filter((one) => one !== '{def}' && !definitions.searchParameters(type).has(one)),
      );
      expect(missing).toEqual([]);
    },
  );

  test('Patient takes in observations by subject and performer', () => {
    expect(definitions.compartment('Patient').get('Observation')).toEqual(['subject', 'performer']);
  });

  test('Patient takes in no organizations', () => {
    expect(definitions.compartment('Patient').has('Organization')).toBe(false);
  });
});

describe('codes', () => {
  test.each([
    ['administrative-gender', 4],
    ['observation-status', 8],
    ['bundle-type', 9],
    ['examplescenario-actor-type', 2],
  ])('of %s are %d', (name, count) => {
    expect(definitions.codes(`http://hl7.org/fhir/ValueSet/${name}`)?.size).toBe(count);
  });

  test('of value sets without end are not listed', () => {
    expect(definitions.codes('http://hl7.org/fhir/ValueSet/mimetypes')).toBeUndefined();
  });

  test('of value sets that import others are listed', () => {
    const types = definitions.codes('http://hl7.org/fhir/ValueSet/all-types');
    expect(['Patient', 'HumanName', 'Any'].map((code) => types?.has(code))).toEqual([true, true, true]);
  });
});

describe('GenomicStudy', () => {
  test('is an additional resource type like any other', () => {
    expect(definitions.additionalTypes).toContain('GenomicStudy');
    expect(definitions.isResourceType('GenomicStudy')).toBe(true);
    expect(definitions.type('GenomicStudy')?.url).toBe('http://hl7.org/fhir/StructureDefinition/GenomicStudy');
  });

  test('brings the data type CodeableReference', () => {
    expect(elementOf('GenomicStudy', 'reason')?.types).toEqual([{ code: 'CodeableReference', targets: ['Condition', 'Observation'] }]);
    expect(definitions.type('CodeableReference')?.elements.map(({ name }) => name)).toEqual(['id', 'extension', 'concept', 'reference']);
  });

  test('has its five search parameters of R5, further ones, and those of every resource', () => {
    const own = [...definitions.searchParameters('GenomicStudy').values()].filter(({ base }) => base.includes('GenomicStudy'));
    const ofR5 = own.filter(({ url }) => url.startsWith('http://hl7.org/fhir/'));
    expect(ofR5.map(({ code }) => code).sort()).toEqual(['focus', 'identifier', 'patient', 'status', 'subject']);
    const further = [
      'analysis',
      'analysis-date',
      'based-on',
      'date',
      'encounter',
      'file',
      'method',
      'region',
      'region-code',
      'specimen',
      'type',
    ];
    expect(own.flatMap(({ code }) => (ofR5.some((each) => each.code === code) ? [] : [code])).sort()).toEqual(further);
    expect(definitions.searchParameters('GenomicStudy').has('_text')).toBe(true);
  });

  test('is in the Patient compartment by patient', () => {
    expect(definitions.compartment('Patient').get('GenomicStudy')).toEqual(['patient']);
  });

  test('has the codes of its status', () => {
    expect([...(definitions.codes('http://hl7.org/fhir/ValueSet/genomicstudy-status') ?? [])]).toContain('available');
  });

  test('comes from a folder that says where it is from', () => {
    expect(readdirSync(projectFile('fhir-profiles', 'genomic-study'))).toContain('README.md');
  });
});

describe('a folder of additional types', () => {
  test('may be missing', () => {
    expect(loadDefinitions(projectFile('no-such-folder')).additionalTypes).toEqual([]);
  });

  test('adds a resource type with its search parameter, compartment and codes', () => {
    const loaded = loadWith(
      meal,
      subject,
      { resourceType: 'CompartmentDefinition', code: 'Patient', resource: [{ code: 'Meal', param: ['subject'] }] },
      { resourceType: 'ValueSet', url: 'http://example.org/kind', compose: { include: [{ system: 'http://example.org/kinds' }] } },
      {
        resourceType: 'CodeSystem',
        url: 'http://example.org/kinds',
        content: 'complete',
        concept: [{ code: 'warm', concept: [{ code: 'hot' }] }],
      },
    );
    expect(loaded.additionalTypes).toEqual(['Meal']);
    expect([...loaded.searchParameters('Meal').keys()]).toEqual(expect.arrayContaining(['subject', '_id', '_text']));
    expect(loaded.compartment('Patient').get('Meal')).toEqual(['subject']);
    expect(loaded.compartment('Patient').has('Observation')).toBe(true);
    expect([...(loaded.codes('http://example.org/kind') ?? [])]).toEqual(['hot', 'warm']);
  });

  test('adds search parameters to types of R4', () => {
    const shoe = {
      ...subject,
      url: 'http://example.org/SearchParameter/shoe',
      code: 'shoe',
      base: ['Patient'],
      expression: 'Patient.extension',
    };
    expect(loadWith(shoe).searchParameters('Patient').get('shoe')?.url).toBe(shoe.url);
  });

  test('cannot take the place of a search parameter of R4', () => {
    const name = { ...subject, url: 'http://example.org/SearchParameter/name', code: 'name', base: ['Patient'] };
    expect(loadWith(name).searchParameters('Patient').get('name')?.url).toBe('http://hl7.org/fhir/SearchParameter/Patient-name');
  });

  test('may hold profiles, which are no types', () => {
    const profile = { ...meal, type: 'Patient', derivation: 'constraint', url: url('my-patient') };
    expect(loadWith(profile).resourceTypes).toHaveLength(146);
  });

  test('may bring one data type twice', () => {
    expect(loadWith(meal, { ...meal }).additionalTypes).toEqual(['Meal']);
  });

  test.each<[string, unknown[], string]>([
    ['an element of an unknown type', [withElement({ path: 'Meal.a', type: [{ code: 'integer64' }] })], 'Meal.a names the type integer64'],
    ['a type of R4 defined anew', [{ ...meal, type: 'Patient', snapshot: { element: [{ path: 'Patient' }] } }], 'defines Patient anew'],
    ['a search parameter of an unknown type', [subject], 'names the type Meal'],
    [
      'a compartment by an unknown search parameter',
      [meal, { resourceType: 'CompartmentDefinition', code: 'Patient', resource: [{ code: 'Meal', param: ['eater'] }] }],
      'takes Meal by eater',
    ],
    ['a StructureDefinition without a snapshot', [{ ...meal, snapshot: undefined }], `${url('Meal')} has no snapshot`],
    ['broken JSON', ['{"resourceType": '], 'is no JSON'],
  ])('is refused for %s', (_sentence, resources, expected) => {
    expect(() => loadWith(...resources)).toThrow(expected);
  });
});
