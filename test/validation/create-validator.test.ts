/** The parts of the validator together: https://hl7.org/fhir/R4/validation.html */
import { describe, expect, test } from '@jest/globals';
import { Value } from '../../src/fhir/fhirpath/value.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import type { PreparedProfile, Profiles } from '../../src/validation/profiles.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import type { ConformanceSource, Rule, Surroundings, ValidationOptions } from '../../src/validation/validation.ts';
import { type Definition, terminologyOf } from '../support/terminology.ts';

const definitions = loadDefinitions();
const base = compileValidator(definitions, { warnings: false });

type Check = PreparedProfile['check'];

interface World {
  readonly rules?: readonly Rule[];
  readonly profiles?: Readonly<Record<string, Check>>;
  readonly resources?: readonly Resource[];
  readonly terms?: readonly Definition[];
}

function validatorOf({ rules = [], profiles = {}, resources = [], terms = [] }: World) {
  const source: ConformanceSource = {
    find: async (type, canonical) => resources.find((one) => one.resourceType === type && one['url'] === canonical),
    generation: 0,
  };
  const known: Profiles = {
    prepare: async (canonical) => {
      const check = profiles[canonical];
      return check === undefined ? undefined : { canonical, check };
    },
    extensions: () => ({ prepare: () => undefined, check: () => undefined }),
  };
  return createValidator({ definitions, base, rules, profiles: known, source, terminology: terminologyOf(terms) });
}

async function told(world: World, resource: object, options?: ValidationOptions): Promise<string[]> {
  const issues = await validatorOf(world).validate(resource as Resource, options);
  return issues.map(({ severity, expression, diagnostics }) => `${severity} ${expression?.[0]}: ${diagnostics}`);
}

const patient = { resourceType: 'Patient' };
const says =
  (text: string): Check =>
  (_resource, at, report) =>
    report.add('error', 'invariant', at, text);

describe('what is said', () => {
  test('is said once, and the most severe first', async () => {
    const rule: Rule = {
      check: (_resource, at, report) => {
        report.add('information', 'informational', at, 'a note');
        report.add('warning', 'business-rule', at, 'a warning');
        for (let i = 0; i < 3; i++) report.add('error', 'invariant', at, 'an error');
      },
    };
    expect(await told({ rules: [rule] }, patient)).toEqual([
      'error Patient: an error',
      'warning Patient: a warning',
      'information Patient: a note',
    ]);
  });

  test('is so much that it can be read; the rest is counted', async () => {
    const rule: Rule = {
      check: (_resource, at, report) => {
        for (let i = 0; i < 700; i++) report.add('warning', 'invariant', `${at}.name[${i}]`, 'wrong');
      },
    };
    const found = await told({ rules: [rule] }, patient);
    expect(found).toHaveLength(501);
    expect(found.at(-1)).toContain('There are 200 more warnings; the first 500 are listed');
  });

  test('of a resource whose type is not known is that alone', async () => {
    expect(await told({ rules: [{ check: says('never') }] }, { resourceType: 'Patiant' })).toEqual([
      'error Resource.resourceType: "Patiant" is no resource type; did you mean "Patient"?',
    ]);
  });
});

