/** What is checked before resources are written, without a database: https://hl7.org/fhir/R4/validation.html */
import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Membership } from '../../src/fhir/value-set/membership.ts';
import { Knowledge } from '../../src/validation/knowledge.ts';
import type { PreparedProfile, Profiles } from '../../src/validation/profiles.ts';
import { forAll, standardSettings, type ValidationSettings } from '../../src/validation/setting.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import type { ConformanceSource } from '../../src/validation/validation.ts';
import { type BeginWriteCheck, type Written, writeChecks } from '../../src/validation/write-check.ts';

const definitions = loadDefinitions();
const base = compileValidator(definitions, { warnings: false });

/** Profiles that want one element, by the last part of their canonicals; `http://p/unknown` is not known. */
function profileOf(canonical: string): PreparedProfile {
  const element = canonical.slice('http://p/'.length);
  return {
    canonical,
    check: (resource, at, report, { resolve }) => {
      const [kind, name = ''] = element.split('-');
      const found = kind === 'resolves' ? resolve((resource[name] as { reference: string }).reference, resource) : resource[element];
      if (found === undefined) report.add('error', 'required', `${at}.${name === '' ? element : name}`, `${element} is needed`);
      report.add('warning', 'informational', at, 'a warning is of no concern');
    },
  };
}

class Counted {
  prepared = 0;
  generation = 0;
  readonly profiles: Profiles = {
    prepare: async (canonical) => {
      this.prepared++;
      return canonical === 'http://p/unknown' ? undefined : profileOf(canonical);
    },
    extensions: ({ resourceType }) => ({
      prepare: () => undefined,
      check: (at, report) => {
        if (resourceType === 'Organization') report.add('error', 'invalid', `${at}.extension`, 'an extension is wrong');
      },
    }),
  };
}

const members = async () => (): Membership => ({ result: 'no' });

function checkOver(settings: Partial<ValidationSettings> = {}, counted = new Counted()): BeginWriteCheck {
  const source: ConformanceSource = {
    find: async () => undefined,
    get generation() {
      return counted.generation;
    },
  };
  const knowledge = new Knowledge({ terminology: { members }, profiles: counted.profiles, source });
  return writeChecks({ definitions, base, profiles: counted.profiles, knowledge, settings: { ...standardSettings, ...settings } });
}

async function places(begin: BeginWriteCheck, ...written: Written[]): Promise<(string | undefined)[]> {
  const check = begin(written);
  for (let round = 0; round < 20; round++) {
    const issues = check.issues();
    if (issues !== undefined) return issues.map(({ expression }) => expression?.[0]);
    await check.load();
  }
  throw new Error('The check comes to no end');
}

const patient = (profile?: string, more: object = {}): Written => {
  const meta = profile === undefined ? {} : { meta: { profile: [`http://p/${profile}`] } };
  return { resource: { resourceType: 'Patient', ...meta, ...more } as Resource, at: 'Patient' };
};

