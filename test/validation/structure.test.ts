import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/fhir/json.ts';
import type { Issue } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { sharedData } from '../support/shared-data.ts';
import { type Example, faulty, full, inFolder, inZip, official, officialNames } from './example.ts';
import { mutations, placesOf } from './mutation.ts';

const definitions = loadDefinitions();
const validate = compileValidator(definitions, { warnings: false });
const issuesOf = (resource: unknown, at?: string): Issue[] => validate(resource as Resource, at);
const brief = (issues: readonly Issue[]): string[] => issues.map(({ code, expression }) => `${code} ${expression?.join()}`);
const found = (resource: unknown, at?: string): string[] => brief(issuesOf(resource, at));
const texts = (resource: unknown): string =>
  issuesOf(resource)
    .map(({ diagnostics }) => diagnostics)
    .join('\n');
const patient = (elements: object): object => ({ resourceType: 'Patient', ...elements });
const observation = (elements: object): object => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...elements });
/** A patient that holds the resource, and refers to it as `#a`. */
const holding = (contained: object): object => patient({ contained: [contained], link: [{ other: { reference: '#a' }, type: 'refer' }] });
const why = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] };

describe('A resource of the official examples', () => {
  const names = officialNames(25).filter((name) => !faulty.has(name));

  test('has no structural fault', () => {
    const faults = names
      .map(official)
      .flatMap(({ name, resource }) => issuesOf(resource).map((issue) => `${name} ${issue.expression} ${issue.diagnostics}`));
    expect(faults).toEqual([]);
    expect(names.length).toBeGreaterThan(full ? 5000 : 200);
  }, 300_000);

  test.each([...faulty])('%s has the fault it is known for', (name, path) => {
    expect(issuesOf(official(name).resource)[0]?.expression).toEqual([path]);
  });
});

describe('Public data sets have no structural fault', () => {
  const knownFaults = /ActorDefinition|DiagnosticReport-cardiology-report|us_quality_core_bundle_patient/;
  const faultsOf = (examples: Iterable<Example>): string[] =>
    [...examples]
      .filter(({ name }) => !knownFaults.test(name))
      .flatMap(({ name, resource }) => issuesOf(resource).map((issue) => `${name} ${issue.expression} ${issue.diagnostics}`));

  const folders: [string, number][] = [
    ['synthea/2020-v2.5.0', 20],
    ['synthea/2019-v2.4.0-chronic', 10],
    ['synthea/conditional-references', 1],
    ['bulk-ndjson-10-patients', 4],
    ['us-core-inferno-patients', 3],
    ['genomics/genomics-reporting-examples', 4],
    ['cgm/hl7-cgm-examples', 1],
    ['ips/hl7-ips-2-examples', 2],
  ];
  for (const [folder, every] of folders) {
    const path = sharedData(...folder.split('/'));
    // Shared data is not part of a clone: without it there is nothing to read.
    (path ? test : test.skip)(folder, () => expect(faultsOf(inFolder(path ?? '', every))).toEqual([]), 120_000);
  }

  const packages = [
    'hl7.fhir.us.core-3.1.1',
    'hl7.fhir.us.core-6.1.0',
    'hl7.fhir.us.core-7.0.0',
    'hl7.fhir.uv.ips-1.1.0',
    'hl7.fhir.uv.ipa-1.0.0',
  ];
  for (const name of packages) {
    const path = sharedData('ig-packages', `${name}.zip`);
    const check = async () => expect(faultsOf(await inZip(path ?? '', /^package\/example\/.*\.json$/, 8))).toEqual([]);
    // Shared data is not part of a clone: without it there is nothing to read.
    (path ? test : test.skip)(`examples of ${name}`, check, 120_000);
  }
});

