/** Records of patients in memory: the sample patients that come with the server, and small ones made by hand. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Resource } from '../../src/fhir/resource.ts';
import type { PatientRecord } from '../../src/record/summary/section.ts';
import { projectFile } from '../../src/root.ts';

export function recordOf(resources: readonly Resource[]): PatientRecord {
  const byReference = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  if (patient === undefined) throw new Error('A record needs its patient');
  return {
    patient,
    of: (type) => resources.filter(({ resourceType }) => resourceType === type),
    find: (reference) => byReference.get(String(reference)),
    textOf: (resource) => JSON.stringify(resource),
    mayRead: () => true,
  };
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource;
}

/** `urn:uuid:1` becomes `Patient/1`. */
export function sampleRecord(name: string): PatientRecord {
  const text = gunzipSync(readFileSync(projectFile('src', 'cli', 'sample-data', `${name}.json.gz`))).toString();
  const { entry } = JSON.parse(text) as { entry: Entry[] };
  const links = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, `${resource.resourceType}/${resource.id}`]));
  const linked = text.replace(/urn:uuid:[0-9a-f-]{36}/g, (url) => links.get(url) ?? url);
  return recordOf((JSON.parse(linked) as { entry: Entry[] }).entry.map(({ resource }) => resource));
}
