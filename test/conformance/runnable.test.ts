import { describe, expect, test } from '@jest/globals';
import { projectFile } from '../../src/root.ts';
import type { Run } from './manifest.ts';
import { contradictions, whyNot } from './runnable.ts';

const folder = projectFile('test', 'fixtures', 'validator-cases');
const file = 'json-good.json';
const run = (entry: object = {}, more: Partial<Run> = {}): Run => ({
  id: 'x',
  entry: { id: 'x', file, version: '4.0', ...entry },
  supporting: [],
  packages: [],
  expected: { error: 0 },
  outcome: undefined,
  ...more,
});

describe('A validator case is judged', () => {
  test('when it is an R4 resource whose parts are all there', () => {
    expect(whyNot(run(), folder)).toBeUndefined();
    expect(whyNot(run({ 'use-test': true }, { packages: ['hl7.fhir.us.core#3.1.1'] }), folder)).toBeUndefined();
  });

  test.each([
    ['switched off', run({ 'use-test': false }), /not to be run/],
    ['of R5', run({ version: '5.0' }), /another version/],
    ['no resource', run({ file: 'x.ndjson' }), /not one resource/],
    ['without an outcome', run({}, { expected: undefined }), /without a recorded outcome/],
    ['in need of a package', run({}, { packages: ['kbv.basis#1.2.0'] }), /kbv\.basis#1\.2\.0/],
    ['in need of a file', run({}, { supporting: ['missing.json'] }), /missing\.json/],
  ])('not when it is %s', (_, given, why) => {
    expect(whyNot(given, folder)).toMatch(why);
  });

  test('not when it contradicts an earlier one about the same input', () => {
    const error = { expected: { error: 1 } };
    const [good, bad, other] = [run({ module: 'x' }), run({ id: 'y' }, error), run({ language: 'de' }, error)];
    expect([...contradictions([good, bad, other])]).toEqual([bad]);
  });
});
