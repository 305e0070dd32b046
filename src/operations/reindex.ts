/** $reindex: makes the search index of all resources, of one type or of one resource anew. No operation of R4 does this. */
import type { FhirResponse, Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import { assertAdministers } from './administration.ts';
import type { OperationDefinition } from './definition.ts';
import { jobParameters, statusUrl } from './job-parameters.ts';
import type { Operation, OperationCall } from './operation.ts';

const definition: OperationDefinition = {
  code: 'reindex',
  url: 'https://anamnesis.example/OperationDefinition/reindex',
  documentation:
    'Makes the search index anew: of one resource at once, of a type or of everything by a job (202, Content-Location leads to $reindex-status).',
  system: true,
  type: true,
  instance: true,
  affectsState: true,
  parameter: [],
};

async function one({ request }: OperationCall, services: Services, type: string, id: string): Promise<FhirResponse> {
  if (await services.reindexing.resource(type, id)) return { status: 200, body: resultOfOne };
  const version = await services.repository(request.principal).read(type, id);
  throw version?.body === null ? deletedResource(version) : unknownResource(type, id);
}

const resultOfOne = {
  resourceType: 'Parameters',
  parameter: [
    { name: 'state', valueCode: 'finished' },
    { name: 'percent', valueDecimal: 100 },
    { name: 'done', valueDecimal: 1 },
    { name: 'total', valueDecimal: 1 },
  ],
};

/** Everything at a time is one job: a second call while it waits is told of the same one. */
async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const { request, type, id } = call;
  assertAdministers(call, services);
  if (type !== undefined && id !== undefined) return one(call, services, type, id);
  const job = await services.reindexing.start(type === undefined ? undefined : [type]);
  return { status: 202, headers: { 'content-location': statusUrl(request.base, job) }, body: jobParameters(job) };
}

export const reindex: Operation = { definition, run };
