import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bucketOf } from '../../src/fhir/id.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExpression } from '../../src/search/expression.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { hash64 } from '../../src/search/hash.ts';
import type { IndexRows } from '../../src/search/index-rows.ts';
import { indexedTypes } from '../../src/search/indexers.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { anyReferenceLink, compartmentToken } from '../../src/search/link-token.ts';
import { normalised } from '../../src/search/types/string.ts';

const definitions = loadDefinitions();
const extract = compileExtractor(definitions);
const of = (resource: object): IndexRows => extract({ id: 'x', ...resource } as Resource);
const has = (rows: IndexRows, text: string): boolean => rows.tokens.includes(hash64(text));

describe('The hash', () => {
  test.each([
    // XXH64 with seed 0 of '' is 0xEF46DB3751D8E999.
    ['', BigInt.asIntN(64, 0xef46db3751d8e999n).toString()],
    ['a', BigInt.asIntN(64, 0xd24ec4f1a98c6e5bn).toString()],
    ['abc', BigInt.asIntN(64, 0x44bc2cf5ad770999n).toString()],
  ])('of "%s" is that of the specification', (text, hash) => {
    expect(hash64(text)).toBe(hash);
    expect(hash64(text)).toBe(hash);
  });

  test('does not depend on what was hashed before', () => {
    const before = hash64('Observation|code||1');
    for (let i = 0; i < 50_000; i++) hash64(`filler ${i}`);
    expect(hash64('Observation|code||1')).toBe(before);
  });
});