describe('The type of a resource (https://hl7.org/fhir/R4/json.html#resources)', () => {
  test.each([
    ['missing', {}, 'structure Resource.resourceType'],
    ['misspelt', { resourceType: 'Patent' }, 'structure Resource.resourceType'],
    ['abstract', { resourceType: 'DomainResource' }, 'structure Resource.resourceType'],
    ['a data type', { resourceType: 'HumanName' }, 'structure Resource.resourceType'],
    ['no string', { resourceType: ['Patient'] }, 'structure Resource.resourceType'],
    ['an inherited name', { resourceType: 'constructor' }, 'structure Resource.resourceType'],
    ['asked of null', null, 'structure Resource'],
    ['asked of a list', [], 'structure Resource'],
    ['missing in contained', holding({ id: 'a' }), 'structure Patient.contained[0].resourceType'],
    [
      'unknown in an entry',
      { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'DELETE', url: 'X/1' }, resource: { resourceType: 'X' } }] },
      'structure Bundle.entry[0].resource.resourceType',
    ],
    [
      'unknown in a parameter',
      { resourceType: 'Parameters', parameter: [{ name: 'a', resource: {} }] },
      'structure Parameters.parameter[0].resource.resourceType',
    ],
  ])('is refused when it is %s', (_, resource, expected) => {
    expect(found(resource)).toEqual([expected]);
  });

  test('is suggested when it is misspelt', () => {
    expect(texts({ resourceType: 'Patent' })).toContain('did you mean "Patient"?');
  });

  test('may be an additional one, with its definition named at the root', () => {
    const study = { resourceType: 'GenomicStudy', status: 'available', subject: { reference: 'Patient/1' } };
    const resourceDefinition = 'http://hl7.org/fhir/5.0/StructureDefinition/GenomicStudy|5.0.0';
    expect(found({ ...study, resourceDefinition, reason: [{ reference: { reference: 'Condition/1' } }] })).toEqual([]);
    expect(found({ ...study, resourceDefinition: 5 })).toEqual(['structure GenomicStudy.resourceDefinition']);
    expect(found(patient({ resourceDefinition }))).toEqual(['structure Patient.resourceDefinition']);
  });
});

