import { describe, expect, test } from '@jest/globals';
import { base, check, errorsOf, profileOf } from '../../support/profile-check.ts';

const brief = (issues: readonly string[]): string[] => issues.map((issue) => issue.replace(/ \(http:.*$/, '').replace(/^error /, ''));
const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });

describe('differentials', () => {
  test('may leave parents out, and lead into data types', async () => {
    const sparse = profileOf('sparse', 'Patient', [{ path: 'Patient.contact.name.period.start', min: 1 }]);
    expect(brief(await errorsOf({ resourceType: 'Patient', contact: [{ name: { period: {} } }, { name: {} }] }, [sparse]))).toEqual([
      'Patient.contact[0].name.period: Patient.contact.name.period.start: there are 0; expected at least 1',
    ]);
  });

  test.each([
    [
      'value[x]',
      [
        { path: 'Observation.value[x]', type: [{ code: 'Quantity' }] },
        { path: 'Observation.value[x].unit', min: 1 },
      ],
    ],
    [
      'valueQuantity',
      [
        { path: 'Observation.valueQuantity', min: 0 },
        { path: 'Observation.valueQuantity.unit', min: 1 },
      ],
    ],
    ['a child of valueQuantity alone', [{ path: 'Observation.valueQuantity.unit', min: 1 }]],
    [
      'a slice of value[x]',
      [
        { path: 'Observation.value[x]', slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' } },
        { path: 'Observation.value[x]', sliceName: 'valueQuantity', type: [{ code: 'Quantity' }] },
        { path: 'Observation.value[x].unit', min: 1 },
      ],
    ],
  ])('say a choice as %s', async (_name, elements) => {
    const profile = profileOf('choice', 'Observation', elements);
    expect(await errorsOf(observation({ valueQuantity: { value: 1, unit: 'kg' } }), [profile])).toEqual([]);
    expect(brief(await errorsOf(observation({ valueQuantity: { value: 1 } }), [profile]))[0]).toMatch(
      /^Observation\.value: .*unit: there are 0/,
    );
  });

  test('with and without ids mean the same', async () => {
    const elements = [
      { id: 'Patient.telecom', path: 'Patient.telecom', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' } },
      { id: 'Patient.telecom:phone', path: 'Patient.telecom', sliceName: 'phone', min: 1 },
      { id: 'Patient.telecom:phone.system', path: 'Patient.telecom.system', fixedCode: 'phone' },
      { id: 'Patient.telecom:phone.value', path: 'Patient.telecom.value', min: 1 },
    ];
    const plain = elements.map((element) => ({ ...element, id: undefined }));
    const resource = { resourceType: 'Patient', telecom: [{ system: 'phone' }, { system: 'email' }] };
    const expected = await errorsOf(resource, [profileOf('same', 'Patient', elements)]);
    expect(expected).toHaveLength(1);
    expect(await errorsOf(resource, [profileOf('same', 'Patient', plain)])).toEqual(expected);
    const foreign = elements.map((element, i) => ({ ...element, id: `element-${i}` }));
    expect(await errorsOf(resource, [profileOf('same', 'Patient', foreign)])).toEqual(expected);
  });

  test('name elements of a slice by id without saying the slice again', async () => {
    const loose = profileOf(
      'loose',
      'Patient',
      [
        { id: 'Patient.telecom:phone.value', path: 'Patient.telecom.value', min: 1 },
        { id: 'Patient.name', path: 'Patient.name', min: 1 },
      ],
      { baseDefinition: `${base}sliced` },
    );
    const sliced = profileOf('sliced', 'Patient', [
      { id: 'Patient.telecom', path: 'Patient.telecom', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' } },
      { id: 'Patient.telecom:phone', path: 'Patient.telecom', sliceName: 'phone' },
      { id: 'Patient.telecom:phone.system', path: 'Patient.telecom.system', fixedCode: 'phone' },
    ]);
    const resource = { resourceType: 'Patient', name: [{ text: 'a' }], telecom: [{ system: 'phone' }, { system: 'email' }] };
    expect(brief(await errorsOf(resource, [loose, sliced]))).toEqual([
      'Patient.telecom[0]: Patient.telecom:phone.value: there are 0; expected at least 1',
    ]);
  });

  test('only narrow what their bases say', async () => {
    const strict = profileOf('strict', 'Patient', [{ path: 'Patient.name', min: 1, max: '1' }]);
    const loose = profileOf('loose', 'Patient', [{ path: 'Patient.name', min: 0, max: '*' }], { baseDefinition: `${base}strict` });
    expect(await errorsOf({ resourceType: 'Patient' }, [loose, strict])).toHaveLength(1);
    expect(await errorsOf({ resourceType: 'Patient', name: [{}, {}] }, [loose, strict])).toHaveLength(1);
  });

  test('of profiles that call themselves specializations count as well', async () => {
    const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }], { derivation: 'specialization' });
    expect(await errorsOf({ resourceType: 'Patient' }, [named])).toHaveLength(1);
  });
});

describe('snapshots', () => {
  const whole = (elements: object[], more: object = {}) =>
    profileOf('whole', 'Patient', [], { differential: undefined, snapshot: { element: elements }, ...more });

  test('count where there is no differential', async () => {
    expect(
      await errorsOf({ resourceType: 'Patient' }, [whole([{ path: 'Patient' }, { path: 'Patient.name', min: 1, max: '*' }])]),
    ).toHaveLength(1);
  });

  test('say the invariants of the types again, which are checked with the types', async () => {
    const constraint = [
      { key: 'ele-1', severity: 'error', human: '', expression: 'false', source: 'http://hl7.org/fhir/StructureDefinition/Element' },
    ];
    expect(
      (
        await check({ resourceType: 'Patient', name: [{ text: 'a' }] }, [
          whole([{ path: 'Patient' }, { path: 'Patient.name', constraint }]),
        ])
      ).issues,
    ).toEqual([]);
  });

  test('stand in for a base that is not known', async () => {
    const heir = whole([{ path: 'Patient' }, { path: 'Patient.name', min: 1 }], {
      baseDefinition: `${base}lost`,
      differential: { element: [{ path: 'Patient.active', min: 1 }] },
    });
    expect(brief(await errorsOf({ resourceType: 'Patient' }, [heir]))).toEqual(['Patient: Patient.name: there are 0; expected at least 1']);
  });
});
