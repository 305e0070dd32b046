import { describe, expect, test } from '@jest/globals';
import { booleanOf } from '../../src/fhir/fhirpath/compiled.ts';
import { define } from '../../src/fhir/fhirpath/functions/call.ts';
import type { Environment } from '../../src/fhir/fhirpath/run.ts';
import { Value } from '../../src/fhir/fhirpath/value.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { faultOf, printed, results } from '../support/fhirpath.ts';

const practitioner: Resource = { resourceType: 'Practitioner', id: '1', name: [{ family: 'House' }] };

const encounter = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 's', code: 'AMB' },
  subject: { reference: 'Patient/1' },
  participant: [{ individual: { reference: 'Practitioner/1' } }, { individual: { reference: '#p' } }, { individual: { display: 'x' } }],
  contained: [{ resourceType: 'PractitionerRole', id: 'p', active: true }],
};

const known: Environment = { resolve: (reference) => (reference === 'Practitioner/1' ? practitioner : undefined) };

describe('resolve()', () => {
  test.each<readonly [string, Environment, ...string[]]>([
    ['participant.individual.resolve().count()', known, '2'],
    ['participant.individual.resolve().ofType(Practitioner).name.family', known, 'House'],
    ['participant.individual.resolve().active', {}, 'true'],
    ['subject.resolve()', known],
    ['subject.resolve().name', known],
    // SHALL: what cannot be resolved is of the type that the reference names
    ['subject.resolve() is Patient', known, 'true'],
    ['subject.resolve() is Group', {}, 'false'],
    ['participant.individual.where(resolve() is Practitioner).reference', {}, 'Practitioner/1'],
    ['participant.individual.where(resolve() is PractitionerRole).reference', {}, '#p'],
    ["'Practitioner/1'.resolve().id", known, '1'],
    ["'#p'.resolve().id", {}, 'p'],
    ["'#'.resolve().status", {}, 'finished'],
  ])('%s', (expression, environment, ...expected) => {
    expect(results(expression, encounter, { environment })).toEqual(expected);
  });
});

describe('questions for the environment', () => {
  const environment: Environment = {
    memberOf: ({ value }, url) => (url === 'http://vs' ? JSON.stringify(value).includes('AMB') : undefined),
    conformsTo: ({ type }, url) => (url === 'http://p' ? type === 'FHIR.Encounter' : undefined),
    subsumes: (a, b) => JSON.stringify(a.value) <= JSON.stringify(b.value),
    htmlChecks: (xhtml) => !xhtml.includes('script'),
  };

  test.each<readonly [string, ...string[]]>([
    ["class.memberOf('http://vs')", 'true'],
    ["status.memberOf('http://vs')", 'false'],
    ["{}.memberOf('http://vs')"],
    ["conformsTo('http://p')", 'true'],
    ['class.subsumes(class)', 'true'],
    ['class.subsumedBy(class)', 'true'],
    ['text.`div`.htmlChecks()', 'false'],
    ['status.htmlChecks()'],
  ])('%s', (expression, ...expected) => {
    const input = { ...encounter, text: { status: 'generated', div: '<div><script/></div>' } };
    expect(results(expression, input, { environment })).toEqual(expected);
  });

  test.each(["class.memberOf('http://other')", "conformsTo('http://other')", "participant.memberOf('http://vs')"])(
    '%s is a fault: it cannot be answered',
    (expression) => {
      expect(faultOf(expression, encounter, { environment }).kind).toBe('execution');
    },
  );

  test.each(["class.memberOf('http://vs')", 'elementDefinition()', "slice('http://p', 'x')"])(
    '%s is a fault where nobody answers',
    (expression) => {
      expect(faultOf(expression, encounter).kind).toBe('execution');
    },
  );

  test('checkModifiers() refuses extensions that are not listed — fhirpath.html#functions', () => {
    const input = { resourceType: 'Patient', modifierExtension: [{ url: 'http://m', valueBoolean: true }] };
    expect(results("checkModifiers('http://m').id.count()", input)).toEqual(['0']);
    expect(faultOf("checkModifiers('http://n')", input).message).toContain('changes the meaning');
  });
});

describe('variables', () => {
  const variables = new Map<string, unknown>([
    ['text', 'a'],
    ['number', 1.5],
    ['list', [1, 2]],
    ['none', undefined],
    ['resource2', practitioner],
    ['coding', new Value('Coding', { system: 's', code: 'AMB' })],
    ['us-zip', '[0-9]{5}'],
    ['sct', 'mine'],
  ]);

  test.each<readonly [string, ...string[]]>([
    ["%text + 'b'", 'ab'],
    ['%number + 1', '2.5'],
    ['%list.sum()', '3'],
    ['%none'],
    ['%resource2.name.family', 'House'],
    ['%resource2 is Practitioner', 'true'],
    ['%coding = Encounter.class', 'true'],
    ['%coding.code', 'AMB'],
    ["'12345'.matches(%`us-zip`)", 'true'],
    ['%sct', 'mine'],
    ['%loinc', 'http://loinc.org'],
    ['%`ext-x`', 'http://hl7.org/fhir/StructureDefinition/x'],
    ["%'vs-x'", 'http://hl7.org/fhir/ValueSet/x'],
    ['%context.status', 'finished'],
    ['%resource.status', 'finished'],
  ])('%s', (expression, ...expected) => {
    expect(results(expression, encounter, { environment: { variables } })).toEqual(expected);
  });

  test('one that is not defined is a fault that lists those that are — N1/#environment-variables', () => {
    expect(faultOf('%txt', encounter, { environment: { variables } }).message).toContain('%txt. Known are: context, resource');
  });

  test('%rootResource is the resource around a contained one', () => {
    const contained = encounter.contained[0] as Resource;
    const environment = { resource: contained, rootResource: encounter };
    expect(results('%rootResource.status | %resource.id', contained, { environment })).toEqual(['finished', 'p']);
  });
});

describe('clock and trace', () => {
  test('the time is the same throughout an evaluation, and the one of the environment', () => {
    let asked = 0;
    const environment: Environment = { now: () => new Date(Date.UTC(2026, 0, 31, 12, 0, asked++)) };
    expect(results('(1 | 2 | 3).select(now()).distinct().count()', {}, { environment })).toEqual(['1']);
    expect(results('today() | now() | timeOfDay()', {}, { environment })).toEqual([
      '2026-01-31',
      '2026-01-31T12:00:01.000Z',
      '12:00:01.000',
    ]);
  });

  test('traces are told, with a projection where there is one, and change nothing', () => {
    const told: string[] = [];
    const environment: Environment = { trace: (name, values) => told.push(`${name}: ${values.map(printed).join()}`) };
    expect(
      results("status.trace('s').length() + participant.trace('p', individual.reference).count()", encounter, { environment }),
    ).toEqual(['11']);
    expect(told).toEqual(['s: finished', 'p: Practitioner/1,#p']);
  });
});

test('a caller can add functions', () => {
  const isOdd = define('isOdd', 0, 0, ({ input }) => booleanOf((self, run) => Number(input.many(self, run)[0]) % 2 === 1));
  expect(results('3.isOdd()', {}, { functions: [isOdd] })).toEqual(['true']);
  expect(faultOf('3.isOdd()').message).toContain('There is no function isOdd()');
});
