/** What a write of SearchParameters comes to, and what is refused. https://hl7.org/fhir/R4/searchparameter.html */
import { describe, expect, test } from '@jest/globals';
import { FhirError, type Issue } from '../../src/fhir/outcome.ts';
import { loadRegistry } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { RegisteredParameter } from '../../src/search/registered-parameter.ts';
import { type ParameterWrite, type Registration, registrationOf } from '../../src/search/registration.ts';
import { shoe } from '../support/node.ts';

const { definitions: standard } = loadRegistry();

const owner = 'SearchParameter/shoe';
const write = (resource: Resource, more: Partial<ParameterWrite> = {}): ParameterWrite => ({ owner, resource, at: '', ...more });

/** The issues of a refusal; fails when nothing is refused. */
function issuesOf(writes: readonly ParameterWrite[], registered: readonly RegisteredParameter[] = []): readonly Issue[] {
  try {
    registrationOf(standard, registered, writes);
  } catch (error) {
    expect((error as FhirError).status).toBe(422);
    return (error as FhirError).issues;
  }
  throw new Error('nothing was refused');
}

/** What a registration builds, as if it stood in the database. */
const standing = ({ built }: Registration, state: RegisteredParameter['state'], first = 1): RegisteredParameter[] =>
  built.map((one, i) => ({ ...one, generation: String(first + i), state, job: '1' }));

const built = (resource: Resource, by = owner): RegisteredParameter[] =>
  standing(registrationOf(standard, [], [write(resource, { owner: by })]), 'active');

describe('A SearchParameter', () => {
  test('is built with what searches need of it', () => {
    const { built: list, retired, amended } = registrationOf(standard, [], [write(shoe())]);
    expect([retired, amended]).toEqual([[], []]);
    expect(list).toEqual([
      {
        owner,
        parameter: {
          code: 'shoe',
          url: 'http://example.org/SearchParameter/shoe',
          type: 'token',
          description: 'Size of the shoes',
          base: ['Patient'],
          expression: "Patient.extension('http://example.org/shoe').value",
        },
      },
    ]);
  });

  test.each<[string, object, string, RegExp]>([
    [
      'with a type that does not exist',
      { base: ['Patient', 'Patent'] },
      'SearchParameter.base[1]',
      /"Patent" is not a resource type.*Did you mean Patient/,
    ],
    ['with a dot in its code', { code: 'shoe.size' }, 'SearchParameter.code', /cannot be the name/],
    ['with a colon in its code', { code: 'shoe:size' }, 'SearchParameter.code', /cannot be the name/],
    ['with a code of the specification', { code: '_count' }, 'SearchParameter.code', /cannot be the name/],
    ['with a code that _sort would turn round', { code: '-shoe' }, 'SearchParameter.code', /cannot be the name/],
    ['of type special', { type: 'special' }, 'SearchParameter.type', /only those of the specification/],
    ['without an expression', { expression: undefined }, 'SearchParameter.expression', /none is given/],
    [
      'whose expression does not end',
      { expression: 'Patient.name.where(' },
      'SearchParameter.expression',
      /Patient cannot be searched by "shoe"/,
    ],
    [
      'whose expression has a function that does not exist',
      { expression: 'Patient.name.shout()' },
      'SearchParameter.expression',
      /no function shout/,
    ],
    [
      'whose expression changes with time',
      { expression: 'Patient.birthDate < today()' },
      'SearchParameter.expression',
      /changes with time/,
    ],
    ['whose expression leads nowhere', { expression: 'Patient.shoe' }, 'SearchParameter.expression', /Patient has no element "shoe"/],
    [
      'whose expression is of another type',
      { expression: 'Observation.code' },
      'SearchParameter.expression',
      /leads to no element of Patient/,
    ],
    ['that reads dates from names', { type: 'date', expression: 'Patient.name' }, 'SearchParameter.expression', /gives HumanName/],
    [
      'with a code of the standard and another meaning',
      { code: 'gender' },
      'SearchParameter.code',
      /Patient has "gender" from the specification/,
    ],
    ['with a code of every resource', { code: '_id' }, 'SearchParameter.code', /cannot be the name/],
    [
      'with a composite of one component',
      { type: 'composite', component: [{ definition: 'x', expression: 'x' }] },
      'SearchParameter.component',
      /two components/,
    ],
  ])('%s is refused', (_case, more, expression, text) => {
    const issues = issuesOf([write(shoe(more))]);
    expect(issues[0]?.expression).toEqual([expression]);
    expect(issues[0]?.diagnostics).toMatch(text);
    expect(issues[0]?.severity).toBe('error');
  });

  test('that listens keeps so, and is another one than the standard parameter that reads the same names', () => {
    const heard = shoe({ code: 'heard', type: 'string', expression: 'Patient.name.family', xpathUsage: 'phonetic' });
    expect(registrationOf(standard, [], [write(heard)]).built[0]?.parameter).toMatchObject({ code: 'heard', phonetic: true });
    expect(registrationOf(standard, built(heard), [write({ ...heard, xpathUsage: 'normal' } as Resource)]).built).toHaveLength(1);
    const issues = issuesOf([write(shoe({ code: 'name', type: 'string', expression: 'Patient.name', xpathUsage: 'phonetic' }))]);
    expect(issues[0]?.diagnostics).toMatch(/Patient has "name" from the specification/);
  });

  test('that listens to something without sound is refused', () => {
    const issues = issuesOf([write(shoe({ type: 'string', expression: 'Patient.address', xpathUsage: 'phonetic' }))]);
    expect(issues[0]?.diagnostics).toMatch(/values of type HumanName, string, markdown, and the expression gives Address/);
  });

  test('of several types is refused for the one that it does not fit', () => {
    const issues = issuesOf([write(shoe({ base: ['Patient', 'Observation', 'Group'] }))]);
    expect(issues.map(({ diagnostics }) => diagnostics.split(' ')[0])).toEqual(['Observation', 'Group']);
  });

  test('of every type is good when there is one that it fits', () => {
    const note = {
      base: ['DomainResource'],
      code: 'remark',
      expression: "DomainResource.extension('http://example.org/remark').value",
      type: 'string',
    };
    expect(registrationOf(standard, [], [write(shoe(note))]).built).toHaveLength(1);
    expect(issuesOf([write(shoe({ ...note, expression: 'DomainResource.remark' }))])).toHaveLength(1);
  });

  test('of an additional type is one like any other', () => {
    const analysis = { base: ['GenomicStudy'], code: 'described', expression: 'GenomicStudy.description', type: 'string' };
    expect(registrationOf(standard, [], [write(shoe(analysis))]).built).toHaveLength(1);
  });

  test('of a transaction is refused where it stands, with every other one', () => {
    const first = write(shoe({ code: 'a:b' }), { at: 'Bundle.entry[0].resource', owner: 'SearchParameter/a' });
    const second = write(shoe({ type: 'special' }), { at: 'Bundle.entry[3].resource', owner: 'SearchParameter/b' });
    expect(issuesOf([first, second]).map(({ expression }) => expression)).toEqual([
      ['Bundle.entry[0].resource.code'],
      ['Bundle.entry[3].resource.type'],
    ]);
  });
});

