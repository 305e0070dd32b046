import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileFhirPath } from '../../src/fhir/fhirpath/fhirpath.ts';
import type { Value } from '../../src/fhir/fhirpath/value.ts';
import { definitions, faultOf, printed, results, values } from '../support/fhirpath.ts';
import { choices, ExpressionMaker } from '../support/fhirpath-expression.ts';
import { readExamples } from '../support/invariants.ts';

const patient = {
  resourceType: 'Patient',
  name: [
    { use: 'official', given: ['Peter', null, 'James'], _given: [null, { id: 'x' }, null] },
    { given: ['a', null, 'b'], period: { start: '2000' } },
  ],
  deceasedBoolean: false,
  contained: [{ resourceType: 'Organization', id: 'o', name: 'Acme' }],
  managingOrganization: { reference: '#o' },
};

const paths = (expression: string, input: object = patient): (string | undefined)[] =>
  values(expression, input, { tracked: true }).map(({ path }) => path);

describe('tracked values know where they stand', () => {
  test.each<readonly [string, ...(string | undefined)[]]>([
    ['$this', 'Patient'],
    [
      'name.given',
      'Patient.name[0].given[0]',
      'Patient.name[0].given[1]',
      'Patient.name[0].given[2]',
      'Patient.name[1].given[0]',
      'Patient.name[1].given[2]',
    ],
    ["name.where(use = 'official').given.last()", 'Patient.name[0].given[2]'],
    ['name[1].period.start', 'Patient.name[1].period.start'],
    ['deceased', 'Patient.deceased'],
    ['deceased.ofType(boolean)', 'Patient.deceased'],
    ['name.period as Period', 'Patient.name[1].period'],
    ['contained.name', 'Patient.contained[0].name'],
    ['%resource.name.use', 'Patient.name[0].use'],
    ['name.use | deceased', 'Patient.name[0].use', 'Patient.deceased'],
    ["descendants().where($this = 'b')", 'Patient.name[1].given[2]'],
    ['name.given.first().upper()', undefined],
    ['name.count()', undefined],
  ])('%s', (expression, ...expected) => {
    expect(paths(expression)).toEqual(expected);
  });

  test('pathname() gives the paths, and nothing for what was computed — hl7.org/fhirpath/#fn-pathname', () => {
    expect(results('(name.use | 1).pathname()', patient, { tracked: true })).toEqual(['Patient.name[0].use']);
    expect(faultOf('name.pathname()', patient).message).toContain('tracked');
  });
});

describe('with and without places', () => {
  const examples = readExamples(definitions, 37).filter((example) => JSON.stringify(example).length < 60_000);

  const told = (all: readonly Value[]): string[] => all.map((value) => `${value.type} ${printed(value)} ${JSON.stringify(value.twin)}`);

  test('expressions give the same', () => {
    fc.assert(
      fc.property(fc.nat(examples.length - 1), choices, (at, numbers) => {
        const example = examples[at] as (typeof examples)[number];
        const text = new ExpressionMaker(definitions, numbers).make(example.resourceType);
        const found = [false, true].map((tracked) =>
          told(compileFhirPath(text, { definitions, type: example.resourceType, tracked }).evaluate(example)),
        );
        expect(found[1]).toEqual(found[0]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a path leads to the value it was told of', () => {
    for (const example of examples.slice(0, 60)) {
      for (const value of values('descendants()', example, { tracked: true }).slice(0, 300)) {
        // Children of contained resources and of extensions of primitives are found by their paths as well.
        const again = values(String(value.path), example, { strict: false });
        expect(again.map((one) => one.value)).toContainEqual(value.value);
      }
    }
  });
});
