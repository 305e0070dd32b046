/** Resources to validate: the official examples, and the larger public sets where they lie beside the project. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import yauzl from 'yauzl';
import { parseJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';

export const full = process.env.FULL === '1';

export interface Example {
  readonly name: string;
  readonly resource: Resource;
}

const folder = projectFile('node_modules', 'hl7.fhir.r4.examples');

/** Official examples that break the specification they belong to, and why. */
export const faulty: ReadonlyMap<string, string> = new Map([
  ...['author', 'effective', 'end', 'keyword', 'workflow'].flatMap((code): [string, string][] => [
    [`SearchParameter-codesystem-extensions-CodeSystem-${code}.json`, 'SearchParameter'],
    [`SearchParameter-valueset-extensions-ValueSet-${code}.json`, 'SearchParameter'],
  ]),
  ['SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json', 'SearchParameter.id'],
  ['Bundle-dataelements.json', 'Bundle'],
  ['DeviceMetric-example.json', 'DeviceMetric.parent'],
  ['DeviceUseStatement-example.json', 'DeviceUseStatement.reasonReference[0]'],
  ['MedicationRequest-medrx0301.json', 'MedicationRequest.dispenseRequest.performer'],
  ['Observation-clinical-gender.json', 'Observation.performer[0]'],
  ...['Definition', 'Event', 'FiveWs', 'Request'].map((name): [string, string] => [
    `StructureDefinition-${name}.json`,
    'StructureDefinition',
  ]),
  ['Questionnaire-qs1.json', 'Questionnaire.item[0].item[0]'],
  ['ImplementationGuide-fhir.json', 'ImplementationGuide.manifest.resource[11904].reference.reference'],
  ['ig-r4.json', 'ImplementationGuide.manifest.resource[11904].reference.reference'],
]);

const parse = (text: string): Resource => parseJson(text) as Resource;
const isResource = ({ resource }: Example): boolean => resource.resourceType !== undefined;

/** One official example by its file name. */
export const official = (name: string): Example => ({ name, resource: parse(readFileSync(join(folder, name), 'utf8')) });

/** Names of official examples: every n-th, or all of them with FULL=1. */
export function officialNames(every: number): string[] {
  const names = readdirSync(folder).filter((name) => /^[A-Z].*-.*\.json$/.test(name) || name === 'ig-r4.json');
  return names.sort().filter((_, i) => full || i % every === 0);
}

function examplesIn(name: string, bytes: Buffer): Example[] {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  if (!name.includes('ndjson')) return [{ name, resource: parse(text) }].filter(isResource);
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, i) => ({ name: `${name}:${i + 1}`, resource: parse(line) })).filter(isResource);
}

/** Resources of the JSON and NDJSON files of a folder, gzipped or not. */
export function* inFolder(path: string, every: number): Generator<Example> {
  const names = readdirSync(path).filter((name) => /json(\.gz)?$/.test(name));
  for (const [i, name] of names.sort().entries()) {
    if (full || i % every === 0) yield* examplesIn(name, readFileSync(join(path, name)));
  }
}

/** The example resources of a zipped package. */
export async function inZip(path: string, under: RegExp, every: number): Promise<Example[]> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true });
  const found: Example[] = [];
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    if (!under.test(entry.fileName) || (seen++ % every !== 0 && !full)) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    found.push(...examplesIn(entry.fileName, Buffer.concat(chunks)));
  }
  return found;
}
