import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { createProfiles } from '../../../src/validation/profile/profiles.ts';
import { memorySource } from '../../support/conformance-source.ts';
import { cpuClock } from '../../support/cpu.ts';
import { around, base, definitions, errorsOf, profileOf } from '../../support/profile-check.ts';

const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);
const patient = { resourceType: 'Patient' };

function issuesOf(profile: { check: (...args: never[]) => void } | undefined, resource: Resource = patient): string[] {
  const issues: string[] = [];
  const report = { add: (_severity: string, _code: string, _at: string, text: string) => void issues.push(text), ask: () => undefined };
  (profile as { check: (...args: unknown[]) => void } | undefined)?.check(resource, resource.resourceType, report, around(resource));
  return issues;
}

describe('loading of profiles', () => {
  test('a profile that nobody knows is undefined, and found when it comes', async () => {
    const source = memorySource();
    const profiles = createProfiles(definitions, source);
    expect(await profiles.prepare(`${base}named`)).toBeUndefined();
    source.add(named);
    expect((await profiles.prepare(`${base}named`))?.canonical).toBe(`${base}named`);
  });

  test('is done once for all, until something changes', async () => {
    const source = memorySource(named);
    const profiles = createProfiles(definitions, source);
    await profiles.prepare(`${base}named`);
    const { length } = source.asked;
    const again = await profiles.prepare(`${base}named`);
    expect(source.asked).toHaveLength(length);
    source.add({ ...named, differential: { element: [] } } as Resource);
    expect(issuesOf(await profiles.prepare(`${base}named`))).toEqual([]);
    // What was prepared before goes on as it was.
    expect(issuesOf(again)).toHaveLength(1);
  });

  test('versions are profiles of their own', async () => {
    const [one, two] = ['1.0.0', '2.0.0'].map((version) => ({ ...named, version }) as Resource);
    const profiles = createProfiles(definitions, memorySource(one as Resource, { ...two, differential: { element: [] } } as Resource));
    expect(issuesOf(await profiles.prepare(`${base}named|1.0.0`))).toHaveLength(1);
    expect(issuesOf(await profiles.prepare(`${base}named|2.0.0`))).toEqual([]);
  });

  test('reaches all that a profile needs, and no further than once', async () => {
    const chain = Array.from({ length: 5 }, (_, i) =>
      profileOf(`p${i}`, 'Patient', [
        { path: 'Patient.link.other', type: [{ code: 'Reference', targetProfile: [`${base}p${(i + 1) % 5}`] }] },
      ]),
    );
    const source = memorySource(...chain);
    await createProfiles(definitions, source).prepare(`${base}p0`);
    expect([...source.asked].sort()).toEqual(chain.map((one) => String(one['url'])).sort());
  });

  test('of many at a time gives the same profiles', async () => {
    const source = memorySource(named);
    const profiles = createProfiles(definitions, source);
    const found = await Promise.all(Array.from({ length: 10 }, () => profiles.prepare(`${base}named`)));
    expect(new Set(found).size).toBe(1);
  });
});

describe('profiles that cannot be used say why', () => {
  const heir = (baseDefinition: string, more: object = {}) =>
    profileOf('heir', 'Patient', [{ path: 'Patient.name', min: 1 }], { baseDefinition, ...more });

  test('a base that is not known', async () => {
    expect(await errorsOf(patient, [heir(`${base}lost`)])).toEqual([
      `error Patient: The profile ${base}heir is based on ${base}lost, which is not known; expected a base that is loaded`,
    ]);
  });

  test('a base that leads back', async () => {
    expect((await errorsOf(patient, [heir(`${base}heir`)])).join()).toContain('is based on itself');
    const other = profileOf('other', 'Patient', [{ path: 'Patient.active' }], { baseDefinition: `${base}heir` });
    expect((await errorsOf(patient, [heir(`${base}other`), other])).join()).toContain('is based on itself');
  });

  test('a logical model, and a profile on one', async () => {
    const model = profileOf('model', 'Patient', [], { kind: 'logical', type: `${base}model` });
    expect((await errorsOf(patient, [model])).join()).toContain('is a logical model');
    expect((await errorsOf(patient, [{ ...model, kind: 'resource' }])).join()).toContain('which is not known');
  });
});