describe('rules', () => {
  test('see every resource of their types, wherever it stands', async () => {
    const seen: string[] = [];
    const rule: Rule = { types: ['Organization'], check: (_resource, at) => void seen.push(at) };
    const organization = { resourceType: 'Organization', name: 'O' };
    const holder = { ...patient, contained: [{ ...organization, id: 'o' }], managingOrganization: { reference: '#o' } };
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: organization }, { resource: holder }] };
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'a', part: [{ name: 'b', resource: bundle }] }] };
    await told({ rules: [rule] }, parameters);
    const inside = 'Parameters.parameter[0].part[0].resource.entry';
    expect(seen).toEqual([`${inside}[0].resource`, `${inside}[1].resource.contained[0]`]);
  });

  test('find what they ask for, and know when nobody has it', async () => {
    const needed = { resourceType: 'Questionnaire', url: 'http://q', status: 'draft' };
    const rule: Rule = {
      check: (_resource, at, report, _surroundings, found) =>
        report.add('error', 'invariant', at, `${found('Questionnaire', 'http://q')?.resourceType}, ${found('Questionnaire', 'http://r')}`),
    };
    expect(await told({ rules: [rule], resources: [needed] }, patient)).toEqual(['error Patient: Questionnaire, undefined']);
  });

  test('are given only values of the kinds that the definitions say', async () => {
    const seen: Resource[] = [];
    const rule: Rule = { types: ['Patient'], check: (resource) => void seen.push(resource) };
    const broken = { ...patient, active: 'yes', name: [{ given: ['A', 1, null], family: {} }, 'B'], contact: {}, contained: [1], what: 1 };
    const found = await told({ rules: [rule] }, broken);
    expect(found.length).toBeGreaterThan(5);
    expect(seen).toEqual([{ resourceType: 'Patient', name: [{ given: ['A', null, null] }, {}], contained: [null] }]);
  });
});

describe('profiles', () => {
  const profiles = { 'http://p': says('of the profile') };
  const claiming = (canonical: string) => ({ ...patient, meta: { profile: [canonical] } });

  test('are those that are claimed and those that are asked for', async () => {
    expect(await told({ profiles }, claiming('http://p'))).toEqual(['error Patient: of the profile']);
    expect(await told({ profiles }, patient, { profiles: ['http://p'] })).toEqual(['error Patient: of the profile']);
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: claiming('http://p') }] };
    expect(await told({ profiles }, bundle)).toEqual(['error Bundle.entry[0].resource: of the profile']);
  });

  test('that are not known are a warning where they are claimed, an error where they are asked for', async () => {
    expect(await told({}, claiming('http://q'))).toEqual([
      expect.stringContaining('warning Patient.meta.profile[0]: The profile "http://q" is not known'),
    ]);
    expect(await told({}, patient, { profiles: ['http://q'] })).toEqual([expect.stringContaining('error Patient: The profile "http://q"')]);
  });

  test('that cannot be used say why, where they are claimed', async () => {
    const source: ConformanceSource = { find: async () => undefined, generation: 0 };
    const profile: PreparedProfile = {
      canonical: 'http://f',
      fault: { code: 'not-found', text: 'its base is not known' },
      check: says('never'),
    };
    const faulty: Profiles = { prepare: async () => profile, extensions: () => ({ prepare: () => undefined, check: () => undefined }) };
    const validator = createValidator({ definitions, base, rules: [], profiles: faulty, source, terminology: terminologyOf([]) });
    const found = await validator.validate(claiming('http://f') as Resource);
    expect(found).toEqual([
      { severity: 'warning', code: 'not-found', expression: ['Patient.meta.profile[0]'], diagnostics: 'its base is not known' },
    ]);
  });

  test('that ask for themselves come to an end', async () => {
    const round: Check = (resource, at, report, { environmentOf }) => {
      const conforms = environmentOf?.(resource).conformsTo?.(new Value('FHIR.Patient', resource), 'http://round');
      report.add('error', 'invariant', at, `conforms: ${conforms}`);
    };
    expect(await told({ profiles: { 'http://round': round } }, claiming('http://round'))).toEqual(['error Patient: conforms: false']);
  });
});

