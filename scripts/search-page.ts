/** Writes docs/search.md from the tables of search; with --check it only compares, and fails when they differ. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadDefinitions } from '../src/fhir/registry.ts';
import { projectFile } from '../src/root.ts';
import { searchPage } from './search-page/page.ts';

const path = projectFile('docs', 'search.md');
const page = searchPage(loadDefinitions());

if (!process.argv.includes('--check')) writeFileSync(path, page);
else if (!existsSync(path) || readFileSync(path, 'utf8') !== page) {
  process.stderr.write('docs/search.md differs from what search does: run npm run search-page and commit the result\n');
  process.exitCode = 1;
}
