/** Invariants as generated JavaScript say what the FHIRPath engine says: on the official examples, and on what becomes of them. */
import { describe, expect, test } from '@jest/globals';
import { openRun } from '../../src/fhir/fhirpath/fhirpath.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { Constraints, runFor } from '../../src/validation/invariants.ts';
import { isNative } from '../../src/validation/native-invariants.ts';
import { compileValidator, runtimeOf } from '../../src/validation/structure.ts';
import { elementsOf } from '../support/invariants.ts';
import { full, official, officialNames } from './example.ts';
import { type Place, placesOf } from './mutation.ts';

const definitions = loadDefinitions();
const validate = compileValidator(definitions);
const constraints = new Constraints(definitions);
const keys = new Set(definitions.resourceTypes.flatMap((type) => constraints.ofType(type).map(({ key }) => key)));

/** Keys of the invariants that fail by the engine alone, in order. */
function byEngine(resource: Resource): string[] {
  const runs = new Map<unknown, ReturnType<typeof openRun>>();
  return elementsOf(resource, definitions)
    .flatMap(({ type, value, resource: own, rootResource }) => {
      const run = runs.get(own) ?? runFor(definitions, own, rootResource);
      runs.set(own, run);
      const isContained = own !== rootResource;
      return constraints
        .ofType(type)
        .filter(({ key }) => !isNative(key) && !(key === 'dom-6' && isContained))
        .flatMap((one) => (one.holds(run, value) === true ? [] : [one.text]));
    })
    .sort();
}

const ownKeys = /^(?:ele-1|ext-1|dom-[2345]|eld-3|org-[23]|sdf-10|ras-1|tst-(?:8|9|6|11|13)):/;

function byValidator(resource: Resource): string[] {
  const issues = validate(resource).filter(({ code, diagnostics }) => code === 'invariant' && !ownKeys.test(diagnostics));
  return issues.map(({ diagnostics }) => diagnostics).sort();
}

/** A small generator of numbers, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const why = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] };

type Change = (place: Place, pick: (below: number) => number) => void;

/** Changes that mostly leave the structure right. */
const changes: readonly Change[] = [
  ({ owner, key }) => {
    delete owner[key];
    delete owner[`_${key}`];
  },
  ({ owner, key, primitive }) => {
    if (!primitive || Array.isArray(owner[key])) return;
    delete owner[key];
    owner[`_${key}`] = why;
  },
  ({ owner, key }) => {
    const list = owner[key];
    if (Array.isArray(list) && owner[`_${key}`] === undefined) owner[key] = [...list, ...(structuredClone(list) as unknown[])];
  },
  ({ owner, key }) => {
    const list = owner[key];
    if (Array.isArray(list) && list.length > 1 && owner[`_${key}`] === undefined) owner[key] = list.slice(1);
  },
  ({ owner, key, property: { element, type } }, pick) => {
    const codes = element.binding === undefined || type.code !== 'code' ? [] : [...(definitions.codes(element.binding.valueSet) ?? [])];
    if (codes.length > 0 && !Array.isArray(owner[key])) owner[key] = codes[pick(codes.length)];
  },
  ({ owner, key }, pick) => {
    const value = owner[key];
    if (typeof value === 'number') owner[key] = [0, 1, 2, 101, -1][pick(5)];
    if (typeof value === 'boolean') owner[key] = !value;
    if (typeof value === 'string' && /^\d{4}-/.test(value)) owner[key] = ['2000', '2030-01', '1999-12-31', '2031-01-01T00:00:00Z'][pick(4)];
    else if (typeof value === 'string' && !/code/.test(key)) owner[key] = ['a', '#a', '*', '1', 'x.y[x]', 'http://x'][pick(6)];
  },
];

function changed(resource: Resource, seed: number): Resource {
  const copy = structuredClone(resource);
  const pick = numbers(seed);
  for (let i = 0; i < 3; i++) {
    const places = placesOf(definitions, copy).filter(({ key }) => key !== 'resourceType');
    const place = places[pick(places.length)];
    if (place !== undefined) changes[pick(changes.length)]?.(place, pick);
  }
  return copy;
}

describe('Invariants as JavaScript', () => {
  const contradictions: string[] = [];
  runtimeOf(definitions).contradicted = ({ key }) => void contradictions.push(key);
  const names = officialNames(20);
  const examples = names.map((name) => official(name).resource).filter((resource) => definitions.isResourceType(resource.resourceType));

  test('are those of the definitions', () => {
    expect(keys.size).toBeGreaterThan(80);
    expect(examples.length).toBeGreaterThan(200);
  });

  test('say of the official examples what the engine says', () => {
    for (const example of examples) {
      const expected = byEngine(example);
      if (expected.length < 100) expect([example.id, byValidator(example)]).toEqual([example.id, expected]);
    }
    expect(contradictions).toEqual([]);
  }, 300_000);

  test('say of changed examples what the engine says', () => {
    const small = examples.filter((example) => JSON.stringify(example).length < 40_000);
    let failing = 0;
    for (let round = 0; round < (full ? 200 : 8); round++) {
      for (const [i, example] of small.entries()) {
        const resource = changed(example, round * 10_007 + i);
        const expected = byEngine(resource);
        failing += expected.length;
        if (expected.length < 90) expect([example.id, byValidator(resource)]).toEqual([example.id, expected]);
      }
    }
    expect(failing).toBeGreaterThan(100);
    expect(contradictions).toEqual([]);
  }, 600_000);
});