describe('Elements', () => {
  test.each([
    ['unknown', patient({ nmae: [] }), ['structure Patient.nmae']],
    ['unknown in a data type', patient({ name: [{ gven: ['a'] }] }), ['structure Patient.name[0].gven']],
    ['unknown in a backbone element', patient({ contact: [{ nam: {}, name: { text: 'x' } }] }), ['structure Patient.contact[0].nam']],
    [
      'named like a member of every object',
      JSON.parse('{"resourceType":"Patient","__proto__":{},"constructor":1,"toString":2}'),
      ['structure Patient.__proto__', 'structure Patient.constructor', 'structure Patient.toString'],
    ],
    ['comments of DSTU2', patient({ fhir_comments: ['x'] }), ['structure Patient.fhir_comments']],
    ['named so that FHIRPath must quote it', patient({ 'a`b c': 1 }), ['structure Patient.`a\\`b c`']],
    ['a list in place of one', patient({ birthDate: ['2020'] }), ['structure Patient.birthDate']],
    ['one in place of a list', patient({ name: { text: 'x' } }), ['structure Patient.name']],
    ['an empty list', patient({ name: [] }), ['structure Patient.name']],
    ['an empty object', patient({ name: [{}] }), ['structure Patient.name[0]']],
    ['an object with an id only', patient({ name: [{ id: 'a' }] }), ['invariant Patient.name[0]']],
    [
      'null',
      patient({ birthDate: null, maritalStatus: null, name: [null] }),
      ['structure Patient.birthDate', 'structure Patient.maritalStatus', 'structure Patient.name[0]'],
    ],
    ['a list in a list', patient({ name: [[{ text: 'x' }]] }), ['structure Patient.name[0]']],
    ['missing', { resourceType: 'Observation', code: { text: 'x' } }, ['required Observation']],
    ['missing deep inside', patient({ link: [{ type: 'refer' }] }), ['required Patient.link[0]']],
    [
      'missing, a choice',
      { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/1' } },
      ['required MedicationRequest'],
    ],
    ['two of a choice', observation({ valueString: 'x', valueBoolean: true }), ['structure Observation.value']],
    [
      'three of a choice',
      observation({ valueString: 'x', valueBoolean: true, valueInteger: 1 }),
      ['structure Observation.value', 'structure Observation.value'],
    ],
    ['a choice and the twin of another', patient({ deceasedBoolean: true, _deceasedDateTime: why }), ['structure Patient.deceased']],
    ['a choice of a type that is not offered', observation({ valueCode: 'x' }), ['structure Observation.valueCode']],
  ])('%s', (_, resource, expected) => {
    expect(found(resource)).toEqual(expected);
  });

  test.each([
    [patient({ nmae: [] }), 'did you mean "name"?'],
    [observation({ valueInt: 1 }), 'did you mean "valueInteger"?'],
    [observation({ value: 1 }), 'valueQuantity, valueCodeableConcept, valueString'],
    [patient({ deceasedBoolean: true, deceasedDateTime: '2020' }), 'More than one deceased[x]'],
    [patient({ active: 'true' }), 'true or false, without quotes'],
    [observation({ valueInteger: '1' }), 'a JSON number, without quotes'],
    [patient({ name: 'Smith' }), 'expected an array'],
  ])('tell what would be right: %j', (resource, expected) => {
    expect(texts(resource)).toContain(expected);
  });

  test('stand under the path that is given for the root', () => {
    expect(found(patient({ name: [{ given: ['a', 1] }] }), 'Bundle.entry[3].resource')).toEqual([
      'structure Bundle.entry[3].resource.name[0].given[1]',
    ]);
  });

  test('never show a value, and cut long names', () => {
    const secret = 'Sibylle Geheim';
    const all = texts(
      patient({ birthDate: secret, active: secret, name: secret, ['n'.repeat(500)]: secret, managingOrganization: { reference: secret } }),
    );
    expect(all).not.toContain('Geheim');
    expect(all).toContain(`"${'n'.repeat(64)}…"`);
    expect(found(patient({ ['n'.repeat(500)]: 1 }))).toEqual([`structure Patient.${'n'.repeat(64)}`]);
  });

  test('are listed up to a hundred faults, then counted', () => {
    const issues = issuesOf(patient({ name: Array.from({ length: 100_000 }, () => ({})) }));
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)?.diagnostics).toContain('99900 more');
  });

  test('nested beyond reason are refused, not followed', () => {
    let item: object = { linkId: 'x', type: 'group' };
    for (let i = 0; i < 20_000; i++) item = { linkId: 'x', type: 'group', item: [item] };
    expect(texts({ resourceType: 'Questionnaire', status: 'draft', item: [item] })).toContain('Too deep');
  });
});

describe('Primitive elements beside their twins (https://hl7.org/fhir/R4/json.html#primitive)', () => {
  test.each([
    ['a value with an id', patient({ birthDate: '2020', _birthDate: { id: 'x' } })],
    ['an extension in place of a value', patient({ _birthDate: why })],
    ['an extension in place of a required value', { resourceType: 'Observation', _status: why, code: { text: 'x' } }],
    ['an extension in place of a choice', observation({ _valueString: why })],
    ['values with gaps that extensions fill', patient({ name: [{ given: ['a', null], _given: [null, why] }] })],
    ['extensions only', patient({ name: [{ _given: [why] }] })],
    ['an extension in place of its own value', patient({ extension: [{ url: 'x', _valueString: why }] })],
  ])('may be %s', (_, resource) => {
    expect(issuesOf(resource)).toEqual([]);
  });

  test.each([
    ['a gap without extension', patient({ name: [{ given: ['a', null] }] }), ['structure Patient.name[0].given[1]']],
    ['a gap in both', patient({ name: [{ given: [null], _given: [null] }] }), ['structure Patient.name[0].given[0]']],
    ['twins of another length', patient({ name: [{ given: ['a'], _given: [null, why] }] }), ['structure Patient.name[0].given']],
    ['nothing but a gap', patient({ name: [{ _given: [null] }] }), ['structure Patient.name[0].given[0]']],
    ['an id without a value', patient({ _birthDate: { id: 'x' } }), ['invariant Patient.birthDate']],
    ['an empty twin', patient({ birthDate: '2020', _birthDate: {} }), ['structure Patient.birthDate']],
    ['a twin that is a value', patient({ birthDate: '2020', _birthDate: '2020' }), ['structure Patient.birthDate']],
    ['a twin that is null', patient({ birthDate: '2020', _birthDate: null }), ['structure Patient.birthDate']],
    ['a twin with children', patient({ birthDate: '2020', _birthDate: { value: '2020' } }), ['structure Patient.birthDate.value']],
    ['a single twin of a list', patient({ name: [{ given: ['a'], _given: why }] }), ['structure Patient.name[0].given']],
    ['a list as twin of one', patient({ birthDate: '2020', _birthDate: [why] }), ['structure Patient.birthDate']],
    ['null with a twin', patient({ birthDate: null, _birthDate: why }), ['structure Patient.birthDate']],
    [
      'a list of twins beside null',
      patient({ name: [{ given: null, _given: [null] }] }),
      ['structure Patient.name[0].given', 'structure Patient.name[0].given[0]'],
    ],
    ['the twin of a complex element', patient({ _name: [why] }), ['structure Patient._name']],
    [
      'the twin of an XML attribute',
      patient({ extension: [{ url: 'x', _url: why, valueString: 'x' }] }),
      ['structure Patient.extension[0]._url'],
    ],
  ])('may not be %s', (_, resource, expected) => {
    expect(found(resource)).toEqual(expected);
  });
});

