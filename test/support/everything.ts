/** Records as tests put them in and read them out. */
import type { Resource } from '../../src/fhir/resource.ts';
import {
  type EverythingBatch,
  type EverythingOptions,
  type EverythingPage,
  type EverythingSubject,
  isEntryText,
  type Repository,
} from '../../src/repository/repository.ts';

export const to = (reference: string) => ({ reference });

/** What each type must have, where a test says nothing of it. */
const least: Readonly<Record<string, object>> = {
  Appointment: { status: 'proposed' },
  Bundle: { type: 'collection' },
  DiagnosticReport: { status: 'final', code: { text: 'x' } },
  Encounter: { status: 'finished', class: { code: 'AMB' } },
  FamilyMemberHistory: { status: 'completed', relationship: { text: 'mother' } },
  GenomicStudy: { status: 'available' },
  Group: { type: 'person', actual: true },
  GuidanceResponse: { status: 'success', moduleUri: 'urn:rule' },
  MessageHeader: { eventUri: 'urn:event', source: { endpoint: 'urn:source' } },
  Observation: { status: 'final', code: { text: 'x' } },
  Organization: { name: 'x' },
  Provenance: { recorded: '2020-01-01T00:00:00Z', agent: [{ who: { display: 'x' } }] },
  Slot: { schedule: { display: 'x' }, status: 'free', start: '2020-01-01T00:00:00Z', end: '2020-01-01T01:00:00Z' },
  Task: { status: 'draft', intent: 'plan' },
  VerificationResult: { status: 'validated' },
};

/** With all that its type must have. */
export const complete = (resource: Resource): Resource => ({ ...least[resource.resourceType], ...resource });

/** Each in a commit of its own. */
export async function put(repository: Repository, resources: readonly Resource[]): Promise<void> {
  for (const resource of resources.map(complete))
    await repository.commit([{ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource }]);
}

export async function page(repository: Repository, subject: EverythingSubject, options: EverythingOptions): Promise<EverythingPage> {
  const found = await repository.everything(subject, options);
  if (found === undefined) throw new Error(`${subject.type}/${subject.id} is unknown`);
  return found;
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource & { readonly id: string; readonly meta: { readonly versionId: string } };
}

/** `Type/id/version` of what was told as versions or as text. */
function versionsIn(batch: EverythingBatch): string[] {
  if (!isEntryText(batch)) return batch.map(({ type, id, versionId }) => `${type}/${id}/${versionId}`);
  const entries = JSON.parse(`[${batch.text}]`) as Entry[];
  if (entries.length !== batch.count) throw new Error(`${batch.count} entries were said to be ${entries.length}`);
  return entries.map(({ fullUrl, resource: { resourceType, id, meta } }) => {
    if (fullUrl !== `${under}/${resourceType}/${id}`) throw new Error(`${fullUrl} is not that of ${resourceType}/${id}`);
    return `${resourceType}/${id}/${meta.versionId}`;
  });
}

const under = 'http://test.example/fhir';

/** `Type/id/version` of what is on the page. */
export async function versionsOn({ versions }: EverythingPage): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of versions) found.push(...versionsIn(batch));
  return found;
}

const nameOf = (version: string): string => version.slice(0, version.lastIndexOf('/'));

/** What is told as text of entries is the same. */
async function asTexts(repository: Repository, subject: EverythingSubject, options: EverythingOptions, expected: string[]): Promise<void> {
  const names = (await versionsOn(await page(repository, subject, { ...options, entriesUnder: under }))).map(nameOf);
  if (names.sort().join() !== expected.toSorted().join())
    throw new Error(`told as text: ${names.join(' ')}; otherwise: ${expected.join(' ')}`);
}

/** `Type/id` by page. */
export async function toldPages(repository: Repository, subject: EverythingSubject, options: EverythingOptions): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | undefined; ; ) {
    const one = await page(repository, subject, { ...options, ...(after === undefined ? {} : { after }) });
    pages.push((await versionsOn(one)).map(nameOf));
    after = one.next();
    if (after !== undefined) continue;
    if (options.count === undefined) await asTexts(repository, subject, options, pages.flat());
    return pages;
  }
}

export const told = async (repository: Repository, subject: EverythingSubject, options: EverythingOptions): Promise<string[]> =>
  (await toldPages(repository, subject, options)).flat();
