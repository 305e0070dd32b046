/** Patient/[id]/$everything: all that is known of one patient. https://hl7.org/fhir/R4/patient-operation-everything.html */
import { baseText, bundlePieces, type Link, type PagePairs, pageLinks, searchEntry, withCount } from '../fhir/bundle.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { type Interval, intervalOf, readInstant } from '../fhir/instant.ts';
import { nearest } from '../fhir/nearest.ts';
import { refusal } from '../fhir/outcome.ts';
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import type { EverythingOptions, EverythingPage } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { type Arguments, text, texts } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'everything',
  url: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  documentation: 'The patient, the resources of the patient compartment, and what these refer to; each once.',
  system: false,
  type: false,
  instance: true,
  resource: ['Patient'],
  affectsState: false,
  parameter: [
    { name: 'start', min: 0, max: 1, type: 'date', documentation: 'Care from this date on; resources without a date are always in.' },
    { name: 'end', min: 0, max: 1, type: 'date', documentation: 'Care up to this date.' },
    { name: '_since', min: 0, max: 1, type: 'instant', documentation: 'Only resources changed at or after this instant.' },
    { name: '_type', min: 0, max: Number.POSITIVE_INFINITY, type: 'code', documentation: 'Only resources of these types.' },
    { name: '_count', min: 0, max: 1, type: 'integer', documentation: 'Resources in one page; without it, all in one.' },
  ],
};

function dateOf(values: Arguments, name: 'start' | 'end'): Interval | undefined {
  const value = text(values, name);
  const interval = value === undefined ? undefined : intervalOf(value);
  if (value !== undefined && interval === undefined)
    throw refusal('value', `${name} is a date, such as 2026-01-31, not "${value.slice(0, 40)}".`);
  return interval;
}

function typesOf(values: Arguments, definitions: Definitions): readonly string[] | undefined {
  const types = texts(values, '_type').flatMap((value) => value.split(','));
  const wrong = types.find((type) => !definitions.isResourceType(type));
  if (wrong === undefined) return types.length === 0 ? undefined : types;
  const near = nearest(wrong, definitions.resourceTypes);
  throw refusal(
    'value',
    `_type lists resource types; "${wrong.slice(0, 64)}" is none.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  );
}

function countOf(values: Arguments, { settings }: Services): number | undefined {
  const value = text(values, '_count');
  if (value === undefined) return undefined;
  if (!/^\d{1,10}$/.test(value) || Number(value) < 1)
    throw refusal('value', `_count is a whole number from 1 on, not "${value.slice(0, 20)}".`);
  return Math.min(Number(value), settings.maxCount);
}

/** Dates as instants: `start` from its first moment, `end` up to its last. */
function optionsOf(values: Arguments, services: Services): EverythingOptions {
  const options = {
    start: dateOf(values, 'start')?.from,
    end: dateOf(values, 'end')?.to,
    since: readInstant('_since', text(values, '_since')),
    types: typesOf(values, services.definitions),
    count: countOf(values, services),
    after: text(values, '_cursor'),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as EverythingOptions;
}

/** What was really used, as pairs of a GET. */
const usedPairs = (values: Arguments): PagePairs =>
  [...values.keys()].flatMap((name) => texts(values, name).map((value): [string, string] => [name, value]));

function linksOf({ request, arguments: values }: OperationCall, count: number | undefined, next: string | undefined): Link[] {
  const used = usedPairs(values);
  return pageLinks(`${request.base}/${request.path.join('/')}`, count === undefined ? used : withCount(used, count), next);
}

/** Waits for the first batch, so that a fault there is still an error response and not a broken stream. */
async function started(batches: AsyncIterable<readonly StoredVersion[]>): Promise<AsyncIterable<readonly StoredVersion[]>> {
  const iterator = batches[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<readonly StoredVersion[]>> | undefined = Promise.resolve(await iterator.next());
  const next = (): Promise<IteratorResult<readonly StoredVersion[]>> => {
    const result = first ?? iterator.next();
    first = undefined;
    return result;
  };
  const stop = async (): Promise<IteratorResult<readonly StoredVersion[]>> => iterator.return?.() ?? { done: true, value: undefined };
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

/** A Bundle in pieces; the total is told when this page is all there is. */
async function bundleOf(call: OperationCall, page: EverythingPage, count: number | undefined): Promise<AsyncIterable<string>> {
  const base = baseText(call.request.base);
  const batches = await started(page.versions);
  const isWhole = !call.arguments.has('_cursor');
  let total = 0;
  async function* entries(): AsyncGenerator<string[]> {
    for await (const batch of batches) {
      total += batch.length;
      yield batch.map((version) => searchEntry(base, version, 'match'));
    }
  }
  return bundlePieces('searchset', entries(), () => {
    const next = page.next();
    return { links: linksOf(call, count, next), ...(isWhole && next === undefined ? { total } : {}) };
  });
}

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const repository = services.repository(call.request.principal);
  const id = call.id as string;
  const options = optionsOf(call.arguments, services);
  const page = await repository.everything({ type: 'Patient', id }, options);
  if (page !== undefined) return { status: 200, body: await bundleOf(call, page, options.count) };
  const version = await repository.read('Patient', id);
  throw version?.body === null ? deletedResource(version) : unknownResource('Patient', id);
}

export const everything: Operation = { definition, run };
