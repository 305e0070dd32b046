/** Reads what a summary needs of one patient: the newest of each kind, and what these name. https://hl7.org/fhir/uv/ips/STU1.1/ */
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Services } from '../interactions/interaction.ts';
import type { Repository } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { parseSearch } from '../search/parse.ts';
import type { PatientRecord } from './summary/section.ts';
import { lifeCodes } from './summary/sections/observations.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

interface Wanted {
  readonly type: string;
  readonly filter: Pairs;
  readonly most: number;
}

const category = (value: string): Pairs => [['category', `http://terminology.hl7.org/CodeSystem/observation-category|${value}`]];
const newest: Pairs = [['_sort', '-date']];

/** One search each; `most` bounds the memory, and is far beyond what a summary shows. */
const wanted: readonly Wanted[] = [
  { type: 'AllergyIntolerance', filter: [], most: 500 },
  { type: 'Condition', filter: [], most: 1000 },
  { type: 'MedicationStatement', filter: [['status', 'active,intended,on-hold,unknown']], most: 500 },
  { type: 'MedicationRequest', filter: [['status', 'active,on-hold,unknown']], most: 500 },
  { type: 'Immunization', filter: newest, most: 500 },
  { type: 'Procedure', filter: newest, most: 500 },
  { type: 'DeviceUseStatement', filter: [], most: 200 },
  { type: 'Device', filter: [['status:not', 'inactive,entered-in-error']], most: 200 },
  { type: 'DiagnosticReport', filter: [['status', 'final'], ...newest], most: 20 },
  { type: 'Observation', filter: [...category('laboratory'), ...newest], most: 500 },
  { type: 'Observation', filter: [...category('imaging'), ...newest], most: 100 },
  { type: 'Observation', filter: [...category('vital-signs'), ...newest], most: 200 },
  { type: 'Observation', filter: [['code', lifeCodes.map((code) => `http://loinc.org|${code}`).join(',')], ...newest], most: 100 },
  { type: 'ClinicalImpression', filter: [['status', 'completed'], ...newest], most: 20 },
  { type: 'CarePlan', filter: [['status', 'active']], most: 100 },
  { type: 'Consent', filter: [['status', 'active']], most: 100 },
];

interface Stored {
  readonly resource: Resource;
  readonly text: string;
}

const stored = ({ body }: StoredVersion): Stored => ({ resource: JSON.parse(body ?? '{}') as Resource, text: body ?? '' });

async function search(repository: Repository, services: Services, id: string, { type, filter, most }: Wanted): Promise<readonly Stored[]> {
  const pairs: Pairs = [['patient', `Patient/${id}`], ...filter, ['_count', String(most)]];
  const query = parseSearch(services.definitions, type, pairs, { strict: true, defaultCount: most, maxCount: most, now: services.now() });
  const { matches } = await repository.search(query);
  return matches.map(stored);
}

/** What entries name and a summary shows beside them. */
const naming = ['medicationReference', 'device', 'managingOrganization'];
const local = /^(Medication|Device|Organization)\/([A-Za-z0-9\-.]{1,64})$/;

const namesIn = (resource: Resource): readonly string[] =>
  naming.flatMap((element) => {
    const link = resource[element];
    return isObject(link) && typeof link['reference'] === 'string' && local.test(link['reference']) ? [link['reference']] : [];
  });

const nameOf = ({ resource: { resourceType, id } }: Stored): string => `${resourceType}/${id}`;

async function readNamed(repository: Repository, references: readonly string[]): Promise<readonly Stored[]> {
  const read = references.map(async (reference) => {
    const [, type = '', id = ''] = local.exec(reference) ?? [];
    const version = await repository.read(type, id);
    return version?.body ? [stored(version)] : [];
  });
  return (await Promise.all(read)).flat();
}

export async function readRecord(repository: Repository, services: Services, patient: StoredVersion): Promise<PatientRecord> {
  const self = stored(patient);
  const found = (await Promise.all(wanted.map((each) => search(repository, services, patient.id, each)))).flat();
  const once = new Map(found.map((each) => [nameOf(each), each]));
  const names = new Set([self, ...once.values()].flatMap(({ resource }) => namesIn(resource)).filter((reference) => !once.has(reference)));
  const all = [self, ...once.values(), ...(await readNamed(repository, [...names]))];
  const byName = new Map(all.map((each) => [nameOf(each), each.resource]));
  const texts = new Map(all.map(({ resource, text }) => [resource, text]));
  const byType = new Map<string, Resource[]>();
  for (const { resource } of once.values()) byType.set(resource.resourceType, [...(byType.get(resource.resourceType) ?? []), resource]);
  return {
    patient: self.resource,
    of: (type) => byType.get(type) ?? [],
    find: (reference) => byName.get(String(reference)),
    textOf: (resource) => texts.get(resource) ?? JSON.stringify(resource),
  };
}
