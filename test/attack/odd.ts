/** Texts and bodies that are odd in themselves, and what no value of a type can be. https://hl7.org/fhir/R4/datatypes.html */
import { secret } from './world.ts';

export const oddTexts: readonly string[] = [
  ...[' ', '1', '-1', '0', '1.5', '1e999', '99999999999999999999', 'NaN', 'true', 'null', ',', ',,', '|', '||', '\\', '$', '?', '#', '*'],
  ...[
    'Patient',
    'Patient,',
    ',Patient',
    'patient',
    'Resource',
    'Observation,Patient',
    'Observation?',
    'Observation?code',
    'Observation?zzz=1',
  ],
  ...[
    'Observation?code=%',
    'Observation?code:in=x',
    'Observation?_has:x:y:z=1',
    'Observation?subject.name=x&_count=1',
    'Patient.name',
    '.',
    '..',
  ],
  ...[
    '2020',
    '2020-13-01',
    '2020-02-30',
    '0000-01-01',
    '2020-01-01T00:00:00Z',
    '2020-01-01T24:00:00+99:99',
    '9999-12-31T23:59:59.999999999Z',
  ],
  ...[
    'Patient/ann',
    'Patient/none',
    'Patient/../x',
    'http://x/Patient/ann',
    'urn:uuid:x',
    '__proto__',
    'constructor',
    '\u0001',
    '\ufffe',
    '\u{1f600}',
  ],
  ...[
    "' or 1=1 --",
    "'; drop table anamnesis.res; --",
    '<script>',
    '%s%n',
    secret,
    'x'.repeat(3000),
    `${'(('.repeat(500)}`,
    'a,'.repeat(2000),
  ],
];

const words: Readonly<Record<string, readonly string[]>> = {
  date: ['x', '2020-13-01', '2020-02-30', '1e9', "' or 1=1 --"],
  instant: ['x', '2020-13-01T00:00:00Z', '2020', '2020-01-01T25:00:00Z', '12'],
  integer: ['x', '-1', '1.5', '1e3', '99999999999999999999'],
  boolean: ['x', '1', 'TRUE', 'yes'],
};

/** Nothing for types whose texts are free. */
export const wrongValues = (type: string): readonly string[] => words[type] ?? [];

const parameters = (parameter: unknown): string => JSON.stringify({ resourceType: 'Parameters', parameter });
const deep = (depth: number, open: string, close: string, inner = ''): string => open.repeat(depth) + inner + close.repeat(depth);

export const oddBodies: readonly (string | Buffer)[] = [
  ...['', ' ', 'null', '1', '"x"', '[]', '{}', '{', '[{}]', 'x', '\ufeff{}', '{"resourceType":1}', '{"resourceType":"Parameters"}'],
  ...['{"resourceType":"Patient"}', '{"resourceType":"constructor"}', '{"resourceType":"__proto__"}', '{"resourceType":"Resource"}'],
  ...['{"resourceType":"Parameters","resourceType":"Patient"}', '{"resourceType":"Parameters","__proto__":{"parameter":1}}'],
  ...[{}, null, 1, 'x', [null], [1], [[]], [{}], [{ name: 1 }], [{ name: '' }], [{ name: null }], [{ name: 'x', part: {} }]].map(
    parameters,
  ),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'inputFormat', 'input', 'patient', '_type'].map((name) =>
    parameters([
      { name, valueString: '1' },
      { name, part: [{ name, part: [{ name, valueCode: 'x' }] }] },
    ]),
  ),
  parameters([{ name: '_type', valueString: '\ud800' }]),
  parameters([{ name: '_type', valueString: '\u0000' }]),
  parameters(Array.from({ length: 3000 }, () => ({ name: '_type', valueString: 'Patient' }))),
  deep(50_000, '[', ']'),
  deep(50_000, '{"a":', '}', '1'),
  `{"resourceType":"Parameters","parameter":${deep(3000, '[{"name":"x","part":', '}]', '[]')}}`,
  `{"resourceType":"Patient","contact":${deep(3000, '[{"extension":', '}]', '[]')}}`,
  `<Parameters xmlns="http://hl7.org/fhir">${deep(3000, '<parameter><name value="x"/><part>', '</part></parameter>')}</Parameters>`,
  ...[
    '<',
    '<x/>',
    '<Patient/>',
    '<Patient xmlns="http://hl7.org/fhir"/>',
    '<Parameters xmlns="http://hl7.org/fhir"><parameter/></Parameters>',
  ],
  ...['<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><Parameters xmlns="http://hl7.org/fhir"><id value="&y;"/></Parameters>'],
  ...['a=1&a=2', '%', '%00=1', '=', '&&&', 'name=%ed%a0%80', '_type=Patient&_type=Patient'],
  Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
  Buffer.from('{"resourceType":"Parameters","parameter":[{"name":"\xff"}]}', 'latin1'),
];
