/**
 * Writes compact packages into fhir-profiles/ from FHIR packages as they are published: folders or zip archives.
 *
 *   npx tsx scripts/packages.ts FOLDER-or-ZIP…
 */
import { basename, resolve } from 'node:path';
import { compactPackage } from './packages/compact-package.ts';
import { manifestOf } from './packages/manifest.ts';
import { readSource } from './packages/read-source.ts';
import { writeGenerated } from './write-generated.ts';

for (const path of process.argv.slice(2)) {
  const files = await readSource(resolve(path));
  const manifest = manifestOf(files);
  const origin = `\`npx tsx scripts/packages.ts ${basename(path)}\` made it of\nwhat HL7 publishes`;
  for (const [file, text] of compactPackage(
    manifest,
    files.map(({ json }) => json),
    origin,
  )) {
    writeGenerated(file, text);
    console.log(`${file}: ${text.length} characters`);
  }
}