describe('bounds', () => {
  test('a million items are counted in seconds, and the issues about them are few', async () => {
    const profile = profileOf('many', 'Patient', [
      { path: 'Patient.name.family', min: 1 },
      { path: 'Patient.name', slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'closed' } },
      { path: 'Patient.name', sliceName: 'old', max: '1' },
      { path: 'Patient.name.use', fixedCode: 'old' },
    ]);
    const resource = { resourceType: 'Patient', name: new Array(1_000_000).fill({ text: 'a' }) };
    const spent = cpuClock();
    expect((await errorsOf(resource, [profile])).length).toBeLessThan(500);
    expect(spent()).toBeLessThan(10_000);
  });

  test('profiles and items that multiply are stopped with an issue', async () => {
    const slices = Array.from({ length: 2_000 }, (_, i) => [
      { path: 'Patient.name', sliceName: `s${i}` },
      { path: 'Patient.name.use', fixedCode: `c${i}` },
    ]).flat();
    const profile = profileOf('wide', 'Patient', [
      { path: 'Patient.name', slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' } },
      ...slices,
    ]);
    const resource = { resourceType: 'Patient', name: new Array(100_000).fill({ use: 'old' }) };
    const spent = cpuClock();
    expect((await errorsOf(resource, [profile])).join()).toContain('The check of profiles was stopped');
    expect(spent()).toBeLessThan(10_000);
  });

  const tooDeep = /^error \w+: References, profiles or elements lead on through more than 200 levels, so that not everything was checked/;

  test('references that lead on and on are followed to a level, and an issue says so', async () => {
    const bundled = (count: number) => ({
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: Array.from({ length: count }, (_, i) => ({
        fullUrl: `http://a/Observation/${i}`,
        resource: {
          ...{ resourceType: 'Observation', id: `${i}`, status: 'final', code: { text: 'a' } },
          ...(i === count - 1 ? {} : { note: [{ text: 'a' }] }),
          hasMember: [{ reference: `Observation/${i + 1}` }],
        },
      })),
    });
    const linked = profileOf('linked', 'Observation', [
      { path: 'Observation.note', min: 1 },
      { path: 'Observation.hasMember', type: [{ code: 'Reference', targetProfile: [`${base}linked`] }] },
    ]);
    const profile = profileOf('of-linked', 'Bundle', [
      { path: 'Bundle.entry.resource', type: [{ code: 'Observation', profile: [`${base}linked`] }] },
    ]);
    const [first] = await errorsOf(bundled(150), [profile, linked]);
    expect(first).toMatch(/^error Bundle.entry\[0\].resource.hasMember\[0\]: The Observation that is referred to conforms to none/);
    expect(await errorsOf(bundled(20_000), [profile, linked])).toContainEqual(expect.stringMatching(tooDeep));
  });

  test('profiles that ask for further profiles are followed to a level, and an issue says so', async () => {
    const asking = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        const expression = i === count - 1 ? 'active' : `conformsTo('${base}chain-${i + 1}')`;
        return profileOf(`chain-${i}`, 'Patient', [
          { path: 'Patient', constraint: [{ key: `chain-${i}`, severity: 'error', human: 'It goes on', expression }] },
        ]);
      });
    expect(await errorsOf({ resourceType: 'Patient', active: false } as Resource, asking(150))).toEqual([
      `error Patient: chain-0: It goes on (${base}chain-0)`,
    ]);
    expect(await errorsOf({ resourceType: 'Patient', active: true } as Resource, asking(900))).toContainEqual(
      expect.stringMatching(tooDeep),
    );
  });

  test('a profile that leads to thousands of others says that nothing is checked against it', async () => {
    let asked = 0;
    const endless = (canonical: string): Resource => {
      const next = `${base}${Number(canonical.slice(base.length)) + 1}`;
      return profileOf(canonical.slice(base.length), 'Observation', [
        { path: 'Observation.hasMember', type: [{ code: 'Reference', targetProfile: [next] }] },
      ]);
    };
    const profiles = createProfiles(definitions, { find: async (_, canonical) => (asked++, endless(canonical)), generation: 0 });
    const prepared = await profiles.prepare(`${base}0`);
    expect(prepared?.fault).toEqual({ code: 'too-costly', text: expect.stringContaining('leads to more than 1000 others') });
    expect(asked).toBeLessThan(1100);
    expect(await profiles.prepare(`${base}0`)).toBe(prepared);
  });

  test('deep resources end at a level, not in a crash', async () => {
    let item: object = { linkId: '1' };
    for (let i = 0; i < 20_000; i++) item = { linkId: '1', item: [item] };
    const inner = profileOf('inner', 'Questionnaire', [{ path: 'Questionnaire.item', min: 1 }]);
    expect(await errorsOf({ resourceType: 'Questionnaire', item: [item] }, [inner], { extensions: true })).toEqual([]);
  });
});