describe('A SearchParameter that says again what the standard says', () => {
  const gender = { code: 'gender', expression: 'Patient.gender' };

  test.each<[string, object]>([
    [
      'by derivedFrom',
      { code: 'gender', derivedFrom: 'http://hl7.org/fhir/SearchParameter/individual-gender', expression: 'Patient.gender.first()' },
    ],
    ['by derivedFrom with a version', { ...gender, derivedFrom: 'http://hl7.org/fhir/SearchParameter/individual-gender|4.0.1' }],
    ['in the same words', { code: 'gender', expression: 'Patient.gender | Person.gender|Practitioner.gender | RelatedPerson.gender' }],
  ])('%s is stored and builds nothing', (_case, more) => {
    expect(registrationOf(standard, [], [write(shoe(more))])).toEqual({ retired: [], amended: [], built: [] });
  });

  test('of some of its types is built for the others', () => {
    const more = {
      code: 'gender',
      base: ['Patient', 'Group'],
      derivedFrom: 'http://hl7.org/fhir/SearchParameter/individual-gender',
      expression: 'Patient.gender | Group.code',
    };
    expect(registrationOf(standard, [], [write(shoe(more))]).built[0]?.parameter.base).toEqual(['Group']);
  });

  test('with another type of values is refused', () => {
    const more = { code: 'gender', type: 'string', derivedFrom: 'http://hl7.org/fhir/SearchParameter/individual-gender' };
    expect(issuesOf([write(shoe(more))])[0]?.diagnostics).toMatch(/choose another code/);
  });
});

