import { describe, expect, test } from '@jest/globals';
import { base, check, extensionOf, profileOf } from '../../support/profile-check.ts';

const patient = (more: object = {}) => ({ resourceType: 'Patient', ...more });
const at = (name: string, more: object = { valueString: 'x' }) => ({ url: `${base}${name}`, ...more });

/** What is said of the extensions of a resource. */
const said = async (resource: object, definitions: Parameters<typeof check>[1], options: object = {}): Promise<readonly string[]> =>
  (
    await check(resource as never, [profileOf('any', String((resource as { resourceType: string }).resourceType), []), ...definitions], {
      extensions: true,
      ...options,
    })
  ).issues;

describe('extensions that are known', () => {
  const colour = extensionOf('colour', 'string');

  test('are checked wherever they stand: in data types, on primitives, in contained resources', async () => {
    const wrong = [at('colour', { valueInteger: 1 })];
    const resource = patient({
      extension: wrong,
      name: [{ extension: wrong, _family: { extension: wrong }, _given: [null, { extension: wrong }] }],
      contained: [{ resourceType: 'Device', id: 'd', extension: wrong }],
      deceasedBoolean: true,
      _deceasedBoolean: { extension: wrong },
    });
    const places = (await said(resource, [colour])).map((issue) => issue.split(': ')[0]);
    expect(places.sort()).toEqual(
      [
        'Patient.extension[0].value',
        'Patient.name[0].extension[0].value',
        'Patient.name[0].family.extension[0].value',
        'Patient.name[0].given[1].extension[0].value',
        'Patient.contained[0].extension[0].value',
        'Patient.deceased.extension[0].value',
      ]
        .map((place) => `error ${place}`)
        .sort(),
    );
  });

  test('need the value that their definition asks for', async () => {
    expect(await said(patient({ extension: [at('colour')] }), [colour])).toEqual([]);
    expect((await said(patient({ extension: [{ url: `${base}colour` }] }), [colour])).join()).toContain(
      'Extension.value[x]: there are 0; expected at least 1',
    );
  });

  test('may be made of others, which are slices of theirs', async () => {
    const complex = profileOf(
      'complex',
      'Extension',
      [
        { id: 'Extension', path: 'Extension' },
        {
          id: 'Extension.extension',
          path: 'Extension.extension',
          min: 1,
          slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'closed' },
        },
        { id: 'Extension.extension:size', path: 'Extension.extension', sliceName: 'size', min: 1, max: '1' },
        { id: 'Extension.extension:size.url', path: 'Extension.extension.url', fixedUri: 'size' },
        { id: 'Extension.extension:size.value[x]', path: 'Extension.extension.value[x]', min: 1, type: [{ code: 'integer' }] },
        { id: 'Extension.url', path: 'Extension.url', fixedUri: `${base}complex` },
        { id: 'Extension.value[x]', path: 'Extension.value[x]', max: '0' },
      ],
      { context: [{ type: 'element', expression: 'Patient' }] },
    );
    const of = (...extension: object[]) => patient({ extension: [{ url: `${base}complex`, extension }] });
    expect(await said(of({ url: 'size', valueInteger: 1 }), [complex])).toEqual([]);
    expect((await said(of({ url: 'size', valueString: 'x' }), [complex])).join()).toContain(
      'Patient.extension[0].extension[0].value: The type string is not allowed',
    );
    expect((await said(of({ url: 'size', valueInteger: 1 }, { url: 'weight', valueInteger: 1 }), [complex])).join()).toContain(
      'Falls into no slice',
    );
    expect((await said(of(), [complex])).length).toBeGreaterThan(0);
  });

  test('that change the meaning stand in modifierExtension, others do not', async () => {
    const modifier = profileOf('modifier', 'Extension', [{ path: 'Extension', isModifier: true }], {
      context: [{ type: 'element', expression: 'Element' }],
    });
    expect(await said(patient({ modifierExtension: [at('modifier')] }), [modifier])).toEqual([]);
    expect((await said(patient({ extension: [at('modifier')] }), [modifier])).join()).toContain('expected it in modifierExtension');
    expect((await said(patient({ modifierExtension: [at('colour')] }), [colour])).join()).toContain('expected it in extension');
  });
});

