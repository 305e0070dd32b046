/** Reads what a summary needs of one patient: the newest of each kind, and what these name. https://hl7.org/fhir/uv/ips/STU1.1/ */
import { isObject, type Resource } from '../fhir/resource.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { type RecordSearch, searchMany, searchOne } from './record-search.ts';
import type { PatientRecord } from './summary/section.ts';
import { type Wanted, wantedDevices, wantedObservations, wantedOthers } from './wanted.ts';
import { readWithinReach } from './within-reach.ts';

interface Stored {
  readonly resource: Resource;
  readonly text: string;
}

const stored = ({ body }: StoredVersion): Stored => ({ resource: JSON.parse(body ?? '{}') as Resource, text: body ?? '' });

const nameOf = ({ resource: { resourceType, id } }: Stored): string => `${resourceType}/${id}`;

/** A compartment also holds what a patient did or said of others. */
function speaksOf(patientId: string, { subject, patient }: Resource): boolean {
  const link = subject ?? patient;
  const reference = isObject(link) ? link['reference'] : undefined;
  return typeof reference === 'string' && `/${reference.replace(/\/_history\/.*$/, '')}`.endsWith(`/Patient/${patientId}`);
}

/** In one answer, unless a record is very large. */
const mostObservations = 300;
const mostOthers = 300;

async function readAll(search: RecordSearch, mayRead: (type: string) => boolean): Promise<readonly Stored[]> {
  const readable = (list: readonly Wanted[]): readonly Wanted[] => list.filter(({ type }) => mayRead(type));
  const found = await Promise.all([
    searchMany(search, readable(wantedOthers), mostOthers),
    searchMany(search, readable(wantedObservations), mostObservations),
    ...readable([wantedDevices]).map((each) => searchOne(search, each)),
  ]);
  const all = found.flat().map(stored);
  return all.filter(({ resource }) => speaksOf(search.patientId, resource));
}

/** What entries name and a summary shows beside them. */
const naming = ['medicationReference', 'device', 'managingOrganization'];
const local = /^(Medication|Device|Organization)\/([A-Za-z0-9\-.]{1,64})$/;

const namesIn = (resource: Resource): readonly string[] =>
  naming.flatMap((element) => {
    const link = resource[element];
    return isObject(link) && typeof link['reference'] === 'string' && local.test(link['reference']) ? [link['reference']] : [];
  });

async function readNamed({ repository }: RecordSearch, reference: string): Promise<readonly Stored[]> {
  const [, type = '', id = ''] = local.exec(reference) ?? [];
  const version = await readWithinReach(repository, type, id);
  return version?.body ? [stored(version)] : [];
}

export async function readRecord(search: RecordSearch, patient: StoredVersion, mayRead: (type: string) => boolean): Promise<PatientRecord> {
  const self = stored(patient);
  const once = new Map((await readAll(search, mayRead)).map((each) => [nameOf(each), each]));
  const names = new Set([self, ...once.values()].flatMap(({ resource }) => namesIn(resource)).filter((reference) => !once.has(reference)));
  const named = (await Promise.all([...names].map((reference) => readNamed(search, reference)))).flat();
  const all = [self, ...once.values(), ...named];
  const byName = new Map(all.map((each) => [nameOf(each), each.resource]));
  const texts = new Map(all.map(({ resource, text }) => [resource, text]));
  const byType = new Map<string, Resource[]>();
  for (const { resource } of once.values()) {
    const list = byType.get(resource.resourceType);
    if (list === undefined) byType.set(resource.resourceType, [resource]);
    else list.push(resource);
  }
  return {
    patient: self.resource,
    of: (type) => byType.get(type) ?? [],
    find: (reference) => byName.get(String(reference)),
    textOf: (resource) => texts.get(resource) ?? JSON.stringify(resource),
    mayRead,
  };
}