describe('Extensions, contained resources, narratives, references', () => {
  test.each([
    ['an extension without url', patient({ extension: [{ valueString: 'x' }] }), ['required Patient.extension[0]']],
    ['an extension without content', patient({ extension: [{ url: 'x' }] }), ['invariant Patient.extension[0]']],
    [
      'an extension with value and extensions',
      patient({ extension: [{ url: 'x', valueString: 'x', ...why }] }),
      ['invariant Patient.extension[0]'],
    ],
    ['a contained resource without id', patient({ contained: [patient({})] }), ['required Patient.contained[0]']],
    [
      'contained in contained',
      holding({ ...holding(patient({ id: 'b' })), id: 'a', link: [{ other: { reference: '#b' }, type: 'refer' }] }),
      ['invariant Patient.contained[0].link[0].other', 'invariant Patient.contained[0].contained'],
    ],
    ['a fault in a contained resource', holding(patient({ id: 'a', x: 1 })), ['structure Patient.contained[0].x']],
    ['a narrative that is no div', patient({ text: { status: 'generated', div: '<p>x</p>' } }), ['value Patient.text.div']],
    [
      'a narrative whose element only begins like div',
      patient({ text: { status: 'generated', div: '<divide/>' } }),
      ['value Patient.text.div'],
    ],
    ['a narrative without div', patient({ text: { status: 'generated' } }), ['required Patient.text']],
    ['an id that is none', patient({ id: 'a b' }), ['value Patient.id']],
    ['an id of 65 characters', patient({ id: 'x'.repeat(65) }), ['value Patient.id']],
  ])('%s is refused', (_, resource, expected) => {
    expect(found(resource)).toEqual(expected);
  });

  test.each([
    '#x',
    'Patient/1',
    'Patient/1/_history/2',
    'Device/1',
    'https://example.org/fhir/Foo/1',
    'urn:uuid:x',
    'urn:oid:1.2',
    'Patient?identifier=a|b',
  ])('the reference %s has a form of the specification', (reference) => {
    const contained = reference === '#x' ? { contained: [patient({ id: 'x' })] } : {};
    expect(issuesOf(observation({ ...contained, subject: { reference } }))).toEqual([]);
  });

  test('the reference GenomicStudy/1 has a form of the specification, for it is a type of this server', () => {
    expect(issuesOf(observation({ focus: [{ reference: 'GenomicStudy/1' }] }))).toEqual([]);
  });

  test.each([
    '',
    ' ',
    '1',
    'Patient',
    'Patient/',
    'Patient/a b',
    '/Patient/1',
    'Patient/1/2',
    'patient/1',
    'Patient?',
    'Foo/1',
    'Patien/1',
    'http://a b',
    `Patient/${'x'.repeat(65)}`,
  ])('the reference "%s" is refused', (reference) => {
    expect(found(observation({ subject: { reference } }))).toEqual(['value Observation.subject.reference']);
  });

  test('a reference to a misspelt type gets a suggestion', () => {
    expect(texts(observation({ subject: { reference: 'Patien/1' } }))).toContain('did you mean "Patient"?');
  });
});

