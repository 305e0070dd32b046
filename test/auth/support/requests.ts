/** Random requests over all routes that read, with all kinds of search parameters. */
import { formType } from '../../../src/interactions/form.ts';
import { pick, type Random } from './random.ts';
import { idsOf, markOf, markSystem, patientIds, types } from './world.ts';

const parameters: Readonly<Record<string, readonly string[]>> = {
  Patient: [
    'gender=male',
    'name=a',
    'general-practitioner=Practitioner/d1',
    'organization:below=Organization/o1',
    '_has:Observation:patient:code=a',
    '_has:Observation:subject:performer=Practitioner/d1',
    '_has:CareTeam:patient:participant.name=doctor',
    'general-practitioner.name=doctor',
    'organization.name=org',
    'general-practitioner:missing=true',
    'link:Patient.name=a',
    '_has:Group:member:_id=group-1',
    '_has:List:subject:item:Observation.code=a',
  ],
  Observation: [
    'code=a',
    'code:not=a',
    'status=final',
    'category=laboratory',
    'subject=Patient/p1',
    'patient=p2',
    'subject:Patient.name=a',
    'patient.gender=male',
    'performer:Patient.name=b',
    'performer.name=doctor',
    'encounter.subject:Patient.name=a',
    'encounter:Encounter.location.name=l1',
    'has-member.code=b',
    'date=ge2026-01-15',
    'date:missing=true',
    'value-quantity=gt50',
    'code-value-quantity=a$lt50',
    '_has:Provenance:target:agent.name=doctor',
    '_has:List:item:subject:Patient.name=a',
    '_list=list-1',
    '_filter=subject.name eq a',
    '_filter=not (code eq a)',
    '_filter=code eq a or encounter.subject.name eq b',
    'subject:missing=false',
    '_has:Task:focus:status=requested',
    'performer:missing=true',
    '_content=final',
    'device.patient=Patient/p1',
    'has-member:Observation.subject:Patient.gender=male',
    'subject:Device.patient.name=a',
    'encounter.part-of.subject=Patient/p1',
  ],
  Encounter: [
    'subject:Patient.name=a',
    'part-of:above=Encounter/encounter-3',
    'part-of:above=Encounter/encounter-6',
    'part-of:below=Encounter/encounter-0',
    'part-of:below=Encounter/encounter-2',
    'location:below=Location/l1',
    'location.name=l2',
    '_has:Observation:encounter:code=a',
    '_has:Encounter:part-of:subject=Patient/p2',
    'part-of.subject:Patient.name=b',
  ],
  Condition: [
    'code=a',
    'code:text=text',
    'asserter:Patient.name=a',
    'asserter.name=doctor',
    'subject.name=b',
    '_list=list-0,list-2',
    'code:missing=true',
  ],
  MedicationRequest: [
    'medication.code=a',
    'medication:Medication.code=b',
    'requester:Practitioner.name=doctor',
    'patient.name=a',
    '_contained=both',
    'subject=Patient/p3',
  ],
  DocumentReference: ['subject.name=a', 'related:Observation.code=a', 'patient=p1', 'related.subject:Patient.name=a'],
  Device: ['patient=p1', 'patient.name=a', 'patient:missing=true'],
  Task: [
    'status=requested',
    'focus:Observation.code=a',
    'patient.name=a',
    'focus=Observation/observation-1',
    'subject:Patient.gender=male',
  ],
  Provenance: ['target:Observation.code=a', 'agent.name=doctor', 'patient.name=a', 'target=Observation/observation-2'],
  List: ['item=Observation/observation-1', 'item:Observation.code=a', 'subject.name=a', 'item:Condition.code=b'],
  Composition: ['subject.name=a', 'entry:Observation.code=a', 'author.name=doctor', 'patient=p2', 'type=a'],
  Consent: ['patient=p1', 'status=active', 'actor=Practitioner/d1', 'patient.name=a', 'security-label=R'],
  Group: ['member=Patient/p1', 'member:Patient.name=a'],
  RelatedPerson: ['patient.name=a', 'name=a', 'active=true'],
  CareTeam: ['participant=Practitioner/d1', 'status=active', 'patient.name=a', 'participant:Practitioner.name=doctor'],
  Practitioner: [
    'name=doctor',
    '_has:PractitionerRole:practitioner:organization=Organization/o1',
    '_has:Observation:performer:code=a',
    '_has:Patient:general-practitioner:name=a',
    '_has:CareTeam:participant:status=active',
  ],
  PractitionerRole: ['practitioner.name=doctor', 'organization.name=org', 'organization:below=Organization/o1'],
  Organization: ['name=org', 'partof:below=Organization/o1', 'partof:above=Organization/o3', '_has:Patient:organization:name=a'],
  Location: ['name=l', 'partof:below=Location/l1', '_has:Encounter:location:subject=Patient/p1'],
  Medication: ['code=a', '_contained=true', '_has:MedicationRequest:medication:subject=Patient/p1', '_contained=both&code=a'],
  Binary: [],
};

