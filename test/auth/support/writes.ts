/** Random writes over all routes that write, as Bundles: single ones, batches and transactions, conditional and not. */
import type { Resource } from '../../../src/fhir/resource.ts';
import { pick, type Random } from './random.ts';
import type { Asked } from './requests.ts';
import { contentOf, idsOf, patientIds, randomTypes } from './world.ts';

interface Entry {
  readonly request: Readonly<Record<string, string>>;
  readonly resource?: object;
}

let marked = 0;
/** Stands nowhere else. */
const freshMark = (type: string): string => `mk-${type}-written-v${++marked}-`;

const someId = (random: Random, type: string): string => (random(12) === 0 ? `new-${random(6)}` : pick(random, idsOf(type)));

const jsonPatch = (random: Random): object => {
  const [path, value] = pick(random, [
    ['/language', 'de'],
    ['/subject', { reference: `Patient/${pick(random, patientIds)}` }],
    ['/meta/security', [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: pick(random, ['N', 'R', 'V']) }]],
    ['/status', 'entered-in-error'],
  ] as const);
  const data = Buffer.from(JSON.stringify([{ op: 'add', path, value }])).toString('base64');
  return { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
};

const criteria = (random: Random, type: string): string =>
  pick(random, [
    `_id=${someId(random, type)}`,
    `_id=${someId(random, type)},${someId(random, type)}`,
    `_lastUpdated=gt2020-01-01&_id=${someId(random, type)}`,
  ]);

/** What stands, by `Type/id`. */
export type Standing = ReadonlyMap<string, Resource>;

/** Mostly what stands somewhere, with another mark: what it refers to may stay. */
function resourceOf(random: Random, type: string, standing: Standing, id: string, own?: string): Resource {
  const mark = freshMark(type);
  const fresh = contentOf(random, type, mark, own);
  const stood = standing.get(`${type}/${id}`);
  if (stood === undefined || random(3) === 0) return fresh;
  const { id: _, ...content } = stood;
  const changed = random(4) === 0 ? { subject: fresh['subject'] } : {};
  const isLabelled = random(3) === 0;
  const { security } = content['meta'] as { security?: unknown };
  const meta = isLabelled ? fresh['meta'] : { ...(fresh['meta'] as object), security };
  return JSON.parse(JSON.stringify({ ...content, ...(own === undefined ? {} : { id: own }), ...changed, meta })) as Resource;
}

function entryOf(random: Random, type: string, standing: Standing): Entry {
  const id = someId(random, type);
  const resource = (own?: string): Resource => resourceOf(random, type, standing, id, own);
  const ifMatch = random(8) === 0 ? { ifMatch: `W/"${random(3) + 1}"` } : {};
  switch (random(9)) {
    case 0:
      return { request: { method: 'POST', url: type }, resource: resource() };
    case 1:
      return { request: { method: 'POST', url: type, ifNoneExist: criteria(random, type) }, resource: resource() };
    case 2:
    case 3:
      return { request: { method: 'PUT', url: `${type}/${id}`, ...ifMatch }, resource: resource(id) };
    case 4:
      return { request: { method: 'PUT', url: `${type}?${criteria(random, type)}` }, resource: resource(random(3) === 0 ? id : undefined) };
    case 5:
      return { request: { method: 'PATCH', url: `${type}/${id}`, ...ifMatch }, resource: jsonPatch(random) };
    case 6:
      return { request: { method: 'PATCH', url: `${type}?${criteria(random, type)}` }, resource: jsonPatch(random) };
    case 7:
      return { request: { method: 'DELETE', url: `${type}/${id}`, ...ifMatch } };
    default:
      return { request: { method: 'DELETE', url: `${type}?${criteria(random, type)}` } };
  }
}

const json = (url: string, resource: object): Asked => ({ url, post: { type: 'application/fhir+json', text: JSON.stringify(resource) } });

/** Of these types what is written decides about nothing else, so that the entries of a batch may be judged by what stood before all. */
const plainTypes = ['Observation', 'Condition', 'Encounter', 'MedicationRequest', 'Device', 'List', 'Composition'];

/** Mostly of the types. */
export function writeOf(random: Random, favoured: readonly string[], standing: Standing): Asked {
  const among = favoured.filter((type) => randomTypes.includes(type));
  const type = (): string => pick(random, among.length === 0 || random(4) === 0 ? randomTypes : among);
  const alone = type();
  if (random(6) === 0) return json(alone, resourceOf(random, alone, standing, someId(random, alone)));
  if (random(3) > 0)
    return json('', { resourceType: 'Bundle', type: pick(random, ['batch', 'transaction']), entry: [entryOf(random, alone, standing)] });
  const isBatch = random(2) === 0;
  const entry = Array.from({ length: 2 + random(2) }, () => entryOf(random, isBatch ? pick(random, plainTypes) : type(), standing));
  return json('', { resourceType: 'Bundle', type: isBatch ? 'batch' : 'transaction', entry });
}

/** Lines of an import. */
export const linesOf = (random: Random, standing: Standing): readonly Resource[] => {
  const names = new Map(
    Array.from({ length: 3 }, () => {
      const type = pick(random, plainTypes);
      const id = someId(random, type);
      return [`${type}/${id}`, resourceOf(random, type, standing, id, id)] as const;
    }),
  );
  return [...names.values()];
};
