import { describe, expect, test } from '@jest/globals';
import { base, check, errorsOf, profileOf } from '../../support/profile-check.ts';

const invariant = (key: string, expression: string, more: object = {}) => ({
  key,
  severity: 'error',
  human: 'It is so',
  expression,
  ...more,
});
const withRule = (path: string, expression: string, more: object = {}) =>
  profileOf('ruled', path.split('.')[0] ?? '', [{ path, constraint: [invariant('rule-1', expression, more)] }]);
const patient = (more: object = {}) => ({ resourceType: 'Patient', ...more });

describe('invariants of profiles', () => {
  test('are told with key, words and profile at the element that breaks them', async () => {
    const ruled = withRule('Patient.name', 'family.exists() or text.exists()');
    expect(await errorsOf(patient({ name: [{ text: 'a' }, { use: 'old' }] }), [ruled])).toEqual([
      `error Patient.name[1]: rule-1: It is so (${base}ruled)`,
    ]);
  });

  test('have the severity that they say', async () => {
    const ruled = withRule('Patient', 'name.exists()', { severity: 'warning' });
    expect((await check(patient(), [ruled])).issues).toEqual([`warning Patient: rule-1: It is so (${base}ruled)`]);
  });

  test('that say nothing are broken', async () => {
    expect(await errorsOf(patient(), [withRule('Patient', 'birthDate > @2000')])).toHaveLength(1);
  });

  test('look at primitives, with their extensions', async () => {
    const ruled = withRule('Patient.birthDate', "$this.toString().length() = 10 or extension('a:b').exists()");
    expect(await errorsOf(patient({ birthDate: '2000-01-01' }), [ruled])).toEqual([]);
    expect(await errorsOf(patient({ birthDate: '2000' }), [ruled])).toHaveLength(1);
    expect(await errorsOf(patient({ birthDate: '2000', _birthDate: { extension: [{ url: 'a:b', valueString: 'x' }] } }), [ruled])).toEqual(
      [],
    );
  });

  test('know the resource around them, and what it is contained in', async () => {
    const ruled = withRule('Patient.name', '%resource.active');
    expect(await errorsOf(patient({ active: true, name: [{ text: 'a' }] }), [ruled])).toEqual([]);
    const contained = profileOf('contained', 'Observation', [
      { path: 'Observation.contained', constraint: [invariant('r', "%rootResource.status = 'final' and id.exists()")] },
    ]);
    const observation = (status: string) => ({ resourceType: 'Observation', status, contained: [{ resourceType: 'Patient', id: 'p' }] });
    expect(await errorsOf(observation('final'), [contained])).toEqual([]);
    expect(await errorsOf(observation('amended'), [contained])).toHaveLength(1);
  });

  test('follow references, from a Bundle also into what its entries contain', async () => {
    const device = withRule('Bundle', 'entry.resource.ofType(Observation).all(device.resolve().exists())');
    const bundle = (reference: string) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: { resourceType: 'Observation', contained: [{ resourceType: 'Device', id: 'd' }], device: { reference } } }],
    });
    expect(await errorsOf(bundle('#d'), [device])).toEqual([]);
    expect(await errorsOf(bundle('#e'), [device])).toHaveLength(1);
  });

  test('ask whether values conform to profiles, and are in value sets', async () => {
    const named = profileOf('named', 'Patient', [{ path: 'Patient.name', min: 1 }]);
    const conforming = withRule('Patient', `conformsTo('${base}named')`);
    expect(await errorsOf(patient({ name: [{ text: 'a' }] }), [conforming, named])).toEqual([]);
    expect(await errorsOf(patient(), [conforming, named])).toHaveLength(1);
    const member = withRule('Patient.maritalStatus', "memberOf('http://x/vs')");
    const married = patient({ maritalStatus: { text: 'x' } });
    expect(await errorsOf(married, [member], { environment: { memberOf: () => true } })).toEqual([]);
    expect(await errorsOf(married, [member], { environment: { memberOf: () => false } })).toHaveLength(1);
  });

  test('that cannot be evaluated are a warning that says why', async () => {
    const { issues } = await check(patient({ name: [{ text: 'a' }] }), [
      withRule('Patient', "memberOf('http://x/vs')"),
      withRule('Patient', ''),
    ]);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(/^warning Patient: The invariant rule-1 of .* could not be checked: /);
    const { issues: broken } = await check(patient(), [withRule('Patient', 'name.where(')]);
    expect(broken[0]).toMatch(/^warning Patient: The invariant rule-1 of .* could not be checked: /);
  });

  test('that never end are stopped, and not tried again', async () => {
    const endless = withRule('Patient.name', "('a' & 'b').repeat($this & 'c').exists()");
    const started = performance.now();
    const { issues } = await check(patient({ name: new Array(100).fill({ text: 'a' }) }), [endless]);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain('could not be checked');
  });

  test('of the base count, and an heir may say one anew', async () => {
    const heir = profileOf('heir', 'Patient', [{ path: 'Patient', constraint: [invariant('rule-2', 'active.exists()')] }], {
      baseDefinition: `${base}ruled`,
    });
    expect(await errorsOf(patient(), [heir, withRule('Patient', 'name.exists()')])).toHaveLength(2);
  });
});
