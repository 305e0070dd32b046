/**
 * What reading, printing and copying JSON costs, in microseconds per KB, beside the native JSON.parse and JSON.stringify.
 * Run: npx tsx bench/json.ts [folder of .json or .json.gz files]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cloneJson, parseJson, printJson } from '../src/fhir/json.ts';
import { projectFile } from '../src/root.ts';

const rounds = 9;

function readTexts(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /\.json(\.gz)?$/.test(name));
  return files.slice(0, 20).map((name) => {
    const bytes = readFileSync(join(folder, name));
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  });
}

/** The best of some rounds, so that other work on the machine counts little. */
function best<T>(items: readonly T[], run: (item: T) => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const item of items) run(item);
    least = Math.min(least, performance.now() - start);
  }
  return least * 1000;
}

function resourcesOf(text: string): unknown[] {
  const { entry } = parseJson(text) as { entry?: { resource?: unknown }[] };
  return entry?.map(({ resource }) => resource) ?? [];
}

function report(title: string, texts: readonly string[]): void {
  const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / 1024;
  const values = texts.map((text) => parseJson(text));
  const line = (name: string, µs: number, base: number) =>
    console.log(`  ${name.padEnd(16)} ${(µs / kilobytes).toFixed(2).padStart(7)} µs/KB  ${(µs / base).toFixed(2).padStart(6)} ×`);
  console.log(`${title}: ${texts.length} texts, ${kilobytes.toFixed(0)} KB`);
  const parse = best(texts, (text) => JSON.parse(text));
  line('JSON.parse', parse, parse);
  line('parseJson', best(texts, parseJson), parse);
  const print = best(values, (value) => JSON.stringify(value));
  line('JSON.stringify', print, print);
  line(
    'printJson',
    best(values, (value) => printJson(value)),
    print,
  );
  const copy = best(values, structuredClone);
  line('structuredClone', copy, copy);
  line('cloneJson', best(values, cloneJson), copy);
}

const folder = process.argv[2] ?? projectFile('..', 'shared', 'data', 'synthea', '2020-v2.5.0');
const texts = readTexts(folder);
report('bundles as they are', texts);
report(
  'single resources, compact',
  texts
    .flatMap(resourcesOf)
    .slice(0, 5000)
    .map((resource) => printJson(resource)),
);
