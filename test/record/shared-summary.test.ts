/** Summaries of the patients of other publishers, where the shared data is present; `scripts/prove-summary.ts` does the same for all of them. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { isObject, type Resource } from '../../src/fhir/resource.ts';
import { summaryProfile, summaryText } from '../../src/record/summary/document.ts';
import type { PatientRecord } from '../../src/record/summary/section.ts';
import type { Validator } from '../../src/validation/validation.ts';
import { Worlds } from '../conformance/world.ts';
import { sharedData } from '../support/shared-data.ts';
import { sharedResources } from '../support/shared-resources.ts';

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** Each once; entries of a transaction refer to each other by the ids that they have. */
function resourcesById(): Map<string, Resource> {
  const all = [...sharedResources()].filter(({ resourceType, id }) => resourceType !== 'Bundle' && id !== undefined);
  const names = new Map(all.map((resource) => [`urn:uuid:${resource.id}`, nameOf(resource)]));
  const linked = all.map(
    (resource) => JSON.parse(JSON.stringify(resource).replace(/urn:uuid:[0-9a-f-]{36}/g, (urn) => names.get(urn) ?? urn)) as Resource,
  );
  return new Map(linked.map((resource) => [nameOf(resource), resource]));
}

const subjectOf = ({ subject, patient }: Resource): unknown => {
  const link = subject ?? patient;
  return isObject(link) ? link['reference'] : undefined;
};

function recordsOf(resources: ReadonlyMap<string, Resource>): PatientRecord[] {
  const bySubject = new Map<unknown, Resource[]>();
  for (const resource of resources.values()) bySubject.set(subjectOf(resource), [...(bySubject.get(subjectOf(resource)) ?? []), resource]);
  const patients = [...resources.values()].filter(({ resourceType }) => resourceType === 'Patient');
  return patients.map((patient) => ({
    patient,
    of: (type) => (bySubject.get(nameOf(patient)) ?? []).filter(({ resourceType }) => resourceType === type),
    find: (reference) => resources.get(String(reference)),
    textOf: (resource) => JSON.stringify(resource),
    mayRead: () => true,
  }));
}

/** Errors of the summary that no resource has by itself. */
async function errorsIn(validator: Validator, summary: Resource): Promise<string[]> {
  const entries = summary['entry'] as { readonly resource: Resource }[];
  const found: string[] = [];
  for (const { severity, diagnostics, expression } of await validator.validate(summary, { profiles: [summaryProfile] })) {
    if (severity !== 'error' && severity !== 'fatal') continue;
    const index = /^Bundle\.entry\[(\d+)\]\.resource/.exec(expression?.[0] ?? '')?.[1];
    const own = index === undefined ? [] : await validator.validate(entries[Number(index)]?.resource as Resource);
    if (!own.some((issue) => issue.diagnostics === diagnostics)) found.push(`${expression?.[0]}: ${diagnostics}`);
  }
  return found;
}

test('Every summary of a shared patient is a valid International Patient Summary', async () => {
  if (sharedData('synthea') === undefined) return;
  const { validator } = await new Worlds(loadDefinitions()).with([]);
  const records = recordsOf(resourcesById());
  expect(records.length).toBeGreaterThan(20);
  const faults: Record<string, string[]> = {};
  for (const record of records) {
    const options = { base: 'https://fhir.example.org/fhir', at: '2026-02-03T04:05:06.000Z', uuid: randomUUID, softwareVersion: '1' };
    const errors = await errorsIn(validator, JSON.parse(summaryText({ record, ...options })) as Resource);
    if (errors.length > 0) faults[String(record.patient.id)] = errors;
  }
  expect(faults).toEqual({});
}, 120_000);
