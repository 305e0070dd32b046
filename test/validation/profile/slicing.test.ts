import { describe, expect, test } from '@jest/globals';
import { base, type Element, errorsOf, extensionOf, profileOf } from '../../support/profile-check.ts';

const loinc = 'http://loinc.org';
const coded = (code: string) => ({ coding: [{ system: loinc, code }] });
const component = (code: string, more: object = {}) => ({ code: coded(code), ...more });
const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });

/** Without what the profile is called. */
const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/ \(http:.*$/, '').replace(/^error /, ''));

const slicing = (type: string, path: string, more: object = {}) => ({ discriminator: [{ type, path }], rules: 'open', ...more });

const panel = (slice: object, ...more: Element[]) =>
  profileOf('panel', 'Observation', [
    { id: 'Observation.component', path: 'Observation.component', slicing: slice },
    { id: 'Observation.component:systolic', path: 'Observation.component', sliceName: 'systolic', min: 1, max: '1' },
    { id: 'Observation.component:systolic.code', path: 'Observation.component.code', patternCodeableConcept: coded('8480-6') },
    { id: 'Observation.component:systolic.value[x]', path: 'Observation.component.value[x]', min: 1 },
    { id: 'Observation.component:diastolic', path: 'Observation.component', sliceName: 'diastolic', max: '1' },
    { id: 'Observation.component:diastolic.code', path: 'Observation.component.code', patternCodeableConcept: coded('8462-4') },
    ...more,
  ]);

const systolic = component('8480-6', { valueInteger: 120 });
const diastolic = component('8462-4');

