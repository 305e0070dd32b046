/** The changes of `scripts/prove-access.ts` still fit the source, and the tests that catch them are there and on the page on security. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { projectFile } from '../../src/root.ts';
import { mutants } from './support/mutants.ts';

const textOf = (path: string): string => readFileSync(projectFile(path), 'utf8');

describe.each(mutants)('The change that takes away the limit of $name', ({ name, file, find, replace, test: proof, fails }) => {
  test('fits the source', () => {
    expect(textOf(file).split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });

  test('has a test that catches it', () => expect(textOf(proof)).toContain(fails));

  test('is on the page on security', () => expect(textOf('docs/security.md')).toContain(`| ${name} | [`));
});
