/** $reindex-status: how far a job of $reindex is, or the one that builds the index of a SearchParameter. No operation of R4 does this. */
import { refusal } from '../fhir/outcome.ts';
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import type { JobReport } from '../jobs/reindexing.ts';
import { assertAdministers } from './administration.ts';
import { text } from './argument.ts';
import type { OperationDefinition } from './definition.ts';
import { jobParameters } from './job-parameters.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'reindex-status',
  url: 'https://anamnesis.example/OperationDefinition/reindex-status',
  documentation:
    'How far a job of $reindex is: 202 while it goes on, 200 when it has ended. Of a SearchParameter: whether it is searched by.',
  system: true,
  type: false,
  instance: true,
  resource: ['SearchParameter'],
  affectsState: false,
  parameter: [{ name: 'job', min: 0, max: 1, type: 'string', documentation: 'Number of the job, from the answer of $reindex.' }],
};

const hasEnded = ({ state }: JobReport): boolean => state === 'finished' || state === 'failed';

const answer = (job: JobReport, body: FhirResponse['body']): FhirResponse =>
  hasEnded(job)
    ? { status: 200, ...(body === undefined ? {} : { body }) }
    : { status: 202, headers: { 'retry-after': '2' }, ...(body === undefined ? {} : { body }) };

async function ofJob(services: Services, id: string | undefined): Promise<FhirResponse> {
  if (id === undefined)
    throw refusal('required', '$reindex-status needs the parameter job: the number in the answer of $reindex.', { status: 400 });
  const job = /^\d{1,18}$/.test(id) ? await services.reindexing.job(id) : undefined;
  if (job === undefined) throw refusal('not-found', `There is no reindex job "${id.slice(0, 40)}".`);
  return answer(job, jobParameters(job));
}

/** What a definition is to searches: `building`, `active`, `retired`, or `none` where it never was something to search by. */
async function ofParameter({ request }: OperationCall, services: Services, id: string): Promise<FhirResponse> {
  const version = await services.repository(request.principal).read('SearchParameter', id);
  if (version === undefined) throw unknownResource('SearchParameter', id);
  if (version.body === null) throw deletedResource(version);
  const found = await services.reindexing.parameter(id);
  const status = { name: 'searchParameter', valueCode: found?.state ?? 'none' };
  if (found?.job === undefined) return { status: 200, body: { resourceType: 'Parameters', parameter: [status] } };
  return answer(found.job, jobParameters(found.job, [status]));
}

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  if (call.id !== undefined) return ofParameter(call, services, call.id);
  assertAdministers(call, services);
  return ofJob(services, text(call.arguments, 'job'));
}

export const reindexStatus: Operation = { definition, run };