describe('what FHIRPath asks', () => {
  const colours: Definition = {
    resourceType: 'ValueSet',
    url: 'http://colours',
    compose: { include: [{ system: 'http://c', concept: [{ code: 'red' }] }] },
  };
  /** Asks, and says what the answer is. */
  const asking =
    (ask: (environment: ReturnType<NonNullable<Surroundings['environmentOf']>>) => unknown): Check =>
    (resource, at, report, { environmentOf }) => {
      const environment = environmentOf?.(resource);
      report.add('error', 'invariant', at, String(environment && ask(environment)));
    };
  const answer = async (ask: Parameters<typeof asking>[0]) => {
    const world = { profiles: { 'http://p': asking(ask), 'http://q': says('wrong'), 'http://r': () => undefined }, terms: [colours] };
    return told(world, patient, { profiles: ['http://p'] });
  };

  test('is whether a code is a member of a value set, which is loaded meanwhile', async () => {
    const member = (code: string) => new Value('FHIR.Coding', { system: 'http://c', code });
    expect(await answer(({ memberOf }) => memberOf?.(member('red'), 'http://colours'))).toEqual(['error Patient: true']);
    expect(await answer(({ memberOf }) => memberOf?.(member('blue'), 'http://colours'))).toEqual(['error Patient: false']);
    expect(await answer(({ memberOf }) => memberOf?.(member('red'), 'http://unknown'))).toEqual(['error Patient: undefined']);
  });

  test('is whether a resource conforms to a profile, which is loaded meanwhile', async () => {
    const value = new Value('FHIR.Patient', patient);
    expect(await answer(({ conformsTo }) => conformsTo?.(value, 'http://q'))).toEqual(['error Patient: false']);
    expect(await answer(({ conformsTo }) => conformsTo?.(value, 'http://r'))).toEqual(['error Patient: true']);
    expect(await answer(({ conformsTo }) => conformsTo?.(value, 'http://s'))).toEqual(['error Patient: undefined']);
  });
});

describe('codes', () => {
  const system: Definition = {
    resourceType: 'CodeSystem',
    url: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus',
    content: 'complete',
    concept: [
      { code: 'M', display: 'Married', designation: [{ value: 'Verheiratet' }] },
      { code: 'S', display: 'Never Married' },
    ],
  };
  const set: Definition = {
    resourceType: 'ValueSet',
    url: 'http://hl7.org/fhir/ValueSet/marital-status',
    compose: { include: [{ system: system.url as string }] },
  };
  const supplement: Definition = { resourceType: 'CodeSystem', url: 'http://more', content: 'supplement', supplements: 'http://c' };
  const terms = [system, set, supplement];
  const married = (...coding: object[]) => ({ ...patient, maritalStatus: { coding } });
  const code = (value: string, more: object = {}) => ({ system: system.url, code: value, ...more });

  test('of which one is in the value set are right', async () => {
    expect(await told({ terms }, married(code('M')))).toEqual([]);
    expect(await told({ terms }, married({ system: 'http://c', code: 'x' }, code('M')))).toEqual([
      expect.stringMatching(/^information .* http:\/\/c could not be checked/),
    ]);
  });

  test('that their system does not have are an error where they are bound, a warning elsewhere', async () => {
    const [error, warning] = await told({ terms }, married(code('X')));
    expect(error).toMatch(/^error Patient.maritalStatus.coding\[0\].code: The code system .* has no code "X"$/);
    expect(warning).toMatch(
      /^warning Patient.maritalStatus: .* is not in the value set .*; a code should come from it unless it has no suitable code$/,
    );
    const tagged = { ...patient, meta: { tag: [code('X')] } };
    expect(await told({ terms }, tagged)).toEqual([expect.stringMatching(/^warning Patient.meta.tag\[0\].code/)]);
  });

  test('are shown by their display or a designation, in any case', async () => {
    expect(await told({ terms }, married(code('M', { display: 'married' })))).toEqual([]);
    expect(await told({ terms }, married(code('M', { display: 'Verheiratet' })))).toEqual([]);
    expect(await told({ terms }, married(code('M', { display: 'Single' })))).toEqual([
      'warning Patient.maritalStatus.coding[0].display: The display of the code is "Married", not "Single"',
    ]);
  });

  test('have an absolute system that is no supplement', async () => {
    const at = 'Patient.maritalStatus.coding[0]';
    expect(await told({ terms }, married({ code: 'M' }))).toContainEqual(expect.stringContaining(`warning ${at}: A code without a system`));
    expect(await told({ terms }, married({ system: 'm', code: 'M' }))).toContainEqual(
      expect.stringContaining(`error ${at}.system: "m" is no absolute URI`),
    );
    expect(await told({ terms }, married({ system: 'http://more', code: 'M' }))).toContainEqual(
      expect.stringContaining(`error ${at}.system: http://more only adds to http://c`),
    );
  });

  test('that must be there are not replaced by an extension, unless it has a code of another version', async () => {
    const observation = (url: string) => ({
      resourceType: 'Observation',
      _status: { extension: [{ url, valueCode: 'unknown' }] },
      code: { text: 'a' },
    });
    expect(await told({}, observation('http://hl7.org/fhir/StructureDefinition/data-absent-reason'))).toContainEqual(
      expect.stringContaining('error Observation.status: There is no code; a code from the value set'),
    );
    const other = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Observation.status';
    expect((await told({}, observation(other))).filter((text) => text.includes('There is no code'))).toEqual([]);
  });

  test('about which the same is asked are asked about once, and told at every place', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: Array.from({ length: 30 }, () => ({ resource: married(code('X')) })),
    };
    const found = await told({ terms }, bundle);
    expect(found.filter((text) => text.startsWith('error'))).toHaveLength(20);
  });
});

