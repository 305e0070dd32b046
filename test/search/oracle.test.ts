import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { SearchParameter } from '../../src/fhir/definitions.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';
import { type Branch, compileExpression, walk } from '../../src/search/expression.ts';
import { officialExamples } from '../support/examples.ts';
import { type Answer, oracleOf } from '../support/fhirpath-oracle.ts';
import { sharedResources } from '../support/shared-resources.ts';

const definitions = loadDefinitions();

/** Why a parameter's values differ from the interpreter's, and on how many official examples. */
type Difference = readonly [reason: string, examples: number];

const known = JSON.parse(readFileSync(projectFile('test', 'search', 'oracle-differences.json'), 'utf8')) as {
  readonly reasons: Readonly<Record<string, string>>;
  readonly differences: Readonly<Record<string, Difference>>;
};

interface Parameter {
  readonly code: string;
  readonly ask: (resource: Resource) => Answer;
  readonly branches: readonly Branch[];
}

const parametersOf = new Map<string, readonly Parameter[]>();

function parameters(type: string): readonly Parameter[] {
  const found = parametersOf.get(type) ?? [...definitions.searchParameters(type).values()].flatMap((each) => compiled(type, each));
  parametersOf.set(type, found);
  return found;
}

const compiled = (resourceType: string, { code, expression, type }: SearchParameter): Parameter[] =>
  expression === undefined || type === 'composite'
    ? []
    : [{ code, ask: oracleOf(resourceType, expression), branches: compileExpression(expression, resourceType, definitions) }];

function ownValues(resource: Resource, branches: readonly Branch[]): readonly unknown[] {
  const found: unknown[] = [];
  for (const { steps } of branches) walk(resource, steps, 0, (value) => found.push(value));
  return found;
}

const texts = (values: readonly unknown[]): readonly string[] => values.map((value) => JSON.stringify(value)).sort();

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && (one.length === 0 || texts(one).join('\n') === texts(other).join('\n'));

/** Undefined where the values are the same; `unexplained` where nothing that is known makes them differ. */
function differenceOf(own: readonly unknown[], { values, many }: Answer, { resourceType }: Resource): string | undefined {
  if (isSame(own, values)) return many ? 'as' : undefined;
  return values.length === 0 && definitions.additionalTypes.includes(resourceType) ? 'model' : 'unexplained';
}

interface Comparison {
  readonly compared: number;
  readonly values: number;
  readonly differences: ReadonlyMap<string, Difference>;
}

function compare(resources: Iterable<Resource>): Comparison {
  const differences = new Map<string, Difference>();
  let [compared, values] = [0, 0];
  for (const resource of resources) {
    for (const { code, ask, branches } of parameters(resource.resourceType)) {
      const own = ownValues(resource, branches);
      compared++;
      values += own.length;
      const reason = differenceOf(own, ask(resource), resource);
      if (reason === undefined) continue;
      const key = `${resource.resourceType}.${code}`;
      const [before, examples] = differences.get(key) ?? [reason, 0];
      differences.set(key, [before === reason ? reason : 'unexplained', examples + 1]);
    }
  }
  return { compared, values, differences };
}

/** R4 has no GenomicStudy, nor an example of one. */
const genomicStudy = {
  resourceType: 'GenomicStudy',
  id: 'trio',
  identifier: [{ system: 'urn:studies', value: 'trio-1' }, { value: '2' }],
  status: 'available',
  subject: { reference: 'Patient/child' },
  analysis: [{ focus: [{ reference: 'Patient/mother' }, { reference: 'Specimen/1' }] }, { focus: [{ reference: 'Patient/father' }] }],
} as unknown as Resource;

describe('Search expressions', () => {
  test('find in every official example what a FHIRPath interpreter finds, but for differences with a reason', () => {
    const { compared, values, differences } = compare(officialExamples());
    const { 'GenomicStudy._id': _study, ...expected } = known.differences;
    expect(Object.fromEntries([...differences].sort())).toEqual(expected);
    expect(Object.values(known.differences).filter(([reason]) => known.reasons[reason] === undefined)).toEqual([]);
    expect(compared).toBeGreaterThan(125_000);
    expect(values).toBeGreaterThan(135_000);
  }, 120_000);

  test('find in a study of genomes what a FHIRPath interpreter finds', () => {
    const { values, differences } = compare([genomicStudy, { ...genomicStudy, subject: { reference: 'Group/1' } }]);
    expect([...differences]).toEqual(Object.entries(known.differences).filter(([key]) => key.startsWith('GenomicStudy')));
    expect(values).toBe(17);
  });

  test('find in other published resources what a FHIRPath interpreter finds', () => {
    const { differences } = compare(sharedResources());
    expect([...differences.values()].filter(([reason]) => known.reasons[reason] === undefined)).toEqual([]);
  }, 60_000);
});
