/** Patient/[id]/$timeline: the clinical events of a person, newest first, one row each. */
import { urlOf } from '../fhir/bundle.ts';
import { parseJson } from '../fhir/json.ts';
import { refusal } from '../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import type { Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import { eventParts, type FindNamed } from '../record/event.ts';
import { type TimelineOptions, timelineQuery } from '../record/timeline-query.ts';
import { readWithinReach } from '../record/within-reach.ts';
import type { Repository } from '../repository/repository.ts';
import { type Arguments, text, texts } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'timeline',
  url: 'https://anamnesis.example/OperationDefinition/timeline',
  documentation:
    'One row for each clinical event of the patient, newest first: date, type, category, code, value, interpretation, reference.',
  system: false,
  type: false,
  instance: true,
  resource: ['Patient'],
  affectsState: false,
  parameter: [
    { name: '_type', min: 0, max: Number.POSITIVE_INFINITY, type: 'code', documentation: 'Only events of these types.' },
    { name: 'category', min: 0, max: 1, type: 'token', documentation: 'Only events of one of these categories, such as laboratory.' },
    { name: 'start', min: 0, max: 1, type: 'date', documentation: 'Only events from this date on.' },
    { name: 'end', min: 0, max: 1, type: 'date', documentation: 'Only events up to this date.' },
    { name: '_count', min: 0, max: 1, type: 'integer', documentation: 'Rows in one page.' },
  ],
};

function countOf(values: Arguments, { settings }: Services): number {
  const value = text(values, '_count') ?? String(settings.defaultCount);
  if (!/^\d{1,10}$/.test(value) || Number(value) < 1)
    throw refusal('value', `_count is a whole number from 1 on, not "${value.slice(0, 20)}".`, { expression: '_count' });
  return Math.min(Number(value), settings.maxCount);
}

function optionsOf(call: OperationCall, services: Services): TimelineOptions {
  const { arguments: values, id = '' } = call;
  const optional = {
    category: text(values, 'category'),
    start: text(values, 'start'),
    end: text(values, 'end'),
    after: text(values, '_cursor'),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<TimelineOptions>;
  const types = texts(values, '_type').flatMap((value) => value.split(','));
  return { patient: id, types, count: countOf(values, services), ...given };
}

/** A GET of the next page. */
function nextUrl({ request, arguments: values }: OperationCall, count: number, next: string): string {
  const kept = ['_type', 'category', 'start', 'end'].flatMap((name) => texts(values, name).map((value): [string, string] => [name, value]));
  return urlOf(`${request.base}/${request.path.join('/')}`, [...kept, ['_count', String(count)], ['_cursor', next]]);
}

/** The medicines that events name by reference, as far as they may be read. */
async function medicinesOf(repository: Repository, resources: readonly Resource[]): Promise<FindNamed> {
  const links = resources.map(({ medicationReference }) => (isObject(medicationReference) ? String(medicationReference['reference']) : ''));
  const found = new Map<string, Resource>();
  const read = [...new Set(links)].map(async (reference) => {
    const id = /^Medication\/([A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1];
    const version = id === undefined ? undefined : await readWithinReach(repository, 'Medication', id);
    if (version?.body) found.set(reference, JSON.parse(version.body) as Resource);
  });
  await Promise.all(read);
  return (reference) => found.get(reference);
}

async function run(call: OperationCall, services: Services) {
  const { request, id = '' } = call;
  const { settings, definitions } = services;
  const options = optionsOf(call, services);
  const zone = settings.timeZone === undefined ? {} : { timeZone: settings.timeZone };
  const { defaultCount, maxCount } = settings;
  const query = timelineQuery(definitions, options, {
    strict: true,
    defaultCount,
    maxCount,
    now: services.now(),
    base: request.base,
    ...zone,
  });
  const repository = services.repository(request.principal);
  const patient = await repository.read('Patient', id);
  if (patient === undefined) throw unknownResource('Patient', id);
  if (patient.body === null) throw deletedResource(patient);
  const { matches, next } = await repository.search(query);
  const resources = matches.map(({ body }) => parseJson(body ?? '{}') as Resource);
  const find = await medicinesOf(repository, resources);
  const events = resources.map((resource): JsonObject => ({ name: 'event', part: eventParts(resource, find) }));
  const links = next === undefined ? [] : [{ name: 'next', valueUrl: nextUrl(call, options.count, next) }];
  const parameter = [...events, ...links];
  return { status: 200, body: { resourceType: 'Parameters', ...(parameter.length === 0 ? {} : { parameter }) } };
}

export const timeline: Operation = { definition, run };
