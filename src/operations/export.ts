/** $export: the kick-off of a bulk export, of everything, of patients or of a Group. https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-kick-off-request */
import { type ExportInput, exportKind } from '../bulk/export-input.ts';
import { refusal } from '../fhir/outcome.ts';
import { readPrefer } from '../fhir/prefer.ts';
import { jobUrl } from '../interactions/async-job.ts';
import type { FhirRequest, FhirResponse, Services } from '../interactions/interaction.ts';
import { deletedResource, unknownResource } from '../interactions/version-response.ts';
import type { OperationDefinition } from './definition.ts';
import { inputOf } from './export-parameters.ts';
import type { Operation, OperationCall } from './operation.ts';

const many = Number.POSITIVE_INFINITY;
const profiles = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

const definition: OperationDefinition = {
  code: 'export',
  url: `${profiles}/export`,
  urls: { Patient: `${profiles}/patient-export`, Group: `${profiles}/group-export` },
  documentation:
    'Exports all that the token may read, or what is of patients, as files of lines (NDJSON), as it is at this moment. Prefer: respond-async is needed.',
  system: true,
  type: true,
  instance: true,
  resource: ['Patient', 'Group'],
  affectsState: false,
  parameter: [
    { name: '_outputFormat', min: 0, max: 1, type: 'string', documentation: 'application/fhir+ndjson, which is what there is.' },
    { name: '_since', min: 0, max: 1, type: 'instant', documentation: 'Only resources changed after this instant.' },
    { name: '_until', min: 0, max: 1, type: 'instant', documentation: 'Only resources last changed before this instant.' },
    { name: '_type', min: 0, max: many, type: 'string', documentation: 'Resource types, separated by commas.' },
    { name: '_elements', min: 0, max: many, type: 'string', documentation: 'Elements, such as id or Patient.name, separated by commas.' },
    { name: 'patient', min: 0, max: many, type: 'Reference', documentation: 'Patients that are wanted, with POST; all otherwise.' },
    {
      name: '_typeFilter',
      min: 0,
      max: many,
      type: 'string',
      documentation: 'Searches such as Observation?status=final: one of those of a type must find it.',
    },
    {
      name: 'includeAssociatedData',
      min: 0,
      max: many,
      type: 'code',
      documentation: 'LatestProvenanceResources or RelevantProvenanceResources.',
    },
    { name: 'organizeOutputBy', min: 0, max: 1, type: 'string', documentation: 'Patient: the lines of one patient stand together.' },
    { name: 'allowPartialManifests', min: 0, max: 1, type: 'boolean', documentation: 'Taken, and all files are in one manifest.' },
  ],
};

function assertAsync({ headers }: FhirRequest): void {
  if (readPrefer(headers['prefer']).async === true) return;
  throw refusal('invalid', '$export answers later: send the header Prefer: respond-async, and ask at the Content-Location of the answer.');
}

/** The patient or the group that the path names must be within reach. */
async function assertThere({ request, type, id }: OperationCall, services: Services): Promise<void> {
  if (type === undefined) return;
  if (id === undefined) {
    if (type === 'Patient') return;
    throw refusal('not-found', '$export is of one Group: [base]/Group/[id]/$export.');
  }
  const version = await services.repository(request.principal).read(type, id);
  if (version === undefined) throw unknownResource(type, id);
  if (version.body === null) throw deletedResource(version);
}

const urlOf = ({ base, path, query }: FhirRequest): string => {
  const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return `${base}/${path.join('/')}${text === '' ? '' : `?${text}`}`;
};

/** Whether AuditEvents that are made of the log of accesses are among what is sent: from records they are left out unless they are asked for. */
const tellsLog = ({ level, types }: ExportInput): boolean => (types === undefined ? level === 'system' : types.includes('AuditEvent'));

async function run(call: OperationCall, services: Services): Promise<FhirResponse> {
  const { request } = call;
  const { principal, base, method } = request;
  assertAsync(request);
  await assertThere(call, services);
  const input = await inputOf(call, services);
  const asked = { kind: exportKind, principal, request: { method, url: urlOf(request), base }, input };
  return { status: 202, headers: { 'content-location': jobUrl(base, await services.jobs.startNow(asked, tellsLog(input))) } };
}

export const bulkExport: Operation = { definition, run };
