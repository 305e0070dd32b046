/** Three patients, who cares for them, and resources that refer across them: contained, moved from one to another, and deleted ones. */
import type { Resource } from '../../../src/fhir/resource.ts';
import type { Change } from '../../../src/repository/change.ts';
import { consent, label, noPatient } from './consents.ts';
import { pick, type Random } from './random.ts';

export interface Version {
  readonly type: string;
  readonly id: string;
  readonly versionId: number;
  /** Null = deleted. */
  readonly content: Resource | null;
}

export const markSystem = 'http://example.org/mark';

/** What tells one version from all others, wherever it is shown. */
export const markOf = (type: string, id: string, versionId: number): string => `mk-${type}-${id}-v${versionId}-`;

const to = (reference: string) => ({ reference });
const coded = (code: string) => ({ coding: [{ system: 'http://example.org/code', code }] });

export const patientIds = ['p1', 'p2', 'p3'];
export const codes = ['a', 'b', 'c'];
const categories = ['laboratory', 'vital-signs'];

/** `agreed`: patients have a say, and nothing is contained: a Consent can only withhold what it can look into. */
type Make = (random: Random, number: number, agreed: boolean) => object;

const patient = (random: Random): string => `Patient/${pick(random, patientIds)}`;
const maybe = (random: Random, value: object): object => (random(3) === 0 ? value : {});

/** What a Binary may be an attachment of. */
const contexts: readonly ((random: Random) => string)[] = [
  patient,
  (random) => `Observation/observation-${random(14)}`,
  (random) => `Condition/condition-${random(6)}`,
  () => 'Organization/o1',
];

/** The types that are made at random; what they refer to may belong to another patient. */
const makers: Readonly<Record<string, Make>> = {
  Encounter: (random, n) => ({
    ...{ status: 'finished', class: { code: 'AMB' }, subject: to(patient(random)) },
    ...(random(4) > 0 ? { partOf: to(`Encounter/encounter-${random(n + 1)}`) } : {}),
    ...maybe(random, { location: [{ location: to(`Location/l${random(3) + 1}`) }] }),
  }),
  Observation: (random, n) => ({
    ...{ status: pick(random, ['final', 'amended']), code: coded(pick(random, codes)), subject: to(patient(random)) },
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: pick(random, categories) }] }],
    ...maybe(random, { performer: [to(pick(random, [patient(random), 'Practitioner/d1', 'Organization/o2']))] }),
    ...maybe(random, { encounter: to(`Encounter/encounter-${random(8)}`) }),
    ...maybe(random, { hasMember: [to(`Observation/observation-${random(n + 1)}`)] }),
    ...maybe(random, { effectiveDateTime: `2026-01-${10 + random(19)}` }),
    ...maybe(random, { valueQuantity: { value: random(100), unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }),
  }),
  Condition: (random) => ({
    ...{ subject: to(patient(random)), code: { ...coded(pick(random, codes)), text: `text ${pick(random, codes)}` } },
    ...maybe(random, { asserter: to(pick(random, [patient(random), 'Practitioner/d2'])) }),
  }),
  MedicationRequest: (random, _, agreed) => ({
    ...{ status: 'active', intent: 'order', subject: to(patient(random)), requester: to(`Practitioner/d${random(2) + 1}`) },
    ...(random(2) === 0 && !agreed
      ? { contained: [{ resourceType: 'Medication', id: 'm', code: coded(pick(random, codes)) }], medicationReference: to('#m') }
      : { medicationReference: to(`Medication/m${random(2) + 1}`) }),
  }),
  DocumentReference: (random, n) => ({
    ...{ status: 'current', subject: to(patient(random)), content: [{ attachment: { url: `Binary/binary-${random(n + 1)}` } }] },
    ...maybe(random, { context: { related: [to(`Observation/observation-${random(8)}`)] } }),
  }),
  Binary: (random) => ({
    ...{ contentType: 'text/plain', data: 'aGVsbG8=' },
    ...(random(4) === 0 ? {} : { securityContext: to(pick(random, contexts)(random)) }),
  }),
  Device: (random) => (random(3) === 0 ? {} : { patient: to(patient(random)) }),
  Task: (random) => ({
    ...{ status: 'requested', intent: 'order' },
    ...maybe(random, { for: to(patient(random)) }),
    ...maybe(random, { focus: to(`Observation/observation-${random(8)}`) }),
  }),
  Provenance: (random) => ({
    target: [to(pick(random, [patient(random), `Observation/observation-${random(8)}`]))],
    recorded: '2026-01-31T12:00:00Z',
    agent: [{ who: to(`Practitioner/d${random(2) + 1}`) }],
  }),
  List: (random) => ({
    ...{ status: 'current', mode: 'working', subject: to(patient(random)) },
    entry: [{ item: to(`Observation/observation-${random(8)}`) }, { item: to(`Condition/condition-${random(5)}`) }],
  }),
  Group: (random) => ({ type: 'person', actual: true, member: [{ entity: to(patient(random)) }, { entity: to(patient(random)) }] }),
  Composition: (random) => ({
    ...{ status: 'final', type: coded(pick(random, codes)), subject: to(patient(random)), date: '2026-01-20', title: 'x' },
    author: [to(pick(random, ['Practitioner/d1', 'Practitioner/d2', patient(random)]))],
    section: [{ title: 'y', entry: [to(`Observation/observation-${random(8)}`), to(`Condition/condition-${random(5)}`)] }],
  }),
  Consent: (random, _, agreed) => ({ ...consent(random, patient(random)), ...(agreed ? {} : { status: 'draft' }) }),
  RelatedPerson: (random) => ({ patient: to(patient(random)), active: random(3) > 0, name: [{ family: pick(random, codes) }] }),
  CareTeam: (random) => ({
    ...{ status: pick(random, ['active', 'active', 'inactive']), subject: to(patient(random)) },
    participant: [{ member: to(`Practitioner/d${random(2) + 1}`) }],
  }),
};