describe('claimed profiles', () => {
  test('are checked, and only errors count', async () => {
    expect(await places(checkOver(), patient('active'))).toEqual(['Patient.active']);
    expect(await places(checkOver(), patient('active', { active: true }))).toEqual([]);
  });

  test('that were loaded once are checked without waiting, until something changes', async () => {
    const counted = new Counted();
    const begin = checkOver({}, counted);
    await places(begin, patient('active'));
    expect(begin([patient('active')]).issues()).toHaveLength(1);
    expect(counted.prepared).toBe(1);
    counted.generation++;
    expect(begin([patient('active')]).issues()).toBeUndefined();
  });

  test('of contained resources and of entries of a Bundle are checked where they stand', async () => {
    const contained = [{ resourceType: 'Organization', id: 'o', meta: { profile: ['http://p/alias'] }, name: 'O' }];
    const managingOrganization = { reference: '#o' };
    expect(await places(checkOver(), patient(undefined, { contained, managingOrganization }))).toEqual([
      'Patient.contained[0].alias',
      'Patient.contained[0].extension',
    ]);
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient('active').resource }] };
    expect(await places(checkOver(), { resource: bundle as Resource, at: 'Bundle' })).toEqual(['Bundle.entry[0].resource.active']);
  });

  test('have the extensions of what claims them checked, and no others', async () => {
    const organization = (more: object): Written => ({
      resource: { resourceType: 'Organization', name: 'O', ...more },
      at: 'Organization',
    });
    expect(await places(checkOver(), organization({ meta: { profile: ['http://p/name'] } }))).toEqual(['Organization.extension']);
    expect(await places(checkOver(), organization({}))).toEqual([]);
    const entry = [{ resource: organization({}).resource }, { resource: patient('active', { active: true }).resource }];
    const bundle = { resource: { resourceType: 'Bundle', type: 'collection', entry } as Resource, at: 'Bundle' };
    expect(await places(checkOver(), bundle)).toEqual([]);
  });

  test('are told together with what is wrong in the structure', async () => {
    expect(await places(checkOver(), patient('active', { name: 'Chalmers' }))).toEqual(['Patient.name', 'Patient.active']);
  });

  test('that nobody knows are let through, or refused by setting, by type', async () => {
    expect(await places(checkOver(), patient('unknown'))).toEqual([]);
    const types = new Map([['Patient', 'refuse'] as const]);
    expect(await places(checkOver({ unknownProfile: { standard: 'warn', types } }), patient('unknown'))).toEqual([
      'Patient.meta.profile[0]',
    ]);
    expect(
      await places(checkOver({ unknownProfile: { standard: 'refuse', types: new Map([['Patient', 'warn']]) } }), patient('unknown')),
    ).toEqual([]);
  });

  test('are not looked at where the setting says structure, by type', async () => {
    expect(await places(checkOver({ level: forAll('structure') }), patient('active'))).toEqual([]);
    const types = new Map([['Patient', 'structure'] as const]);
    expect(await places(checkOver({ level: { standard: 'full', types } }), patient('active'))).toEqual([]);
  });

  test('find other resources of the same transaction by their fullUrls', async () => {
    const observation = (reference: string): Written => ({
      resource: {
        resourceType: 'Observation',
        meta: { profile: ['http://p/resolves-subject'] },
        status: 'final',
        code: { text: 'Weight' },
        subject: { reference },
      } as Resource,
      at: 'Bundle.entry[1].resource',
    });
    const fullUrl = 'urn:uuid:3e1d7c44-3a3c-4c4a-8d51-1f2f1d8e9a01';
    const other = { ...patient(), at: 'Bundle.entry[0].resource', fullUrl };
    expect(await places(checkOver(), other, observation(fullUrl))).toEqual([]);
    expect(await places(checkOver(), other, observation('urn:uuid:3e1d7c44-3a3c-4c4a-8d51-1f2f1d8e9a02'))).toEqual([
      'Bundle.entry[1].resource.subject',
    ]);
  });
});

describe('a policy', () => {
  const policy = (...lists: string[][]): Partial<ValidationSettings> => ({
    policy: new Map([['Patient', lists.map((list) => list.map((name) => `http://p/${name}`))]]),
  });

  test('asks resources of its type to conform to a profile that they do not claim', async () => {
    expect(await places(checkOver(policy(['active'])), patient())).toEqual(['Patient.active']);
    expect(await places(checkOver(policy(['active'])), patient(undefined, { active: true }))).toEqual([]);
    const organization = { resource: { resourceType: 'Organization', name: 'O' } as Resource, at: 'Organization' };
    expect(await places(checkOver(policy(['active'])), organization)).toEqual([]);
  });

  test('of alternatives is kept by one of them', async () => {
    expect(await places(checkOver(policy(['active', 'gender'])), patient(undefined, { gender: 'male' }))).toEqual([]);
    expect(await places(checkOver(policy(['active', 'gender'])), patient())).toEqual(['Patient']);
    // What is claimed is meant.
    expect(await places(checkOver(policy(['active', 'gender'])), patient('active', { gender: 'male' }))).toEqual(['Patient.active']);
  });

  test('of several demands is kept by all', async () => {
    expect(await places(checkOver(policy(['active'], ['gender'])), patient(undefined, { gender: 'male' }))).toEqual(['Patient.active']);
  });

  test('with a profile that nobody knows lets nothing through', async () => {
    expect(await places(checkOver(policy(['unknown'])), patient())).toEqual(['Patient']);
  });
});

test('Concepts outside of a required value set are refused; extensible ones are not asked about', async () => {
  const condition = {
    resourceType: 'Condition',
    subject: { display: 'P' },
    severity: { text: 'bad' },
    clinicalStatus: { coding: [{ code: 'x' }] },
  };
  expect(await places(checkOver(), { resource: condition as Resource, at: 'Condition' })).toEqual(['Condition.clinicalStatus']);
  const without = { resourceType: 'Condition', subject: { display: 'P' } };
  expect(checkOver()([{ resource: without as Resource, at: 'Condition' }]).issues()).toEqual([]);
});

test('What claims nothing is checked without anything else: no profile, no value set, no promise', () => {
  const counted = new Counted();
  expect(checkOver({}, counted)([patient(undefined, { active: 'yes' }), patient()]).issues()).toHaveLength(1);
  expect(counted.prepared).toBe(0);
});
