/** Slicing, one condition at a time. https://hl7.org/fhir/R4/profiling.html#slicing */
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { base, type Element, errorsOf, extensionOf, profileOf } from '../../support/profile-check.ts';

const specified = 'http://hl7.org/fhir/StructureDefinition/';
const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/ \(http:.*$/, '').replace(/^error /, ''));
const slicing = (type: string, path: string, more: object = {}) => ({ discriminator: [{ type, path }], rules: 'open', ...more });
/** A slice `a` of an element, of which there is one at most and one at least, with what it asks for. */
const one = (type: string, element: string, discriminator: object, ...elements: Element[]): Resource =>
  profileOf('one', type, [{ path: element, slicing: discriminator }, { path: element, sliceName: 'a', min: 1, max: '1' }, ...elements]);
/** How many of the items fall into the slice: one item at a time. */
async function taken(profile: Resource, items: readonly object[], more: readonly Resource[] = []): Promise<boolean[]> {
  const results: boolean[] = [];
  for (const item of items) {
    const found = await errorsOf(item as Resource, [profile, ...more]);
    results.push(!found.some((issue) => issue.includes(':a: there are 0')));
  }
  return results;
}

describe('value and pattern: "The slices have different values in the nominated element"', () => {
  const named = (...names: object[]) => ({ resourceType: 'Patient', name: names });

  test('without discriminators an item falls into the slice whose constraints it meets', async () => {
    const profile = one('Patient', 'Patient.name', { rules: 'open' }, { path: 'Patient.name.family', min: 1, fixedString: 'A' });
    expect(await taken(profile, [named({ family: 'A' }), named({ family: 'B' }), named({ text: 'A' })])).toEqual([true, false, false]);
  });

  test('a slice that asks for nothing takes all', async () => {
    expect(await taken(one('Patient', 'Patient.name', { rules: 'open' }), [named({ text: 'A' })])).toEqual([true]);
    expect(await taken(one('Patient', 'Patient.name', slicing('value', 'family')), [named({ text: 'A' })])).toEqual([true]);
    expect(await taken(one('Patient', 'Patient.name', slicing('position', '$this')), [named({ text: 'A' })])).toEqual([true]);
  });

  test('a list holds the value in any of its items', async () => {
    const profile = one('Patient', 'Patient.name', slicing('value', 'given'), { path: 'Patient.name.given', min: 1, fixedString: 'B' });
    expect(await taken(profile, [named({ given: ['A', 'B'] }), named({ given: ['B', 'C'] }), named({ given: ['A'] }), named({})])).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
  });

  test('a value within a pattern further up decides, in a list and alone', async () => {
    const coding = [{ system: 'http://s', code: 'x' }];
    const profile = one('Observation', 'Observation.category', slicing('value', 'coding.code'), {
      path: 'Observation.category',
      sliceName: 'a',
      patternCodeableConcept: { coding },
    });
    const observed = (code: string) => ({ resourceType: 'Observation', category: [{ coding: [{ code: 'y' }, { code }] }] });
    expect(await taken(profile, [observed('x'), observed('z')])).toEqual([true, false]);
  });

  test('several values of the slice have to be met together', async () => {
    const profile = one(
      'Patient',
      'Patient.identifier',
      slicing('value', 'type'),
      { path: 'Patient.identifier.type.text', fixedString: 'A' },
      { path: 'Patient.identifier.type.coding.code', fixedCode: 'x' },
    );
    const identified = (type: object) => ({ resourceType: 'Patient', identifier: [{ type }] });
    expect(
      await taken(profile, [
        identified({ text: 'A', coding: [{ code: 'x' }] }),
        identified({ text: 'A', coding: [{ code: 'y' }] }),
        identified({ text: 'B', coding: [{ code: 'x' }] }),
        identified({ text: 'A' }),
      ]),
    ).toEqual([true, false, false, false]);
  });

  test('of slices further down, those that are required decide, each of them an alternative', async () => {
    const coding = (sliceName: string, min: number, system: string): Element[] => [
      { path: 'Observation.category.coding', sliceName, min },
      { path: 'Observation.category.coding.system', fixedUri: system },
    ];
    const profile = one(
      'Observation',
      'Observation.category',
      slicing('value', 'coding.system'),
      { path: 'Observation.category.coding', slicing: slicing('value', 'system') },
      ...coding('must', 1, 'http://m'),
      ...coding('may', 0, 'http://n'),
    );
    const observed = (...systems: string[]) => ({
      resourceType: 'Observation',
      category: [{ coding: systems.map((system) => ({ system })) }],
    });
    expect(await taken(profile, [observed('http://m'), observed('http://n'), observed('http://n', 'http://m')])).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('a shorthand of a choice, and the choice by its name, lead to the same value', async () => {
    for (const path of ['valueQuantity.code', 'value.code', 'value[x].code']) {
      const profile = one('Observation', 'Observation.component', slicing('value', path), {
        path: 'Observation.component.valueQuantity.code',
        fixedCode: 'kg',
      });
      const observed = (value: object) => ({ resourceType: 'Observation', component: [{ code: { text: 'x' }, ...value }] });
      expect(
        await taken(profile, [
          observed({ valueQuantity: { code: 'kg' } }),
          observed({ valueQuantity: { code: 'g' } }),
          observed({ valueString: 'kg' }),
        ]),
      ).toEqual([true, false, false]);
    }
  });

  test('ids of elements are no part of a fixed value, more items of its lists are', async () => {
    const coding = [{ system: 'http://s', code: 'x' }];
    const profile = one('Observation', 'Observation.category', slicing('value', '$this'), {
      path: 'Observation.category',
      sliceName: 'a',
      fixedCodeableConcept: { id: 'f', coding },
    });
    const observed = (category: object) => ({ resourceType: 'Observation', category: [category] });
    expect(
      await taken(profile, [
        observed({ coding }),
        observed({ id: 'i', coding }),
        observed({ coding: [...coding, ...coding] }),
        observed({ coding, text: 'x' }),
      ]),
    ).toEqual([true, true, false, false]);
  });
});

describe('all discriminators of a slicing count together', () => {
  const twofold = (type: string): Resource =>
    one(
      'Patient',
      'Patient.telecom',
      { discriminator: ['system', 'use'].map((path) => ({ type, path })), rules: 'open' },
      { path: 'Patient.telecom.system', min: 1, fixedCode: 'phone' },
      { path: 'Patient.telecom.use', min: 1, fixedCode: 'home' },
    );
  const patient = (telecom: object) => ({ resourceType: 'Patient', telecom: [telecom] });

  test.each(['value', 'pattern'])('by %s', async (type) => {
    const items = [{ system: 'phone', use: 'home' }, { system: 'phone', use: 'work' }, { system: 'fax', use: 'home' }, {}].map(patient);
    expect(await taken(twofold(type), items)).toEqual([true, false, false, false]);
  });

  test('by existence', async () => {
    const items = [{ system: 'fax', use: 'old' }, { system: 'phone' }, { use: 'home' }].map(patient);
    expect(await taken(twofold('exists'), items)).toEqual([true, false, false]);
  });

  test('one that says nothing leaves it to the others, and a path that is none to nobody', async () => {
    const half = one(
      'Patient',
      'Patient.telecom',
      {
        discriminator: [
          { type: 'value', path: 'value' },
          { type: 'value', path: 'system.first()' },
          { type: 'value', path: 'use' },
        ],
        rules: 'open',
      },
      { path: 'Patient.telecom.use', min: 1, fixedCode: 'home' },
    );
    expect(
      await taken(
        half,
        [
          { use: 'home', value: '1' },
          { use: 'work', value: '1' },
        ].map(patient),
      ),
    ).toEqual([true, false]);
  });
});

describe('required bindings discriminate, others do not', () => {
  const coded = { resourceType: 'Observation', category: [{ text: 'x' }] };
  const bound = (binding: object, more: object = {}): Resource =>
    one('Observation', 'Observation.category', slicing('value', '$this'), {
      path: 'Observation.category',
      sliceName: 'a',
      binding,
      ...more,
    });
  const falls = async (profile: Resource, answer: boolean): Promise<boolean> =>
    !(await errorsOf(coded as Resource, [profile], { environment: { memberOf: () => answer } })).some((issue) =>
      issue.includes(':a: there are 0'),
    );

  test.each([
    ['required', { strength: 'required', valueSet: 'http://x/vs' }, true, false],
    ['extensible', { strength: 'extensible', valueSet: 'http://x/vs' }, true, true],
    ['required without a value set', { strength: 'required' }, true, true],
  ])('%s', async (_, binding, ofMember, ofOther) => {
    expect([await falls(bound(binding), true), await falls(bound(binding), false)]).toEqual([ofMember, ofOther]);
  });

  test('a pattern beside it decides alone', async () => {
    const binding = { strength: 'required', valueSet: 'http://x/vs' };
    expect(await falls(bound(binding, { patternCodeableConcept: { text: 'x' } }), false)).toBe(true);
    expect(await falls(bound(binding, { patternCodeableConcept: { text: 'y' } }), true)).toBe(false);
  });
});

describe('resolve() leads through canonicals as through references', () => {
  const action = (definitionCanonical: string) => ({
    resourceType: 'PlanDefinition',
    status: 'draft',
    contained: [
      { resourceType: 'Questionnaire', id: 'q', status: 'draft' },
      { resourceType: 'ActivityDefinition', id: 'a', status: 'draft' },
    ],
    action: [{ definitionCanonical }],
  });

  test('to what is contained', async () => {
    const asking = one('PlanDefinition', 'PlanDefinition.action', slicing('type', 'definition.ofType(canonical).resolve()'), {
      path: 'PlanDefinition.action.definition[x]',
      type: [{ code: 'canonical', targetProfile: [`${specified}Questionnaire`] }],
    });
    expect(await taken(asking, [action('#q'), action('#a'), action('http://a.b/Questionnaire/q')])).toEqual([true, false, false]);
  });
});

describe('exists: "The slices are differentiated by the presence or absence of the nominated element"', () => {
  const named = (name: object) => ({ resourceType: 'Patient', name: [name] });
  const sliced = (more: object) => one('Patient', 'Patient.name', slicing('exists', 'period'), { path: 'Patient.name.period', ...more });

  test.each([
    ['required', { min: 1 }, true, false],
    ['prohibited', { max: '0' }, false, true],
    ['of a wanted value', { patternPeriod: { start: '2000' } }, true, false],
    ['optional', { min: 0, max: '1' }, true, true],
  ])('%s', async (_, more, withIt, without) => {
    expect(await taken(sliced(more), [named({ period: { start: '2000' } }), named({ text: 'x' })])).toEqual([withIt, without]);
  });

  test('an element that has only extensions is there', async () => {
    const profile = one('Patient', 'Patient.name', slicing('exists', 'family'), { path: 'Patient.name.family', min: 1 });
    expect(await taken(profile, [named({ _family: { extension: [{ url: 'a:b', valueString: 'x' }] } }), named({})])).toEqual([true, false]);
  });
});

describe('type: "The slices are differentiated by type of the nominated element"', () => {
  const member = (entity: object) => ({ resourceType: 'Group', member: [{ entity }] });
  const targeting = (...targetProfile: string[]) =>
    one('Group', 'Group.member', slicing('type', 'entity.resolve()'), {
      path: 'Group.member.entity',
      type: [{ code: 'Reference', targetProfile }],
    });
  const patientOnly = targeting(`${specified}Patient`);

  test('one of several types of targets is enough; the type that a Reference tells counts where nothing is there', async () => {
    const two = targeting(`${specified}Device`, `${specified}Patient`);
    const items = [member({ reference: 'Patient/1' }), member({ reference: 'Device/1' }), member({ reference: 'Group/1' })];
    expect(await taken(two, items)).toEqual([true, true, false]);
    expect(await taken(patientOnly, items)).toEqual([true, false, false]);
    expect(
      await taken(patientOnly, [member({ type: 'Patient', display: 'A' }), member({ type: 'Device' }), member({ display: 'A' })]),
    ).toEqual([true, ...[false, false]]);
  });

  test('what is there counts before what the reference says', async () => {
    const holding = (resourceType: string) => ({ ...member({ reference: '#p', type: 'Patient' }), contained: [{ resourceType, id: 'p' }] });
    expect(await taken(patientOnly, [holding('Patient'), holding('Device')])).toEqual([true, false]);
  });

  test('a type stands for all that derive from it', async () => {
    const any = one('Bundle', 'Bundle.entry', slicing('type', 'resource'), {
      path: 'Bundle.entry.resource',
      type: [{ code: 'DomainResource' }],
    });
    const bundle = (resourceType: string) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType } }] });
    expect(await taken(any, [bundle('Patient'), bundle('Binary')])).toEqual([true, false]);
  });

  test('any resource, by its profile, is of the type of that', async () => {
    const profile = one('Bundle', 'Bundle.entry', slicing('type', 'resource'), {
      path: 'Bundle.entry.resource',
      type: [{ code: 'Resource', profile: [`${base}some`] }],
    });
    const bundle = (resourceType: string) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType } }] });
    expect(await taken(profile, [bundle('Patient'), bundle('Device')], [profileOf('some', 'Patient', [])])).toEqual([true, false]);
  });

  test('where the slice tells no type, all items are its', async () => {
    const open = one('Bundle', 'Bundle.entry', slicing('type', 'resource'));
    expect(await taken(open, [{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient' } }] }])).toEqual(
      [true],
    );
  });
});

describe('profile: "The slices are differentiated by conformance of the nominated element to a specified profile"', () => {
  const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);
  const member = (contained: object) => ({
    resourceType: 'Group',
    contained: [{ id: 'p', ...contained }],
    member: [{ entity: { reference: '#p' } }],
  });
  const targeting = (...targetProfile: string[]) =>
    one('Group', 'Group.member', slicing('profile', 'entity.resolve()'), {
      path: 'Group.member.entity',
      type: [{ code: 'Reference', targetProfile }],
    });

  test('of several targets one is enough, a type of the specification among them', async () => {
    const items = [
      member({ resourceType: 'Patient', name: [{ text: 'A' }] }),
      member({ resourceType: 'Patient' }),
      member({ resourceType: 'Device' }),
    ];
    expect(await taken(targeting(`${base}named`), items, [named])).toEqual([true, false, false]);
    expect(await taken(targeting(`${base}named`, `${specified}Device`), items, [named])).toEqual([true, false, true]);
    expect(await taken(targeting(`${specified}Patient`), items, [named])).toEqual([true, true, false]);
  });

  test('without a profile the type decides', async () => {
    const typed = one('Bundle', 'Bundle.entry', slicing('profile', 'resource'), {
      path: 'Bundle.entry.resource',
      type: [{ code: 'Patient' }],
    });
    const bundle = (resourceType: string) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType } }] });
    expect(await taken(typed, [bundle('Patient'), bundle('Device')])).toEqual([true, false]);
  });
});