export const randomTypes = Object.keys(makers);
export const sharedTypes = ['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication'];
export const types = ['Patient', ...randomTypes, ...sharedTypes];

const count: Readonly<Record<string, number>> = {
  Observation: 14,
  Encounter: 8,
  Condition: 6,
  MedicationRequest: 6,
  Binary: 12,
  Consent: 5,
};
export const idsOf = (type: string): readonly string[] => {
  if (type === 'Patient') return patientIds;
  if (type === 'Practitioner') return ['d1', 'd2'];
  if (type === 'PractitionerRole') return ['r1', 'r2'];
  if (type === 'Organization') return ['o1', 'o2', 'o3'];
  if (type === 'Location') return ['l1', 'l2', 'l3'];
  if (type === 'Medication') return ['m1', 'm2'];
  return Array.from({ length: count[type] ?? 4 }, (_, n) => `${type.toLowerCase()}-${n}`);
};

function fixed(random: Random): object[] {
  const orgs = ['o1', 'o2', 'o3'];
  return [
    ...orgs.map((id, n) => ({
      resourceType: 'Organization',
      id,
      name: `org ${id}`,
      ...(n > 0 ? { partOf: to(`Organization/o${n}`) } : {}),
    })),
    ...['l1', 'l2', 'l3'].map((id, n) => ({ resourceType: 'Location', id, name: id, ...(n > 0 ? { partOf: to(`Location/l${n}`) } : {}) })),
    ...['d1', 'd2'].map((id) => ({ resourceType: 'Practitioner', id, name: [{ family: `doctor ${id}` }] })),
    ...['m1', 'm2'].map((id) => ({ resourceType: 'Medication', id, code: coded(pick(random, codes)) })),
    { resourceType: 'PractitionerRole', id: 'r1', active: true, practitioner: to('Practitioner/d1'), organization: to('Organization/o1') },
    {
      resourceType: 'PractitionerRole',
      id: 'r2',
      active: random(2) > 0,
      practitioner: to('Practitioner/d2'),
      organization: to('Organization/o2'),
    },
    ...patientIds.map((id, n) => ({
      ...{ resourceType: 'Patient', id, gender: pick(random, ['male', 'female']), name: [{ family: pick(random, codes), given: [id] }] },
      ...maybe(random, {
        generalPractitioner: [to(pick(random, ['Practitioner/d1', 'Practitioner/d2', 'Organization/o1', 'Organization/o2']))],
      }),
      ...maybe(random, { managingOrganization: to(pick(random, ['Organization/o1', 'Organization/o2', 'Organization/o3'])) }),
      ...(n === 2 ? maybe(random, { link: [{ other: to('Patient/p1'), type: 'seealso' }] }) : {}),
    })),
  ];
}

export interface World {
  /** Whether Consents stand in it. */
  readonly agreed: boolean;
  /** In waves: each is written as one transaction. */
  readonly waves: readonly (readonly Change[])[];
  /** Every version, oldest first. */
  readonly versions: readonly Version[];
}

function labelsOf(random: Random, type: string): object {
  if (sharedTypes.includes(type)) return {};
  const security = [...(random(3) === 0 ? [label(pick(random, ['L', 'N', 'R', 'V']))] : []), ...(random(10) === 0 ? [noPatient] : [])];
  return security.length === 0 ? {} : { security };
}

const marked = (random: Random, content: object, type: string, id: string, versionId: number): Resource =>
  ({
    resourceType: type,
    id,
    meta: { tag: [{ system: markSystem, code: markOf(type, id, versionId) }], ...labelsOf(random, type) },
    ...content,
  }) as unknown as Resource;

/** Of one of the types that are made at random, with the mark. */
export function contentOf(random: Random, type: string, mark: string, id?: string): Resource {
  const content = makers[type]?.(random, random(8), true) ?? {};
  const meta = { tag: [{ system: markSystem, code: mark }], ...labelsOf(random, type) };
  return { resourceType: type, ...(id === undefined ? {} : { id }), meta, ...content } as unknown as Resource;
}

export function worldOf(random: Random, agreed: boolean): World {
  const versions: Version[] = [];
  const waves: Change[][] = [];
  const numbers = new Map<string, number>();
  const write = (wave: Change[], type: string, id: string, content: object | undefined): void => {
    const key = `${type}/${id}`;
    const versionId = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, versionId);
    const resource = content && marked(random, content, type, id, versionId);
    versions.push({ type, id, versionId, content: resource ?? null });
    wave.push(resource === undefined ? { kind: 'delete', type, id, at: '' } : { kind: 'update', type, id, at: '', resource });
  };
  const first: Change[] = [];
  for (const { resourceType, id, ...content } of fixed(random) as { resourceType: string; id: string }[])
    write(first, resourceType, id, content);
  for (const [type, make] of Object.entries(makers)) idsOf(type).forEach((id, n) => write(first, type, id, make(random, n, agreed)));
  waves.push(first);
  // Moved, changed, deleted, and brought back.
  for (let round = 0; round < 3; round++) {
    const wave: Change[] = [];
    for (const [type, make] of Object.entries(makers))
      idsOf(type).forEach((id, n) => {
        const fate = random(8);
        const isGone = versions.findLast((each) => each.type === type && each.id === id)?.content === null;
        if (fate === 0 && !isGone) write(wave, type, id, undefined);
        else if (fate < 3) write(wave, type, id, make(random, n, agreed));
      });
    waves.push(wave);
  }
  return { agreed, waves, versions };
}
