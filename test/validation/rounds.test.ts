/**
 * Definitions that ask for further definitions, which are fetched between two rounds of a check: https://hl7.org/fhir/R4/fhirpath.html#functions
 */
import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import { Knowledge } from '../../src/validation/knowledge.ts';
import { createProfiles } from '../../src/validation/profile/profiles.ts';
import { standardSettings } from '../../src/validation/setting.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import type { ConformanceSource } from '../../src/validation/validation.ts';
import { type WriteCheck, writeChecks } from '../../src/validation/write-check.ts';
import { terminologyOf } from '../support/terminology.ts';

const definitions = loadDefinitions();
const terminology = terminologyOf([]);

const url = (step: number): string => `http://example.org/step-${step}`;

/** The name of the next is put together, so that it is not known before the expression is evaluated. Profile 0 holds for what conforms to profile 1, and so on; the last one wants the element `active`. */
function stepOf(canonical: string, last: number): Resource | undefined {
  const step = Number(canonical.slice(url(0).length - 1));
  if (!(step <= last)) return undefined;
  const rule = {
    ...{ key: `step-${step}`, severity: 'error', human: `Step ${step} holds` },
    expression: step === last ? 'active.exists()' : `conformsTo('http://example.org/' & 'step-${step + 1}')`,
  };
  return {
    ...{ resourceType: 'StructureDefinition', url: canonical, name: `Step${step}`, status: 'active', kind: 'resource', abstract: false },
    ...{ type: 'Patient', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint' },
    differential: { element: [{ id: 'Patient', path: 'Patient', constraint: [rule] }] },
  } as Resource;
}

function chain(last: number) {
  const source: ConformanceSource = { find: async (_type, canonical) => stepOf(canonical, last), generation: 0 };
  const profiles = createProfiles(definitions, source);
  const base = compileValidator(definitions, { warnings: false });
  const shared = { definitions, base, profiles, source, terminology };
  return {
    validator: createValidator({ ...shared, rules: [] }),
    begin: writeChecks({ ...shared, knowledge: new Knowledge(shared), settings: standardSettings }),
    base,
    shared,
  };
}

const claiming = (more: object = {}): Resource => ({ resourceType: 'Patient', meta: { profile: [url(0)] }, ...more }) as Resource;

async function rounds(check: WriteCheck) {
  for (let round = 1; round <= 50; round++) {
    const issues = check.issues();
    if (issues !== undefined)
      return { round, issues: issues.map(({ code, diagnostics, expression }) => `${code} ${expression}: ${diagnostics}`) };
    await check.load();
  }
  throw new Error('The check comes to no end');
}

const written = (resource: Resource) => [{ resource, at: 'Bundle.entry[3].resource' }];

const costly = (at: string) =>
  `too-costly ${at}: Definitions ask for further definitions again and again, so that not everything was checked; validate the parts by themselves`;

describe('a profile that leads to another, and that to the next,', () => {
  test('is checked to its end on a write', async () => {
    const { begin } = chain(6);
    expect((await rounds(begin(written(claiming({ active: true }))))).issues).toEqual([]);
    expect((await rounds(begin(written(claiming())))).issues).toEqual([expect.stringMatching(/^invariant .*step-0/)]);
  });

  test('and so on without end, is no valid write: it is refused as too costly after ten rounds', async () => {
    const { round, issues } = await rounds(chain(1_000_000).begin(written(claiming())));
    expect(round).toBe(10);
    expect(issues).toContain(costly('Bundle.entry[3].resource'));
  });

  test('is checked to its end by $validate', async () => {
    const { validator } = chain(6);
    expect(await validator.validate(claiming({ active: true }))).toEqual([]);
    expect(await validator.validate(claiming())).toEqual([expect.objectContaining({ severity: 'error', code: 'invariant' })]);
  });

  test('and so on without end, is not called valid by $validate: an error says that not everything was checked', async () => {
    const issues = await chain(1_000_000).validator.validate(claiming());
    const told = issues.map(({ code, diagnostics, expression }) => `${code} ${expression}: ${diagnostics}`);
    expect(told).toContain(costly('Patient'));
    expect(issues.find(({ code }) => code === 'too-costly')?.severity).toBe('error');
  });
});

test('What many checks have learnt of an endless chain is followed to a level, not to the end of the stack', async () => {
  const { begin } = chain(1_000_000);
  let issues: readonly string[] = [];
  for (let time = 0; time < 100; time++) ({ issues } = await rounds(begin(written(claiming()))));
  expect(issues).toContainEqual(
    expect.stringMatching(/^too-costly Bundle\.entry\[3\]\.resource: References, profiles or elements lead on through more than/),
  );
});

test('The structure is looked at once, however many rounds its profiles need', async () => {
  let looked = 0;
  const { shared } = chain(6);
  const base: typeof shared.base = (resource, at) => {
    looked++;
    return shared.base(resource, at);
  };
  const begin = writeChecks({ ...shared, base, knowledge: new Knowledge(shared), settings: standardSettings });
  const { round, issues } = await rounds(begin(written(claiming({ active: true, gender: 'x' }))));
  expect(issues).toEqual([expect.stringContaining('Bundle.entry[3].resource.gender')]);
  expect(round).toBeGreaterThan(5);
  expect(looked).toBe(1);
});