describe('Two definitions', () => {
  const registered = built(shoe());

  test('of one code and type are refused', () => {
    const other = write(shoe({ url: 'http://example.org/other' }), { owner: 'SearchParameter/other' });
    expect(issuesOf([other], registered)).toEqual([
      expect.objectContaining({
        expression: ['SearchParameter.code'],
        diagnostics: expect.stringContaining('SearchParameter/shoe already defines "shoe"'),
      }),
    ]);
  });

  test('of one code and type are refused while the first is being built', () => {
    const other = write(shoe({ url: 'http://example.org/other' }), { owner: 'SearchParameter/other' });
    expect(
      issuesOf(
        [other],
        registered.map((one) => ({ ...one, state: 'building' })),
      ),
    ).toHaveLength(1);
  });

  test('of one code and type may follow each other', () => {
    const other = write(shoe({ url: 'http://example.org/other' }), { owner: 'SearchParameter/other' });
    const gone = { owner, at: '' };
    expect(registrationOf(standard, registered, [gone, other])).toMatchObject({
      retired: ['1'],
      built: [{ owner: 'SearchParameter/other' }],
    });
    expect(
      registrationOf(
        standard,
        registered.map((one) => ({ ...one, state: 'retired' })),
        [other],
      ).built,
    ).toHaveLength(1);
  });

  test('of one code and other types stand side by side', () => {
    const other = shoe({
      url: 'http://example.org/other',
      base: ['Person'],
      expression: "Person.extension('http://example.org/shoe').value",
    });
    expect(registrationOf(standard, registered, [write(other, { owner: 'SearchParameter/other' })]).built).toHaveLength(1);
  });

  test('of one url are refused', () => {
    const other = write(shoe({ code: 'boot' }), { owner: 'SearchParameter/other' });
    expect(issuesOf([other], registered)[0]?.expression).toEqual(['SearchParameter.url']);
  });

  test('in one transaction are refused like those one after the other', () => {
    const other = write(shoe({ url: 'http://example.org/other' }), { owner: 'SearchParameter/other', at: 'Bundle.entry[1].resource' });
    expect(issuesOf([write(shoe(), { at: 'Bundle.entry[0].resource' }), other])[0]?.expression).toEqual(['Bundle.entry[1].resource.code']);
  });
});

describe('A definition that is written again', () => {
  const active = built(shoe());
  const changed = shoe({ expression: "Patient.extension('http://example.org/boot').value" });

  test('with the same words does nothing', () => {
    expect(registrationOf(standard, active, [write(shoe())])).toEqual({ retired: [], amended: [], built: [] });
  });

  test('with another description and url keeps its index', () => {
    const words = shoe({ description: 'Shoes', url: 'http://example.org/SearchParameter/shoes' });
    const { retired, amended, built: list } = registrationOf(standard, active, [write(words)]);
    expect([retired, list]).toEqual([[], []]);
    expect(amended).toMatchObject([
      { generation: '1', parameter: { description: 'Shoes', url: 'http://example.org/SearchParameter/shoes' } },
    ]);
  });

  test.each<[string, object]>([
    ['expression', { expression: "Patient.extension('http://example.org/boot').value" }],
    ['code', { code: 'boot' }],
    ['type of values', { type: 'string' }],
    ['types', { base: ['Patient', 'Person'], expression: "extension('http://example.org/shoe').value" }],
  ])('with another %s is built, and the active one stays meanwhile', (_what, more) => {
    expect(registrationOf(standard, active, [write(shoe(more))])).toMatchObject({ retired: [], amended: [], built: [{ owner }] });
  });

  test('while a change is built takes its place', () => {
    const both = [...active, ...standing(registrationOf(standard, active, [write(changed)]), 'building', 2)];
    const third = write(shoe({ type: 'string' }));
    expect(registrationOf(standard, both, [third])).toMatchObject({ retired: ['2'], built: [{ parameter: { type: 'string' } }] });
  });

  test('as it was before the change that is being built takes the change back', () => {
    const both = [...active, ...standing(registrationOf(standard, active, [write(changed)]), 'building', 2)];
    expect(registrationOf(standard, both, [write(shoe())])).toEqual({ retired: ['2'], amended: [], built: [] });
  });

  test('as it is being built changes nothing', () => {
    const both = [...active, ...standing(registrationOf(standard, active, [write(changed)]), 'building', 2)];
    expect(registrationOf(standard, both, [write(changed)])).toEqual({ retired: [], amended: [], built: [] });
  });

  test('and withdrawn is over, the active one and the one that is being built', () => {
    const both = [...active, ...standing(registrationOf(standard, active, [write(changed)]), 'building', 2)];
    expect(registrationOf(standard, both, [{ owner, at: '' }])).toEqual({ retired: ['1', '2'], amended: [], built: [] });
  });
});