describe('slicing by value and pattern', () => {
  const open = panel(slicing('pattern', 'code'));

  test('slices have a cardinality of their own', async () => {
    expect(await errorsOf(observation({ component: [systolic, diastolic] }), [open])).toEqual([]);
    expect(brief(await errorsOf(observation({ component: [diastolic] }), [open]))).toEqual([
      'Observation: Slice Observation.component:systolic: there are 0 items that fall into it; expected at least 1; items of other slices do not count',
    ]);
    expect(brief(await errorsOf(observation({ component: [systolic, diastolic, diastolic] }), [open]))).toEqual([
      'Observation: Slice Observation.component:diastolic: there are 2 items that fall into it; expected at most 1',
    ]);
  });

  test('a slice that is required is missing where the element is absent', async () => {
    expect(await errorsOf(observation({}), [open])).toHaveLength(1);
  });

  test('constraints in a slice hold for its items only', async () => {
    const found = await errorsOf(observation({ component: [diastolic, component('8480-6')] }), [open]);
    expect(brief(found)).toEqual(['Observation.component[1]: Observation.component:systolic.value[x]: there are 0; expected at least 1']);
  });

  test('open slicing lets other items in, closed slicing does not', async () => {
    const resource = observation({ component: [systolic, component('9999-9')] });
    expect(await errorsOf(resource, [open])).toEqual([]);
    expect(brief(await errorsOf(resource, [panel(slicing('pattern', 'code', { rules: 'closed' }))]))).toEqual([
      'Observation.component[1]: Falls into no slice of Observation.component, whose slicing is closed; expected an item of one of the slices systolic, diastolic',
    ]);
  });

  test('openAtEnd lets other items in after those of slices', async () => {
    const atEnd = panel(slicing('pattern', 'code', { rules: 'openAtEnd' }));
    expect(await errorsOf(observation({ component: [systolic, component('1')] }), [atEnd])).toEqual([]);
    expect(brief(await errorsOf(observation({ component: [component('1'), systolic] }), [atEnd]))[0]).toContain(
      'Observation.component[1]: An item of the slice systolic of Observation.component is out of order',
    );
  });

  test('ordered slices come in the order of the profile', async () => {
    const ordered = panel(slicing('pattern', 'code', { ordered: true }));
    expect(await errorsOf(observation({ component: [systolic, diastolic] }), [ordered])).toEqual([]);
    expect(brief(await errorsOf(observation({ component: [diastolic, systolic] }), [ordered]))[0]).toContain('is out of order');
  });

  test('an item that meets the discriminators of two slices is told', async () => {
    const both = { code: { coding: [...coded('8480-6').coding, ...coded('8462-4').coding] }, valueInteger: 1 };
    expect(brief(await errorsOf(observation({ component: [both] }), [open]))[0]).toContain(
      'Falls into more than one slice, systolic and diastolic',
    );
  });

  test('constraints of the element without a slice hold for all items', async () => {
    const all = panel(slicing('pattern', 'code'), {
      id: 'Observation.component.interpretation',
      path: 'Observation.component.interpretation',
      min: 1,
    });
    expect(await errorsOf(observation({ component: [systolic, component('1')] }), [all])).toHaveLength(2);
  });

  test('a discriminator may lead deeper than the value that decides, and the value may stand deeper than the discriminator', async () => {
    const fixed = (path: string) =>
      profileOf('fixed', 'Observation', [
        { path: 'Observation.component', slicing: slicing('value', path) },
        { path: 'Observation.component', sliceName: 'a', min: 1 },
        { path: 'Observation.component.code.coding', min: 1 },
        { path: 'Observation.component.code.coding.code', min: 1, fixedCode: 'a' },
      ]);
    for (const path of ['code.coding.code', 'code', 'code.coding']) {
      expect(await errorsOf(observation({ component: [component('a')] }), [fixed(path)])).toEqual([]);
      expect(await errorsOf(observation({ component: [component('b')] }), [fixed(path)])).toHaveLength(1);
    }
    const deeper = panel(slicing('value', 'code.coding.code'));
    expect(await errorsOf(observation({ component: [systolic] }), [deeper])).toEqual([]);
  });

  test('several discriminators have to be met together', async () => {
    const two = profileOf('two', 'Patient', [
      {
        path: 'Patient.telecom',
        slicing: {
          discriminator: [
            { type: 'value', path: 'system' },
            { type: 'value', path: 'use' },
          ],
          rules: 'open',
        },
      },
      { path: 'Patient.telecom', sliceName: 'homePhone', min: 1 },
      { path: 'Patient.telecom.system', min: 1, fixedCode: 'phone' },
      { path: 'Patient.telecom.use', min: 1, fixedCode: 'home' },
    ]);
    const phone = { system: 'phone', use: 'home' };
    expect(await errorsOf({ resourceType: 'Patient', telecom: [phone] }, [two])).toEqual([]);
    expect(await errorsOf({ resourceType: 'Patient', telecom: [{ ...phone, use: 'work' }] }, [two])).toHaveLength(1);
    expect(await errorsOf({ resourceType: 'Patient', telecom: [{ ...phone, system: 'email' }] }, [two])).toHaveLength(1);
  });

  test('$this compares the item itself', async () => {
    const category = profileOf('category', 'Observation', [
      { path: 'Observation.category', slicing: slicing('pattern', '$this') },
      { path: 'Observation.category', sliceName: 'lab', min: 1, patternCodeableConcept: { coding: [{ code: 'laboratory' }] } },
    ]);
    expect(await errorsOf(observation({ category: [{ coding: [{ code: 'laboratory', display: 'Laboratory' }] }] }), [category])).toEqual(
      [],
    );
    expect(await errorsOf(observation({ category: [{ coding: [{ code: 'exam' }] }] }), [category])).toHaveLength(1);
  });

  test('primitives are sliced by their values', async () => {
    const given = profileOf('given', 'Patient', [
      { path: 'Patient.name.given', slicing: slicing('value', '$this') },
      { path: 'Patient.name.given', sliceName: 'anna', min: 1, fixedString: 'Anna' },
    ]);
    expect(await errorsOf({ resourceType: 'Patient', name: [{ given: ['Maria', 'Anna'] }] }, [given])).toEqual([]);
    expect(await errorsOf({ resourceType: 'Patient', name: [{ given: ['Maria'] }] }, [given])).toHaveLength(1);
  });

  test('a required binding decides where there is no value, as far as it is known', async () => {
    const bound = profileOf('bound', 'Observation', [
      { path: 'Observation.category', slicing: slicing('value', '$this') },
      { path: 'Observation.category', sliceName: 'known', max: '1', binding: { strength: 'required', valueSet: 'http://x/vs' } },
      { path: 'Observation.category', sliceName: 'lab', min: 1, patternCodeableConcept: { coding: [{ code: 'laboratory' }] } },
    ]);
    const [lab, other] = [{ coding: [{ code: 'laboratory' }] }, { coding: [{ code: 'other' }] }];
    const twice = observation({ category: [lab, other, other] });
    // What is not known counts where nothing else takes the item.
    expect(await errorsOf(twice, [bound])).toHaveLength(1);
    expect(await errorsOf(twice, [bound], { environment: { memberOf: () => false } })).toEqual([]);
    expect((await errorsOf(twice, [bound], { environment: { memberOf: () => true } })).join()).toContain('more than one slice');
  });
});