describe('contexts of extensions', () => {
  const on = (expression: string, type = 'element') => extensionOf('placed', 'string', { context: [{ type, expression }] });
  const extension = [at('placed')];
  const everywhere = patient({ extension });
  const onName = patient({ name: [{ extension }] });
  const onFamily = patient({ name: [{ _family: { extension } }] });
  const onChoice = patient({ deceasedBoolean: true, _deceasedBoolean: { extension } });

  test.each([
    ['Patient', everywhere, true],
    ['DomainResource', everywhere, true],
    ['Resource', everywhere, true],
    ['Element', everywhere, true],
    ['Observation', everywhere, false],
    ['Patient.name', onName, true],
    ['HumanName', onName, true],
    ['Patient.contact', onName, false],
    ['HumanName.family', onFamily, true],
    ['string', onFamily, true],
    ['HumanName', onFamily, false],
    ['Patient.deceased[x]', onChoice, true],
    ['Patient.deceased', onChoice, true],
    ['boolean', onChoice, true],
    [`${base}some-profile#Patient.name`, onName, true],
    ['CanonicalResource', { resourceType: 'ValueSet', extension }, true],
    ['CanonicalResource', everywhere, false],
    ['DomainResource.text', patient({ text: { extension } }), true],
  ])('element %s', async (expression, resource, isAllowed) => {
    expect(await said(resource, [on(expression)])).toHaveLength(isAllowed ? 0 : 1);
  });

  test('are told at the element that must not be extended', async () => {
    expect(await said(onName, [on('Observation')])).toEqual([
      `error Patient.name[0]: The extension ${base}placed is not allowed on Patient.name; expected on one of: Observation`,
    ]);
  });

  test('of type extension mean another extension, or its value', async () => {
    const outer = profileOf('outer', 'Extension', [{ path: 'Extension' }], { context: [{ type: 'element', expression: 'Element' }] });
    const inside = patient({ extension: [{ url: `${base}outer`, extension }] });
    const onValue = patient({ extension: [{ url: `${base}outer`, valueString: 'x', _valueString: { extension } }] });
    expect(await said(inside, [on(`${base}outer`, 'extension'), outer])).toEqual([]);
    expect(await said(onValue, [on(`${base}outer`, 'extension'), outer])).toEqual([]);
    expect(await said(everywhere, [on(`${base}outer`, 'extension'), outer])).toHaveLength(1);
  });

  test('of type fhirpath select the element from its resource', async () => {
    const home = on("Patient.address.where(use = 'home')", 'fhirpath');
    const address = (use: string) => patient({ address: [{ use, extension }] });
    expect(await said(address('home'), [home])).toEqual([]);
    expect(await said(address('work'), [home])).toHaveLength(1);
  });

  test('have invariants about the element, with the extension as a variable', async () => {
    const invariant = (expression: string) => extensionOf('placed', 'string', { contextInvariant: [expression] });
    expect(await said(patient({ active: true, extension }), [invariant('active')])).toEqual([]);
    expect(await said(patient({ active: false, extension }), [invariant('active')])).toHaveLength(1);
    expect(await said(patient({ extension }), [invariant("%extension.value = 'x'")])).toEqual([]);
    expect(await said(patient({ extension }), [invariant("%extension.value = 'y'")])).toHaveLength(1);
  });
});

describe('extensions that are not known', () => {
  const other = 'https://vendor.test/extension/';
  const unknown = patient({
    extension: [
      { url: `${other}a`, valueString: 'x' },
      { url: `${other}a`, valueString: 'y' },
    ],
  });

  test('are a warning, once for each url, or an error where they are to be refused', async () => {
    expect(await said(unknown, [])).toEqual([
      `warning Patient.extension[0]: The extension ${other}a is not known, so that it was not checked; expected one whose definition is loaded`,
    ]);
    expect((await said(unknown, [], { unknownExtension: 'refuse' })).map((issue) => issue.split(' ')[0])).toEqual(['error']);
  });

  test('are an error where they change the meaning', async () => {
    expect((await said(patient({ modifierExtension: [{ url: `${other}a`, valueString: 'x' }] }), [])).join()).toMatch(
      /^error Patient\.modifierExtension\[0\]: /,
    );
  });

  test('are let through where they stand for elements of other versions', async () => {
    const url = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.contact.additionalName';
    expect(await said(patient({ extension: [{ url, valueString: 'x' }] }), [])).toEqual([]);
    expect(await said(patient({ extension: [{ url: url.replace('5.0', '9.9'), valueString: 'x' }] }), [])).toHaveLength(1);
  });

  test('with a relative url are an error, except within another extension', async () => {
    expect((await said(patient({ extension: [{ url: 'size', valueString: 'x' }] }), [])).join()).toContain(
      'is relative; expected an absolute one',
    );
    expect(await said(patient({ extension: [{ url: `${other}a`, extension: [{ url: 'size', valueString: 'x' }] }] }), [])).toHaveLength(1);
  });
});

describe('extensions in profiles', () => {
  test('are slices by their profiles', async () => {
    const coloured = profileOf('coloured', 'Patient', [
      {
        id: 'Patient.extension:colour',
        path: 'Patient.extension',
        sliceName: 'colour',
        min: 1,
        max: '1',
        type: [{ code: 'Extension', profile: [`${base}colour`] }],
      },
    ]);
    const { issues } = await check(patient({ extension: [at('size')] }), [coloured, extensionOf('colour', 'string')]);
    expect(issues).toEqual([
      `error Patient: Slice Patient.extension:colour: there are 0 items that fall into it; expected at least 1; items of other slices do not count (${base}coloured)`,
    ]);
    expect((await check(patient({ extension: [at('colour')] }), [coloured, extensionOf('colour', 'string')])).issues).toEqual([]);
  });

  test('whose definition is not known are slices by the same url', async () => {
    const coloured = profileOf('coloured', 'Patient', [
      { path: 'Patient.extension', sliceName: 'colour', min: 1, type: [{ code: 'Extension', profile: [`${base}colour|1.0.0`] }] },
    ]);
    expect((await check(patient({ extension: [at('colour')] }), [coloured])).issues).toEqual([]);
  });
});