describe('extensions are slices by their url, whatever discriminates them', () => {
  const extended = (...urls: string[]) => ({ resourceType: 'Patient', extension: urls.map((url) => ({ url, valueString: 'x' })) });
  const extension = (more: object): Resource =>
    profileOf('one', 'Patient', [{ path: 'Patient.extension', sliceName: 'a', min: 1, max: '1', type: [{ code: 'Extension', ...more }] }]);

  test('of a profile, of one of several profiles, and of a url that is fixed in the slice', async () => {
    const [e, f] = [extensionOf('e', 'string'), extensionOf('f', 'string')];
    const items = [extended(`${base}e`), extended(`${base}f`), extended('a:b')];
    expect(await taken(extension({ profile: [`${base}e`] }), items, [e, f])).toEqual([true, false, false]);
    expect(await taken(extension({ profile: [`${base}e`, `${base}f`] }), items, [e, f])).toEqual([true, true, false]);
    const fixed = profileOf('one', 'Patient', [
      { path: 'Patient.extension', sliceName: 'a', min: 1 },
      { path: 'Patient.extension.url', fixedUri: 'a:b' },
    ]);
    expect(await taken(fixed, items)).toEqual([false, false, true]);
  });
});

describe('rules and order of slices', () => {
  const telecom = (rules: object, ...systems: string[]): [Resource, object] => [
    profileOf('rules', 'Patient', [
      { path: 'Patient.telecom', slicing: { ...slicing('value', 'system'), ...rules } },
      ...['phone', 'fax', 'email'].flatMap((system) => [
        { path: 'Patient.telecom', sliceName: system },
        { path: 'Patient.telecom.system', fixedCode: system },
      ]),
    ]),
    { resourceType: 'Patient', telecom: systems.map((system) => ({ system })) },
  ];
  const faults = async (rules: object, ...systems: string[]): Promise<string[]> => {
    const [profile, resource] = telecom(rules, ...systems);
    return brief(await errorsOf(resource as Resource, [profile])).map((line) => line.slice(0, line.indexOf(':')));
  };

  test.each([
    ['ordered', { ordered: true }, ['phone', 'phone', 'fax', 'email'], []],
    ['ordered', { ordered: true }, ['phone', 'url', 'fax'], []],
    ['ordered', { ordered: true }, ['email', 'phone', 'fax'], ['Patient.telecom[1]', 'Patient.telecom[2]']],
    ['unordered', {}, ['email', 'phone'], []],
    ['open', {}, ['url', 'phone', 'sms'], []],
    ['openAtEnd', { rules: 'openAtEnd' }, ['phone', 'url', 'sms'], []],
    ['openAtEnd', { rules: 'openAtEnd' }, ['url', 'phone', 'sms', 'fax'], ['Patient.telecom[1]', 'Patient.telecom[3]']],
    ['closed', { rules: 'closed' }, ['fax', 'phone'], []],
    ['closed', { rules: 'closed' }, ['url', 'phone', 'sms'], ['Patient.telecom[0]', 'Patient.telecom[2]']],
  ])('%s (%j): %j', async (_, rules, systems, expected) => expect(await faults(rules, ...systems)).toEqual(expected));

  test('closed without any slice lets nothing in', async () => {
    const none = profileOf('none', 'Patient', [{ path: 'Patient.telecom', slicing: { ...slicing('value', 'system'), rules: 'closed' } }]);
    expect(await errorsOf({ resourceType: 'Patient', telecom: [{ system: 'url' }] }, [none])).toHaveLength(1);
    expect(await errorsOf({ resourceType: 'Patient' }, [none])).toEqual([]);
  });

  test('an heir may close what its base left open, and not open what it closed', async () => {
    const based = (name: string, rules: string, ...more: Element[]) =>
      profileOf(name, 'Patient', [{ path: 'Patient.telecom', slicing: { ...slicing('value', 'system'), rules } }, ...more], {
        ...(name === 'heir' ? { baseDefinition: `${base}rules` } : {}),
      });
    const slice = [
      { path: 'Patient.telecom', sliceName: 'phone' },
      { path: 'Patient.telecom.system', fixedCode: 'phone' },
    ];
    const patient: Resource = { resourceType: 'Patient', telecom: [{ system: 'url' }] };
    expect(await errorsOf(patient, [based('heir', 'closed'), based('rules', 'open', ...slice)])).toHaveLength(1);
    expect(await errorsOf(patient, [based('heir', 'open'), based('rules', 'closed', ...slice)])).toHaveLength(1);
    expect(await errorsOf(patient, [based('heir', 'open'), based('rules', 'open', ...slice)])).toEqual([]);
  });

  test('what a slice is divided into is open, and closed where it says so', async () => {
    const divided = (rules: string | undefined) =>
      profileOf('divided', 'Patient', [
        { path: 'Patient.telecom', slicing: { ...slicing('value', 'system'), rules: 'closed' } },
        { path: 'Patient.telecom', sliceName: 'phone', ...(rules === undefined ? {} : { slicing: { ...slicing('value', 'use'), rules } }) },
        { path: 'Patient.telecom.system', fixedCode: 'phone' },
        { path: 'Patient.telecom', sliceName: 'phone/home' },
        { path: 'Patient.telecom.use', fixedCode: 'home' },
      ]);
    const patient: Resource = { resourceType: 'Patient', telecom: [{ system: 'phone', use: 'work' }] };
    expect(await errorsOf(patient, [divided('open')])).toEqual([]);
    expect(await errorsOf(patient, [divided('closed')])).toHaveLength(1);
  });
});