describe('slicing by existence, type and profile', () => {
  test('exists tells those that have the element from those that must not have it', async () => {
    const exists = profileOf('exists', 'Patient', [
      { path: 'Patient.name', slicing: slicing('exists', 'period') },
      { path: 'Patient.name', sliceName: 'past', min: 1 },
      { path: 'Patient.name.period', min: 1 },
      { path: 'Patient.name', sliceName: 'present', min: 1, max: '1' },
      { path: 'Patient.name.period', max: '0' },
    ]);
    const [past, present] = [{ text: 'a', period: { end: '2000' } }, { text: 'b' }];
    expect(await errorsOf({ resourceType: 'Patient', name: [past, present] }, [exists])).toEqual([]);
    expect(brief(await errorsOf({ resourceType: 'Patient', name: [present, present] }, [exists]))).toHaveLength(2);
  });

  test('a value discriminator at an element of which no value is asked goes by whether the element is there', async () => {
    const there = profileOf('there', 'Patient', [
      { path: 'Patient.name', slicing: slicing('value', 'family') },
      { path: 'Patient.name', sliceName: 'full', min: 1, max: '1' },
      { path: 'Patient.name.family', min: 1 },
      { path: 'Patient.name', sliceName: 'short', min: 1, max: '1' },
      { path: 'Patient.name.family', max: '0' },
    ]);
    const [full, short] = [{ family: 'a' }, { text: 'b' }];
    expect(await errorsOf({ resourceType: 'Patient', name: [short, full] }, [there])).toEqual([]);
    expect(brief(await errorsOf({ resourceType: 'Patient', name: [short] }, [there]))).toEqual([
      expect.stringContaining('Slice Patient.name:full: there are 0'),
    ]);
    expect(brief(await errorsOf({ resourceType: 'Patient', name: [full, full] }, [there]))).toEqual([
      expect.stringContaining('Slice Patient.name:full: there are 2'),
      expect.stringContaining('Slice Patient.name:short: there are 0'),
    ]);
  });

  test('a slice without an element takes only items without it', async () => {
    const without = profileOf('without', 'Patient', [
      { path: 'Patient.name', slicing: slicing('value', 'family') },
      { path: 'Patient.name', sliceName: 'short', min: 1, max: '1' },
      { path: 'Patient.name.family', max: '0' },
    ]);
    expect(await errorsOf({ resourceType: 'Patient', name: [{ family: 'a' }, { text: 'b' }] }, [without])).toEqual([]);
    expect(brief(await errorsOf({ resourceType: 'Patient', name: [{ family: 'a' }] }, [without]))).toEqual([
      expect.stringContaining('Slice Patient.name:short: there are 0'),
    ]);
  });

  test('an element that the base type always has is one by which existence tells', async () => {
    const always = profileOf('always', 'Patient', [
      { path: 'Patient.link', slicing: slicing('exists', 'other') },
      { path: 'Patient.link', sliceName: 'any', max: '1' },
      { path: 'Patient.link.other', comment: 'the base type has it once' },
    ]);
    const link = { other: { reference: 'Patient/1' }, type: 'seealso' };
    expect(await errorsOf({ resourceType: 'Patient', link: [link] }, [always])).toEqual([]);
    expect(brief(await errorsOf({ resourceType: 'Patient', link: [link, link] }, [always]))).toEqual([
      expect.stringContaining('Slice Patient.link:any: there are 2'),
    ]);
    // What is wrong with the second is said by the base type.
    expect(await errorsOf({ resourceType: 'Patient', link: [link, { type: 'seealso' }] }, [always])).toEqual([]);
  });

  test('a choice is sliced by type, also without saying so', async () => {
    const choice = profileOf('choice', 'Observation', [
      { id: 'Observation.value[x]:valueQuantity', path: 'Observation.value[x]', sliceName: 'valueQuantity', min: 1 },
      { id: 'Observation.value[x]:valueQuantity.unit', path: 'Observation.value[x].unit', min: 1 },
    ]);
    expect(await errorsOf(observation({ valueQuantity: { value: 1, unit: 'mg' } }), [choice])).toEqual([]);
    expect(brief(await errorsOf(observation({ valueQuantity: { value: 1 } }), [choice]))).toEqual([
      'Observation.value: Observation.value[x]:valueQuantity.unit: there are 0; expected at least 1',
    ]);
    expect(brief(await errorsOf(observation({ valueString: 'x' }), [choice]))[0]).toContain('Slice Observation.value[x]:valueQuantity');
  });

  test('entries of a Bundle are sliced by the type of their resource', async () => {
    const document = profileOf('document', 'Bundle', [
      { path: 'Bundle.entry', slicing: slicing('type', 'resource', { rules: 'closed' }) },
      { path: 'Bundle.entry', sliceName: 'patient', min: 1, max: '1' },
      { path: 'Bundle.entry.resource', min: 1, type: [{ code: 'Patient' }] },
      { path: 'Bundle.entry', sliceName: 'observation' },
      { path: 'Bundle.entry.resource', min: 1, type: [{ code: 'Observation' }] },
    ]);
    const bundle = (...resources: object[]) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: resources.map((resource) => ({ resource })),
    });
    expect(await errorsOf(bundle({ resourceType: 'Patient' }, observation({})), [document])).toEqual([]);
    expect(brief(await errorsOf(bundle({ resourceType: 'Patient' }, { resourceType: 'Device' }), [document]))[0]).toContain(
      'Bundle.entry[1]: Falls into no slice',
    );
    expect(brief(await errorsOf(bundle(observation({})), [document]))[0]).toContain('Slice Bundle.entry:patient: there are 0');
  });

  const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);

  test('entries of a Bundle are sliced by the profile of their resource', async () => {
    const people = profileOf('people', 'Bundle', [
      { path: 'Bundle.entry', slicing: slicing('profile', 'resource') },
      { path: 'Bundle.entry', sliceName: 'named', min: 1 },
      { path: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: [`${base}named`] }] },
    ]);
    const bundle = (patient: object) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: { resourceType: 'Patient', ...patient } }],
    });
    expect(await errorsOf(bundle({ name: [{ text: 'a' }] }), [people, named])).toEqual([]);
    expect(await errorsOf(bundle({}), [people, named])).toHaveLength(1);
  });

  test('a profile that hangs on codes of which nothing is known takes what no other takes for certain', async () => {
    const bound = profileOf('bound', 'Patient', [
      { path: 'Patient.maritalStatus', binding: { strength: 'required', valueSet: 'http://x/vs' } },
    ]);
    const entry = (name: string, profile: string, more: object): Element[] => [
      { path: 'Bundle.entry', sliceName: name, ...more },
      { path: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: [`${base}${profile}`] }] },
    ];
    const people = profileOf('people', 'Bundle', [
      { path: 'Bundle.entry', slicing: slicing('profile', 'resource') },
      ...entry('bound', 'bound', { max: '1' }),
      ...entry('named', 'named', { max: '1' }),
    ]);
    const patient = (more: object) => ({ resource: { resourceType: 'Patient', maritalStatus: { text: 'x' }, ...more } });
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [patient({ name: [{ text: 'a' }] }), patient({})] };
    expect(await errorsOf(bundle, [people, bound, named])).toEqual([]);
    const known = await errorsOf(bundle, [people, bound, named], { environment: { memberOf: () => true } });
    expect(known.join()).toContain('Falls into more than one slice, bound and named');
  });

  test('resolve() leads to what a reference means, contained or beside it', async () => {
    const members = (type: string) =>
      profileOf('members', 'Group', [
        { path: 'Group.member', slicing: slicing(type, 'entity.resolve()', { rules: 'closed' }) },
        { path: 'Group.member', sliceName: 'named', min: 1 },
        { path: 'Group.member.entity', type: [{ code: 'Reference', targetProfile: [`${base}named`] }] },
      ]);
    const group = (contained: object) => ({
      resourceType: 'Group',
      contained: [{ id: 'p', ...contained }],
      member: [{ entity: { reference: '#p' } }],
    });
    expect(await errorsOf(group({ resourceType: 'Patient', name: [{ text: 'a' }] }), [members('profile'), named])).toEqual([]);
    expect(await errorsOf(group({ resourceType: 'Patient' }), [members('profile'), named])).toHaveLength(2);
    expect(await errorsOf(group({ resourceType: 'Device' }), [members('type'), named])).toHaveLength(2);
    const entries = [
      { fullUrl: 'http://x/Group/g', resource: { resourceType: 'Group', id: 'g', member: [{ entity: { reference: 'Patient/p' } }] } },
      { fullUrl: 'http://x/Patient/p', resource: { resourceType: 'Patient', id: 'p', name: [{ text: 'a' }] } },
    ];
    const within = profileOf('within', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Resource', profile: [`${base}members`, `${base}named`] }] },
    ]);
    expect(await errorsOf({ resourceType: 'Bundle', type: 'collection', entry: entries }, [within, members('profile'), named])).toEqual([]);
  });

  test('what a reference leads to elsewhere is of the type that the reference names', async () => {
    const subject = profileOf('subject', 'Group', [
      { path: 'Group.member', slicing: slicing('type', 'entity.resolve()') },
      { path: 'Group.member', sliceName: 'people', min: 1 },
      { path: 'Group.member.entity', type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] },
    ]);
    const group = (reference: string) => ({ resourceType: 'Group', member: [{ entity: { reference } }] });
    expect(await errorsOf(group('Patient/1'), [subject])).toEqual([]);
    expect(await errorsOf(group('https://elsewhere.example/fhir/Device/1'), [subject])).toHaveLength(1);
  });

  test('extension() and ofType() lead into extensions and choices', async () => {
    const byExtension = profileOf('by-extension', 'Patient', [
      { id: 'Patient.name', path: 'Patient.name', slicing: slicing('value', `extension('${base}kind').value`) },
      { id: 'Patient.name:stage', path: 'Patient.name', sliceName: 'stage', min: 1 },
      {
        id: 'Patient.name:stage.extension:kind',
        path: 'Patient.name.extension',
        sliceName: 'kind',
        type: [{ code: 'Extension', profile: [`${base}kind`] }],
      },
      { id: 'Patient.name:stage.extension:kind.value[x]', path: 'Patient.name.extension.value[x]', fixedCode: 'stage' },
    ]);
    const name = (valueCode: string) => ({ resourceType: 'Patient', name: [{ extension: [{ url: `${base}kind`, valueCode }] }] });
    expect(await errorsOf(name('stage'), [byExtension, extensionOf('kind', 'code')])).toEqual([]);
    expect(await errorsOf(name('birth'), [byExtension, extensionOf('kind', 'code')])).toHaveLength(1);
    const byType = profileOf('by-type', 'Observation', [
      { path: 'Observation.component', slicing: slicing('value', 'value.ofType(Quantity).code') },
      { path: 'Observation.component', sliceName: 'weight', min: 1 },
      { path: 'Observation.component.value[x]', type: [{ code: 'Quantity' }] },
      { path: 'Observation.component.value[x].code', fixedCode: 'kg' },
    ]);
    expect(await errorsOf(observation({ component: [{ code: {}, valueQuantity: { code: 'kg' } }] }), [byType])).toEqual([]);
    expect(await errorsOf(observation({ component: [{ code: {}, valueQuantity: { code: 'cm' } }] }), [byType])).toHaveLength(1);
  });
});