const includes = [
  'Observation:subject',
  'Observation:*',
  'Observation:has-member',
  'Observation:encounter',
  'Encounter:location',
  'Encounter:part-of',
  'DocumentReference:subject',
  'Patient:general-practitioner',
  'Patient:organization',
  'Patient:link',
  'MedicationRequest:*',
  'Task:focus',
  'List:item',
  'Provenance:target',
  'Composition:entry',
  'Consent:actor',
  '*',
];

const sorts = ['_id', '-_lastUpdated', '_lastUpdated', 'date', '-date', 'code', 'patient', '-_id'];

function common(random: Random): readonly string[] {
  const id = (type: string): string => pick(random, idsOf(type));
  const type = pick(random, types);
  return [
    `_id=${id(type)},${id(type)}`,
    `_tag=${markSystem}|${markOf(type, id(type), 1)}`,
    `_tag:not=${markSystem}|${markOf(type, id(type), 1)}`,
    '_lastUpdated=gt2020-01-01',
  ];
}

const joined = (path: string, pairs: readonly string[]): string => {
  const query = pairs
    .flatMap((pair) => pair.split('&'))
    .map((pair) => {
      const at = pair.indexOf('=');
      return `${encodeURIComponent(pair.slice(0, at))}=${encodeURIComponent(pair.slice(at + 1))}`;
    });
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
};

function results(random: Random, type: string): string[] {
  const pairs: string[] = [];
  if (random(3) === 0) pairs.push(`_count=${random(4) + 1}`);
  if (random(3) === 0) pairs.push(`_total=${pick(random, ['accurate', 'estimate', 'none'])}`);
  if (random(8) === 0) pairs.push('_summary=count');
  if (random(4) === 0) pairs.push(`_sort=${pick(random, sorts)}`);
  if (random(4) === 0) pairs.push(`_include${random(2) === 0 ? ':iterate' : ''}=${pick(random, includes)}`);
  if (random(4) === 0) pairs.push(`_revinclude${random(3) === 0 ? ':iterate' : ''}=${pick(random, includes)}`);
  if (random(12) === 0) pairs.push(`_elements=id`, `_type=${type}`);
  return pairs;
}

function search(random: Random, type: string): string {
  const own = [...(parameters[type] ?? []), ...common(random)];
  const pairs = Array.from({ length: random(3) }, () => pick(random, own));
  return joined(type, [...pairs, ...results(random, type).filter((pair) => !pair.startsWith('_type'))]);
}

function systemSearch(random: Random, favoured: readonly string[]): string {
  const some = Array.from({ length: random(3) + 1 }, () => pick(random, favoured));
  const pairs = [...(random(3) === 0 ? [] : [`_type=${[...new Set(some)].join(',')}`]), pick(random, common(random))];
  return joined('', [...pairs, ...results(random, 'Patient').filter((pair) => !pair.startsWith('_type') && !pair.startsWith('_sort='))]);
}

function compartment(random: Random): string {
  const [code, id] = pick(random, [
    ...patientIds.map((each) => ['Patient', each] as const),
    ['Practitioner', 'd1'],
    ['Encounter', 'encounter-1'],
    ['Device', 'device-0'],
    ['RelatedPerson', 'relatedperson-0'],
  ] as const);
  const type = pick(random, ['Observation', 'Condition', 'Encounter', 'Provenance', '*']);
  const pairs = type === 'Observation' && random(2) === 0 ? [pick(random, parameters['Observation'] ?? [])] : [];
  return joined(`${code}/${id}/${type}`, [...pairs, ...(random(2) === 0 ? [`_count=${random(3) + 1}`] : [])]);
}

function history(random: Random, path: string): string {
  const pairs = [
    ...(random(2) === 0 ? [`_count=${random(5) + 1}`] : []),
    ...(random(3) === 0 ? ['_sort=_lastUpdated'] : []),
    ...(random(6) === 0 ? ['_since=2020-01-01T00:00:00Z'] : []),
  ];
  return joined(`${path}${path === '' ? '' : '/'}_history`, pairs);
}

function everything(random: Random): string {
  const pairs = [
    ...(random(2) === 0 ? [`_count=${random(6) + 1}`] : []),
    ...(random(4) === 0 ? [`_type=${pick(random, ['Observation', 'Practitioner', 'Observation,Organization', 'Encounter'])}`] : []),
    ...(random(4) === 0 ? ['start=2026-01-12'] : []),
  ];
  return joined(`Patient/${pick(random, patientIds)}/$everything`, pairs);
}

