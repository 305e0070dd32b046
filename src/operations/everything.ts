/**
 * Patient/[id]/$everything: all that is known of one patient; also of all patients, of a Group and of an Encounter.
 * https://hl7.org/fhir/R4/patient-operation-everything.html, group-operation-everything.html, encounter-operation-everything.html
 */
import { baseText, bundlePieces, type Link, type PagePairs, pageLinks, searchEntry, withCount } from '../fhir/bundle.ts';
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import { type EverythingBatch, type EverythingPage, type EverythingSubject, isEntryText } from '../repository/repository.ts';
import { type Arguments, texts } from './argument.ts';
import { certificateEntry } from './everything-certificate.ts';
import { definition, optionsOf } from './everything-options.ts';
import type { Operation, OperationCall } from './operation.ts';

/** What was really used, as pairs of a GET. */
const usedPairs = (values: Arguments): PagePairs =>
  [...values.keys()].flatMap((name) => texts(values, name).map((value): [string, string] => [name, value]));

function linksOf({ request, arguments: values }: OperationCall, count: number | undefined, next: string | undefined): Link[] {
  const used = usedPairs(values);
  return pageLinks(`${request.base}/${request.path.join('/')}`, count === undefined ? used : withCount(used, count), next);
}

/** Waits for the first batch, so that a fault there is still an error response and not a broken stream. */
async function started(batches: AsyncIterable<EverythingBatch>): Promise<AsyncIterable<EverythingBatch>> {
  const iterator = batches[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<EverythingBatch>> | undefined = Promise.resolve(await iterator.next());
  const next = (): Promise<IteratorResult<EverythingBatch>> => {
    const result = first ?? iterator.next();
    first = undefined;
    return result;
  };
  const stop = async (): Promise<IteratorResult<EverythingBatch>> => iterator.return?.() ?? { done: true, value: undefined };
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

/** A Bundle in pieces; the total is that of all pages, and a certificate is none of it. */
async function bundleOf(call: OperationCall, page: EverythingPage, count: number | undefined): Promise<AsyncIterable<string>> {
  const base = baseText(call.request.base);
  const batches = await started(page.versions);
  const isWhole = !call.arguments.has('_cursor');
  let total = 0;
  async function* entries(): AsyncGenerator<string[]> {
    for await (const batch of batches) {
      total += isEntryText(batch) ? batch.count : batch.length;
      yield isEntryText(batch) ? [batch.text] : batch.map((version) => searchEntry(base, version, 'match'));
    }
    const certificate = page.certificate?.();
    if (certificate !== undefined) yield [certificateEntry(certificate)];
  }
  return bundlePieces('searchset', entries(), () => {
    const next = page.next();
    const all = page.total?.() ?? (isWhole && next === undefined ? total : undefined);
    return { links: linksOf(call, count, next), ...(all === undefined ? {} : { total: all }) };
  });
}

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const repository = services.repository(call.request.principal);
  const { id } = call;
  const type = call.type as EverythingSubject['type'];
  const options = optionsOf(call, services);
  const asked = { ...options, entriesUnder: baseText(call.request.base) };
  const page = await repository.everything({ type, ...(id === undefined ? {} : { id }) }, asked);
  if (page !== undefined) return { status: 200, body: await bundleOf(call, page, options.count) };
  const version = id === undefined ? undefined : await repository.read(type, id);
  throw version?.body === null ? deletedResource(version) : unknownResource(type, id ?? '');
}

export const everything: Operation = { definition, run };
