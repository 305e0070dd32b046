/** Writes docs/configuration.md from the table of settings; with --check it only compares, and fails when they differ. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { configurationPage } from '../src/config/page.ts';
import { projectFile } from '../src/root.ts';

const path = projectFile('docs', 'configuration.md');
const page = configurationPage();

if (!process.argv.includes('--check')) writeFileSync(path, page);
else if (!existsSync(path) || readFileSync(path, 'utf8') !== page) {
  process.stderr.write('docs/configuration.md differs from src/config.ts: run npm run configuration\n');
  process.exitCode = 1;
}