/** A GET, or a POST of what `post` has. */
export interface Asked {
  /** Below the base, or whole. */
  readonly url: string;
  readonly post?: { readonly type: string; readonly text: string };
}

const json = (url: string, resource: object): Asked => ({ url, post: { type: 'application/fhir+json', text: JSON.stringify(resource) } });

/** The same search, in a body. */
function posted(url: string): Asked {
  const [path = '', text = ''] = url.split('?');
  return { url: `${path}${path === '' ? '' : '/'}_search`, post: { type: formType, text } };
}

const expressions = [
  'id',
  'meta.tag.code',
  '%resource.descendants().reference',
  'subject.resolve().meta.tag.code',
  'descendants().resolve().id',
];

function fhirpath(random: Random, url: string): Asked {
  const expression = pick(random, expressions);
  return random(2) === 0
    ? { url: joined(url, [`expression=${expression}`]) }
    : json(url, { resourceType: 'Parameters', parameter: [{ name: 'expression', valueString: expression }] });
}

/** What is validated refers to anything. */
function validation(random: Random, type: string, id: string): Asked {
  if (random(2) === 0) return { url: `${type}/${id}/$validate` };
  const other = pick(random, types);
  const subject = { reference: `Patient/${pick(random, patientIds)}` };
  const hasMember = [{ reference: `${other}/${pick(random, idsOf(other))}` }];
  return json('Observation/$validate', { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject, hasMember });
}

function record(random: Random): Asked {
  const name = pick(random, ['$everything', '$everything', '$timeline', '$timeline', '$summary', '$docref', '$document']);
  if (name === '$everything') return { url: everything(random) };
  if (name === '$document') return { url: `Composition/${pick(random, idsOf('Composition'))}/$document` };
  if (name === '$docref') return { url: `DocumentReference/$docref?patient=${pick(random, patientIds)}` };
  const pairs = [
    ...(random(2) === 0 ? [`_count=${random(6) + 1}`] : []),
    ...(random(3) === 0 ? [`_type=${pick(random, ['Observation', 'Encounter', 'Observation,Condition'])}`] : []),
    ...(random(4) === 0 ? ['category=laboratory'] : []),
    ...(random(4) === 0 ? ['start=2026-01-12'] : []),
  ];
  return { url: joined(`Patient/${pick(random, patientIds)}/${name}`, name === '$timeline' ? pairs : []) };
}

/** What other operations there are; those that are not there are refused alike for all. */
const documents = (random: Random): Asked => ({
  url: pick(random, [
    `Composition/${pick(random, idsOf('Composition'))}/$document`,
    `Encounter/${pick(random, idsOf('Encounter'))}/$everything`,
    `Group/${pick(random, idsOf('Group'))}/$everything`,
    'Patient/$everything',
    `DocumentReference/$docref?patient=${pick(random, patientIds)}`,
  ]),
});

/** Requests below the base, mostly of the favoured types. */
export function requestOf(random: Random, favoured: readonly string[] = types): Asked {
  const type = pick(random, random(4) === 0 ? types : favoured);
  const id = random(20) === 0 ? 'nothing' : pick(random, idsOf(type));
  switch (random(24)) {
    case 0:
    case 1:
    case 2:
      return { url: `${type}/${id}` };
    case 3:
    case 4:
      return { url: `${type}/${id}/_history/${random(4) + 1}` };
    case 5:
    case 6:
      return { url: history(random, `${type}/${id}`) };
    case 7:
      return { url: history(random, type) };
    case 8:
      return { url: history(random, '') };
    case 9:
    case 10:
      return record(random);
    case 11:
      return { url: systemSearch(random, favoured) };
    case 12:
      return { url: compartment(random) };
    case 13:
      return fhirpath(random, `${type}/${id}/$fhirpath`);
    case 14:
      return validation(random, type, id);
    case 15:
      return posted(pick(random, [search(random, type), systemSearch(random, favoured), compartment(random)]));
    case 16:
      return documents(random);
    default:
      return { url: search(random, type) };
  }
}

/** Several of them at once; what is refused is refused in its own entry. */
export function batchOf(random: Random, favoured: readonly string[]): Asked {
  const entry = Array.from({ length: random(3) + 1 }, () => requestOf(random, favoured))
    .filter(({ post }) => post === undefined)
    .map(({ url }) => ({ request: { method: 'GET', url } }));
  return json('', { resourceType: 'Bundle', type: 'batch', entry });
}

/** What one literal value of each parameter would be, for tests of all of them. */
export const allParameters: readonly (readonly [type: string, pair: string])[] = Object.entries(parameters).flatMap(([type, list]) =>
  list.map((pair) => [type, pair] as const),
);
