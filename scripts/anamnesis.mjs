#!/usr/bin/env node
/** Runs a command of Anamnesis from the checkout: `npm run -s anamnesis -- load patients/`. */
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { built } from './build.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`anamnesis: Node.js 20.19 or newer is needed; this is ${process.versions.node}.\n`);
  process.exit(1);
}
// Known from Node 22 on: compiled code is kept for the next start.
module.enableCompileCache?.();
await import(pathToFileURL(built()).href);
