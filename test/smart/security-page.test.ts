/** docs/security.md and docs/oauth-checklist.md name a test for each defence and each line: it must be there. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectFile } from '../../src/root.ts';

const pages = ['security.md', 'oauth-checklist.md'];
const page = pages.map((name) => readFileSync(projectFile('docs', name), 'utf8')).join('\n');
const proofs = [...page.matchAll(/\]\(\.\.\/(test\/[^)]+)\): \*([^*]+)\*/g)].map(([, file = '', name = '']) => [file, name] as const);
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (Threat|Attack|Line) /.test(line));

describe('The pages on security', () => {
  it('have a proof in every row', () => {
    expect(rows.length).toBeGreaterThan(120);
    expect(rows.filter((row) => !/\): \*[^*]+\* \|$/.test(row))).toEqual([]);
  });

  it.each(proofs)('name a test of %s: %s', (file, name) => {
    expect(existsSync(projectFile(file))).toBe(true);
    expect(readFileSync(projectFile(file), 'utf8')).toContain(name);
  });
});