test('contained resources are sliced by what they are', async () => {
  const contained = profileOf('contained', 'Observation', [
    { path: 'Observation.contained', slicing: slicing('type', '$this', { rules: 'closed' }) },
    { path: 'Observation.contained', sliceName: 'device', min: 1, max: '1', type: [{ code: 'Device' }] },
  ]);
  expect(await errorsOf(observation({ contained: [{ resourceType: 'Device', id: 'd' }] }), [contained])).toEqual([]);
  expect(await errorsOf(observation({ contained: [{ resourceType: 'Patient', id: 'p' }] }), [contained])).toHaveLength(2);
});

describe('slices within slices', () => {
  test('an element inside a slice is sliced on its own', async () => {
    const nested = profileOf('nested', 'Observation', [
      { id: 'Observation.component', path: 'Observation.component', slicing: slicing('value', 'code.text') },
      { id: 'Observation.component:a', path: 'Observation.component', sliceName: 'a' },
      { id: 'Observation.component:a.code.text', path: 'Observation.component.code.text', fixedString: 'a' },
      {
        id: 'Observation.component:a.extension:b',
        path: 'Observation.component.extension',
        sliceName: 'b',
        min: 1,
        type: [{ code: 'Extension', profile: [`${base}b`] }],
      },
    ]);
    const item = (text: string, extension: object[]) => ({ code: { text }, extension });
    const b = { url: `${base}b`, valueString: 'x' };
    expect(await errorsOf(observation({ component: [item('a', [b]), item('c', [])] }), [nested, extensionOf('b', 'string')])).toEqual([]);
    expect(
      brief(await errorsOf(observation({ component: [item('a', [{ ...b, url: 'a:b' }])] }), [nested, extensionOf('b', 'string')])),
    ).toEqual([
      'Observation.component[0]: Slice Observation.component:a.extension:b: there are 0 items that fall into it; expected at least 1; items of other slices do not count',
    ]);
  });

  test('a slice is divided further by names with a slash', async () => {
    const divided = profileOf('divided', 'Patient', [
      { path: 'Patient.telecom', slicing: slicing('value', 'system') },
      { path: 'Patient.telecom', sliceName: 'phone', min: 1 },
      { path: 'Patient.telecom.system', min: 1, fixedCode: 'phone' },
      { path: 'Patient.telecom', sliceName: 'phone', slicing: slicing('value', 'use') },
      { path: 'Patient.telecom', sliceName: 'phone/home', max: '1' },
      { path: 'Patient.telecom.use', min: 1, fixedCode: 'home' },
    ]);
    const phone = (use: string) => ({ system: 'phone', use });
    const patient = (...telecom: object[]) => ({ resourceType: 'Patient', telecom });
    expect(await errorsOf(patient(phone('home'), phone('work'), { system: 'email', use: 'home' }), [divided])).toEqual([]);
    expect(brief(await errorsOf(patient(phone('home'), phone('home')), [divided]))).toEqual([
      'Patient: Slice Patient.telecom:phone/home: there are 2 items that fall into it; expected at most 1',
    ]);
  });

  test('an heir constrains the slices of its base by their names', async () => {
    const heir = profileOf(
      'heir',
      'Observation',
      [
        { id: 'Observation.component:diastolic', path: 'Observation.component', sliceName: 'diastolic', min: 1 },
        { id: 'Observation.component:diastolic.value[x]', path: 'Observation.component.value[x]', min: 1 },
      ],
      { baseDefinition: `${base}panel` },
    );
    const based = [heir, panel(slicing('pattern', 'code'))];
    expect(brief(await errorsOf(observation({ component: [systolic, diastolic] }), based))).toEqual([
      'Observation.component[1]: Observation.component:diastolic.value[x]: there are 0; expected at least 1',
    ]);
    expect(await errorsOf(observation({ component: [systolic] }), based)).toHaveLength(1);
  });
});
