/** docs/security.md names a test for each defence: it must be there. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectFile } from '../../src/root.ts';

const page = readFileSync(projectFile('docs', 'security.md'), 'utf8');
const proofs = [...page.matchAll(/\]\(\.\.\/(test\/[^)]+)\): \*([^*]+)\*/g)].map(([, file = '', name = '']) => [file, name] as const);
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Threat') && !line.startsWith('| Attack'));

describe('The page on security', () => {
  it('has a proof in every row', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => !/\): \*[^*]+\* \|$/.test(row))).toEqual([]);
  });

  it.each(proofs)('names a test of %s: %s', (file, name) => {
    expect(existsSync(projectFile(file))).toBe(true);
    expect(readFileSync(projectFile(file), 'utf8')).toContain(name);
  });
});