describe('Codes bound to an enumerated value set (https://hl7.org/fhir/R4/terminologies.html#required)', () => {
  test('are refused when the set has no such code, and the codes are told', () => {
    expect(found(patient({ gender: 'man' }))).toEqual(['code-invalid Patient.gender']);
    expect(texts(patient({ gender: 'man' }))).toContain('expected one of: female, male, other, unknown');
    expect(found(patient({ gender: '' }))).toEqual(['value Patient.gender']);
    expect(found(patient({ gender: 1 }))).toEqual(['structure Patient.gender']);
  });

  test('get a suggestion from a long list', () => {
    const task = { resourceType: 'Task', status: 'draft', intent: 'order', focus: { reference: 'Patient/1', type: 'Patient' } };
    expect(found(task)).toEqual([]);
    expect(texts({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'strcture' }] })).toContain(
      'did you mean "structure"?',
    );
  });

  test('are not judged where the set cannot be listed', () => {
    expect(issuesOf(patient({ language: 'x-unheard', photo: [{ contentType: 'application/unheard' }] }))).toEqual([]);
  });
});

describe('Whole numbers keep to the form in which they are written', () => {
  test.each([
    ['1', []],
    ['-2147483648', []],
    ['2147483647', []],
    ['2147483648', ['value Observation.value']],
    ['1.5', ['value Observation.value']],
    ['1.0', ['value Observation.value']],
    ['1e2', ['value Observation.value']],
    ['"1"', ['structure Observation.value']],
  ])('%s as an integer', (number, expected) => {
    const text = `{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueInteger":${number}}`;
    expect(found(parseJson(text))).toEqual(expected);
  });
});

describe('A broken official example', () => {
  const names = officialNames(40).filter((name) => !faulty.has(name));
  let examples: Resource[] = [];
  beforeAll(() => {
    examples = names.map((name) => official(basename(name)).resource).filter((resource) => JSON.stringify(resource).length < 100_000);
  });

  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    'is caught at its place: %s',
    (_, mutation) => {
      const run = (which: number, where: number) => {
        const resource = structuredClone(examples[which % examples.length]) as Resource;
        const fitting = placesOf(definitions, resource).filter((place) => mutation.fits(place));
        const place = fitting[where % fitting.length];
        if (place === undefined) return;
        const { path, code } = mutation.apply(place);
        expect(found(resource)).toContain(`${code} ${path}`);
      };
      fc.assert(fc.property(fc.nat(), fc.nat(), run), { numRuns: full ? 3000 : 100 });
    },
    120_000,
  );
});

describe('Anything at all under a resource type', () => {
  const names = [...new Set(definitions.resourceTypes.flatMap((type) => [...definitions.properties(type).keys()]))];
  const someNames = [
    'id',
    'extension',
    'contained',
    'text',
    'value',
    'reference',
    'resourceType',
    'url',
    '_url',
    '__proto__',
    'div',
    'coding',
  ];
  const key = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom(...names.map((name) => `_${name}`)),
    fc.constantFrom(...someNames),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, depthSize: 'small', withCrossShrink: true },
      fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom(...definitions.resourceTypes)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));

  test('gets issues with a place and a text, and never an exception', () => {
    const elements = fc.dictionary(key, value, { maxKeys: 8, noNullPrototype: true });
    const run = (resourceType: string, rest: object) => {
      for (const issue of issuesOf({ ...rest, resourceType })) {
        expect(issue.diagnostics).not.toBe('');
        expect(issue.expression?.[0]?.startsWith(resourceType)).toBe(true);
      }
    };
    fc.assert(fc.property(fc.constantFrom(...definitions.resourceTypes), elements, run), { numRuns: full ? 20_000 : 200 });
    fc.assert(
      fc.property(value, (anything) => void issuesOf(anything)),
      { numRuns: 100 },
    );
  }, 120_000);
});