describe('A resource', () => {
  test('may have more dates than a function can have arguments', () => {
    const event = Array.from({ length: 150_000 }, (_, i) => `20${String(10 + (i % 80))}`);
    const rows = of({ resourceType: 'ServiceRequest', occurrenceTiming: { event } });
    expect(rows.numbers).toMatchObject([{ low: Date.UTC(2010, 0), high: Date.UTC(2090, 0) }]);
  });

  test('leaves every form of a token', () => {
    const rows = of({
      resourceType: 'Observation',
      code: { coding: [{ system: 's', code: 'c' }, { code: 'd' }, { system: 'only' }] },
      status: 'final',
    });
    for (const text of [
      'Observation|code||c',
      'Observation|code|s|c',
      'Observation|code|s|',
      'Observation|code||d',
      'Observation|code|\u0000|d',
      'Observation|code|only|',
      'Observation|status||final',
    ])
      expect([text, has(rows, text)]).toEqual([text, true]);
    expect(has(rows, 'Observation|code|\u0000|c')).toBe(false);
    // What is mandatory is marked only where it lacks.
    expect(has(rows, 'Observation|code!')).toBe(false);
    expect(has(rows, 'Observation|code?')).toBe(false);
    expect(has(of({ resourceType: 'Observation', status: 'final' }), 'Observation|code?')).toBe(true);
    // A union of other parameters has nothing of its own.
    expect(has(rows, 'Observation|combo-code||c')).toBe(false);
  });

  test('is marked where it lacks what most resources of its type have, and where it has what few have', () => {
    const bare = of({ resourceType: 'Observation', status: 'final' });
    const full = of({
      resourceType: 'Observation',
      status: 'final',
      category: [{ text: 'vital' }],
      subject: { reference: 'Patient/1' },
      encounter: { reference: 'Encounter/1' },
      effectiveDateTime: '2020',
      focus: [{ reference: 'Patient/1' }],
    });
    for (const code of ['category', 'subject', 'patient', 'encounter', 'date'])
      expect([code, has(bare, `Observation|${code}?`), has(full, `Observation|${code}?`), has(full, `Observation|${code}!`)]).toEqual([
        code,
        true,
        false,
        false,
      ]);
    expect([has(bare, 'Observation|focus?'), has(bare, 'Observation|focus!'), has(full, 'Observation|focus!')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('leaves the rows of composites that read the same elements once', () => {
    const quantity = { value: 120, unit: 'mmHg' };
    const rows = of({
      resourceType: 'Observation',
      status: 'final',
      component: [{ code: { coding: [{ code: 'c' }] }, valueQuantity: quantity }],
    });
    const keys = (code: string): number => rows.numbers.filter(({ key }) => key === hash64(`Observation|${code}||c$`)).length;
    expect([keys('combo-code-value-quantity'), keys('component-code-value-quantity')].sort()).toEqual([0, 1]);
  });

  test('belongs to its patient, and carries a token for every further one', () => {
    const rows = of({
      resourceType: 'Observation',
      performer: [{ reference: 'Patient/2' }, { reference: 'Patient/1' }],
      subject: { reference: 'Patient/1' },
    });
    expect(rows.patient).toBe(compartmentToken('1'));
    expect(rows.bucket).toBe(bucketOf('1'));
    expect(rows.tokens).toContain(compartmentToken('2'));
    expect(rows.tokens).not.toContain(compartmentToken('1'));
  });

  test.each<[object, string]>([
    [{ resourceType: 'Patient', id: '7' }, '7'],
    [{ resourceType: 'Patient', id: '7', link: [{ other: { reference: 'Patient/8' } }] }, '7'],
    [{ resourceType: 'Coverage', payor: [{ reference: 'Patient/2' }], beneficiary: { reference: 'Patient/1' } }, '1'],
    [{ resourceType: 'AllergyIntolerance', recorder: { reference: 'Patient/2' }, patient: { reference: 'Patient/1/_history/4' } }, '1'],
    [
      { resourceType: 'Appointment', participant: [{ actor: { reference: 'Practitioner/1' } }, { actor: { reference: 'Patient/1' } }] },
      '1',
    ],
    [{ resourceType: 'GenomicStudy', subject: { reference: 'Patient/1' } }, '1'],
  ])('%j is in the compartment of %s', (resource, patient) => {
    expect(of(resource).patient).toBe(compartmentToken(patient));
  });

  test.each<object>([
    { resourceType: 'QuestionnaireResponse', author: { reference: 'Patient/3' } },
    { resourceType: 'QuestionnaireResponse', subject: { reference: 'Group/1' }, author: { reference: 'Patient/3' } },
    { resourceType: 'List', source: { reference: 'Patient/3' } },
  ])('%j belongs to a patient by a token: the element that decides leads to none', (resource) => {
    const rows = of(resource);
    expect(rows.patient).toBe('0');
    expect(rows.tokens).toContain(compartmentToken('3'));
  });

  test.each<[object]>([
    [{ resourceType: 'Organization' }],
    [{ resourceType: 'Observation', subject: { reference: 'Group/1' } }],
    [{ resourceType: 'Observation', subject: { reference: 'urn:uuid:b3f2a0f4-6d2b-4b3c-9d42-0e8d3a3f0a11' } }],
    [{ resourceType: 'Observation', subject: { reference: 'https://elsewhere.org/fhir/Patient/1' } }],
    [{ resourceType: 'Observation', subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p' }] }],
  ])('%j is in no compartment', (resource) => {
    expect(of(resource).patient).toBe('0');
    expect(of(resource).bucket).toBe(bucketOf('x'));
  });

  test('names every local reference in any element once', () => {
    const rows = of({
      resourceType: 'Observation',
      subject: { reference: 'Patient/1' },
      performer: [
        { reference: 'Practitioner/2/_history/1' },
        { reference: 'Practitioner/2' },
        { reference: 'http://elsewhere.org/Practitioner/3' },
        { reference: '#c' },
      ],
      extension: [{ url: 'http://x', valueReference: { reference: 'Device/4' } }],
      contained: [{ resourceType: 'Specimen', id: 'c', collection: { collector: { reference: 'Practitioner/5' } } }],
      note: [{ text: 'reference Patient/9', authorReference: { reference: 'Nothing/6' } }],
    });
    expect([...rows.references].sort()).toEqual(['Device/4', 'Patient/1', 'Practitioner/2', 'Practitioner/5']);
    // Its own patient is told by the column of the compartment.
    const [own, ...others] = [...rows.references].sort((a) => (a === 'Patient/1' ? -1 : 0));
    expect([own, rows.patient]).toEqual(['Patient/1', compartmentToken('1')]);
    for (const reference of others) expect(rows.tokens).toContain(anyReferenceLink(reference));
  });

  test('of a server that knows its address has local references with that address', () => {
    const own = compileExtractor(definitions, { bases: ['https://here.org/fhir'] });
    const rows = own({ resourceType: 'Observation', subject: { reference: 'https://here.org/fhir/Patient/1' } });
    expect(rows.references).toEqual(['Patient/1']);
    expect(rows.patient).toBe(compartmentToken('1'));
  });

  test.each<[object, string | null, string | null]>([
    [{ effectiveDateTime: '2019' }, '2019-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z'],
    [{ effectiveDateTime: '2020-02' }, '2020-02-01T00:00:00.000Z', '2020-03-01T00:00:00.000Z'],
    [{ effectiveDateTime: '2020-02-28' }, '2020-02-28T00:00:00.000Z', '2020-02-29T00:00:00.000Z'],
    [{ effectiveDateTime: '2020-02-28T10:00:00+02:00' }, '2020-02-28T08:00:00.000Z', '2020-02-28T08:00:01.000Z'],
    [{ effectiveInstant: '2020-02-28T10:00:00.5Z' }, '2020-02-28T10:00:00.500Z', '2020-02-28T10:00:00.501Z'],
    [{ effectiveInstant: '2020-02-28T10:00:00.123456Z' }, '2020-02-28T10:00:00.123Z', '2020-02-28T10:00:00.124Z'],
    [{ effectivePeriod: { start: '2020', end: '2021-03' } }, '2020-01-01T00:00:00.000Z', '2021-04-01T00:00:00.000Z'],
    [{ effectivePeriod: { start: '2020' } }, '2020-01-01T00:00:00.000Z', 'infinity'],
    [{ effectivePeriod: { end: '2020' } }, '-infinity', '2021-01-01T00:00:00.000Z'],
    [{ effectivePeriod: {} }, null, null],
    [{ effectiveTiming: { event: ['2020-05-01', '2020-01-01'] } }, '2020-01-01T00:00:00.000Z', '2020-05-02T00:00:00.000Z'],
    [
      { effectiveTiming: { repeat: { boundsPeriod: { start: '2020', end: '2021' } } } },
      '2020-01-01T00:00:00.000Z',
      '2022-01-01T00:00:00.000Z',
    ],
    [{ effectiveTiming: { code: { text: 'daily' } } }, null, null],
    [{ effectiveDateTime: '9999' }, '9999-01-01T00:00:00.000Z', 'infinity'],
    [{ effectiveDateTime: '0001-01-01T00:00:00+14:00' }, '-infinity', '0001-01-01T00:00:00.000Z'],
    [{ effectiveDateTime: 'soon' }, null, null],
    [{}, null, null],
  ])('dated %j stands from %s to %s', (date, low, high) => {
    const rows = of({ resourceType: 'Observation', ...date });
    // Before the year 1 PostgreSQL is given no date at all.
    expect([rows.low, rows.high]).toEqual([low, high === '0001-01-01T00:00:00.000Z' ? '-infinity' : high]);
  });

  test('without a zone is dated in the configured one', () => {
    const berlin = compileExtractor(definitions, { timeZone: 'Europe/Berlin' });
    const rows = berlin({ resourceType: 'Observation', effectiveDateTime: '2020-03-29' });
    expect([rows.low, rows.high]).toEqual(['2020-03-28T23:00:00.000Z', '2020-03-29T22:00:00.000Z']);
    const zoned = berlin({ resourceType: 'Observation', effectiveDateTime: '2020-03-29T12:00:00Z' });
    expect(zoned.low).toBe('2020-03-29T12:00:00.000Z');
  });

  test('never stops the extraction, whatever stands in its elements', () => {
    const junk = fc.jsonValue({ maxDepth: 3 });
    const elements = [...definitions.properties('Observation').keys()];
    const shape = fc.dictionary(
      fc.constantFrom(...elements),
      fc.oneof(junk, fc.record({ reference: fc.string(), coding: junk, value: junk, start: junk, event: junk })),
    );
    fc.assert(
      fc.property(shape, (body) => {
        const { tokens, numbers, strings } = of({ ...body, resourceType: 'Observation', id: 'x' });
        for (const token of tokens) expect(token).toMatch(/^-?\d{1,19}$/);
        for (const { low, high } of numbers) expect(Number.isNaN(low) || Number.isNaN(high)).toBe(false);
        for (const { value } of strings) expect(value).toMatch(/^\P{Cc}{1,600}$/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe('Strings', () => {
  test.each([
    ['  Zoë\tÅse ', 'zoe ase'],
    ['GROSSE', 'grosse'],
    ['a\u0000b', 'a b'],
    ['\u0301', ''],
    ['ﬁ', 'ﬁ'],
  ])('%j are looked for as %j', (text, expected) => {
    expect(normalised(text)).toBe(expected);
  });
});

describe('The table of indexed parameters', () => {
  test('counts as a union only what is one', () => {
    const paths = (code: string) =>
      compileExpression(definitions.searchParameters('Observation').get(code)?.expression ?? '', 'Observation', definitions).map(
        ({ path, type }) => `${path} ${type}`,
      );
    for (const [code, { parts }] of indexingOf(definitions, 'Observation')) {
      if (parts) expect(paths(code).sort()).toEqual(parts.flatMap(paths).sort());
    }
  });

  test('leaves out only element types that a parameter of that kind cannot mean', () => {
    const without = new Set<string>();
    for (const type of definitions.resourceTypes) {
      for (const [code, { branches, refused }] of indexingOf(definitions, type)) {
        const parameter = definitions.searchParameters(type).get(code);
        if (refused !== undefined || !parameter) continue;
        for (const branch of branches) if (!indexedTypes(parameter).has(branch.type)) without.add(`${parameter.type}: ${branch.type}`);
      }
    }
    expect([...without].sort()).toMatchInlineSnapshot(`
[
  "date: Age",
  "date: Range",
  "date: string",
  "reference: Address",
  "reference: Age",
  "reference: Annotation",
  "reference: Attachment",
  "reference: CodeableConcept",
  "reference: Coding",
  "reference: ContactDetail",
  "reference: ContactPoint",
  "reference: Contributor",
  "reference: Count",
  "reference: DataRequirement",
  "reference: Distance",
  "reference: Dosage",
  "reference: Duration",
  "reference: Expression",
  "reference: HumanName",
  "reference: Identifier",
  "reference: Meta",
  "reference: Money",
  "reference: ParameterDefinition",
  "reference: Period",
  "reference: Quantity",
  "reference: Range",
  "reference: Ratio",
  "reference: RelatedArtifact",
  "reference: SampledData",
  "reference: Signature",
  "reference: Timing",
  "reference: TriggerDefinition",
  "reference: UsageContext",
  "reference: base64Binary",
  "reference: boolean",
  "reference: code",
  "reference: date",
  "reference: dateTime",
  "reference: decimal",
  "reference: id",
  "reference: instant",
  "reference: integer",
  "reference: markdown",
  "reference: positiveInt",
  "reference: string",
  "reference: time",
  "reference: unsignedInt",
  "string: Age",
  "string: Annotation",
  "string: Attachment",
  "string: Coding",
  "string: ContactDetail",
  "string: ContactPoint",
  "string: Contributor",
  "string: Count",
  "string: DataRequirement",
  "string: Distance",
  "string: Dosage",
  "string: Duration",
  "string: Expression",
  "string: Identifier",
  "string: Meta",
  "string: Money",
  "string: ParameterDefinition",
  "string: Period",
  "string: Quantity",
  "string: Range",
  "string: Ratio",
  "string: Reference",
  "string: RelatedArtifact",
  "string: SampledData",
  "string: Signature",
  "string: Timing",
  "string: TriggerDefinition",
  "string: UsageContext",
  "string: base64Binary",
  "string: boolean",
  "string: date",
  "string: dateTime",
  "string: decimal",
  "string: instant",
  "string: integer",
  "string: oid",
  "string: positiveInt",
  "string: time",
  "string: unsignedInt",
  "string: uuid",
  "token: Address",
  "token: Age",
  "token: Annotation",
  "token: Attachment",
  "token: ContactDetail",
  "token: Contributor",
  "token: Count",
  "token: DataRequirement",
  "token: Distance",
  "token: Dosage",
  "token: Duration",
  "token: Expression",
  "token: HumanName",
  "token: Meta",
  "token: Money",
  "token: ParameterDefinition",
  "token: Period",
  "token: Quantity",
  "token: Range",
  "token: Ratio",
  "token: Reference",
  "token: RelatedArtifact",
  "token: SampledData",
  "token: Signature",
  "token: Timing",
  "token: TriggerDefinition",
  "token: UsageContext",
  "token: base64Binary",
  "token: date",
  "token: dateTime",
  "token: decimal",
  "token: instant",
  "token: time",
]
`);
  });

  test('gives each type with a date one primary date', () => {
    const primary = (type: string) => [...indexingOf(definitions, type)].filter(([, { primaryDate }]) => primaryDate).map(([code]) => code);
    expect(primary('Observation')).toEqual(['date']);
    expect(primary('Condition')).toEqual(['onset-date']);
    expect(primary('MedicationRequest')).toEqual(['authoredon']);
    expect(primary('Patient')).toEqual(['birthdate']);
    expect(primary('Organization')).toEqual([]);
    for (const type of definitions.resourceTypes) expect(primary(type).length).toBeLessThanOrEqual(1);
  });
});