describe('a reference', () => {
  const uuid = 'urn:uuid:3e1d7c44-3a3c-4c4a-8d51-1f2f1d8e9a01';
  const named = (id: string, name: string) => ({ resourceType: 'Organization', id, name });
  const entries = [
    { fullUrl: 'http://a/Organization/1', resource: named('1', 'of a') },
    { fullUrl: 'http://b/Organization/1', resource: named('1', 'of b') },
    { fullUrl: uuid, resource: named('2', 'of a uuid') },
    { resource: { ...named('3', 'without a URL'), meta: { versionId: '7' } } },
  ];

  test.each<[string, string, string | undefined]>([
    ['http://a/Patient/p', 'Organization/1', 'of a'],
    ['http://b/Patient/p', 'Organization/1', 'of b'],
    ['http://c/Patient/p', 'Organization/1', undefined],
    ['http://c/Patient/p', 'http://b/Organization/1', 'of b'],
    ['http://c/Patient/p', uuid, 'of a uuid'],
    ['http://c/Patient/p', 'Organization/2', 'of a uuid'],
    ['http://c/Patient/p', 'Organization/3/_history/7', 'without a URL'],
    ['http://c/Patient/p', 'Organization/3/_history/6', undefined],
    ['http://c/Patient/p', '#o', 'contained'],
    ['http://c/Patient/p', '#x', undefined],
    ['http://c/Patient/p', 'nonsense', undefined],
  ])('in the entry %s: %s leads to %s', async (fullUrl, reference, expected) => {
    let found: unknown = 'never asked';
    const rule: Rule = {
      types: ['Patient'],
      check: (resource, _at, _report, { resolve }) => {
        found = resolve(reference, resource)?.['name'];
      },
    };
    const resource = { ...patient, id: 'p', contained: [named('o', 'contained')], managingOrganization: { reference: '#o' } };
    await told({ rules: [rule] }, { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl, resource }, ...entries] });
    expect(found).toBe(expected);
  });
});

describe('hostile resources', () => {
  const claims = Array.from({ length: 20_000 }, (_, i) => `http://p/${i}`);

  test('with thousands of claims, systems and value sets are answered in bounded length', async () => {
    const coding = claims.map((system) => ({ system, code: 'a' }));
    const found = await told({}, { ...patient, meta: { profile: claims, tag: coding } });
    expect(found.length).toBeLessThan(1000);
  });

  test('that are large leave others their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    const slow: Rule = {
      types: ['Patient'],
      check: () => {
        const end = performance.now() + 1;
        while (performance.now() < end);
      },
    };
    const entry = Array.from({ length: 500 }, () => ({ resource: patient }));
    await told({ rules: [slow] }, { resourceType: 'Bundle', type: 'collection', entry });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
