/** $import: loads NDJSON from URLs or from the body, behind the request. https://github.com/smart-on-fhir/bulk-import/blob/master/import.md */
import { randomUUID } from 'node:crypto';
import { isEverybody } from '../auth/create-access.ts';
import { checkFetched } from '../auth/guarded-fetch.ts';
import { parseScope } from '../auth/scope.ts';
import { type ImportFile, type ImportInput, importKind } from '../bulk/import-input.ts';
import { inOrder } from '../bulk/import-order.ts';
import { filesOfManifest } from '../bulk/import-request.ts';
import { uploadName } from '../bulk/import-source.ts';
import { FhirError, refusal } from '../fhir/outcome.ts';
import { readPrefer } from '../fhir/prefer.ts';
import { jobUrl } from '../interactions/async-job.ts';
import type { FhirRequest, FhirResponse, Services } from '../interactions/interaction.ts';
import type { OperationDefinition } from './definition.ts';
import type { Operation } from './operation.ts';

const definition: OperationDefinition = {
  code: 'import',
  url: 'https://anamnesis.example/OperationDefinition/import',
  documentation:
    'Loads NDJSON behind the request (Prefer: respond-async): files at URLs, listed in a manifest (application/json) or Parameters, or the body itself (application/fhir+ndjson). Each line is validated as every write is; lines that are refused are told in a file of errors.',
  system: true,
  type: false,
  instance: false,
  affectsState: true,
  parameter: [
    { name: 'inputFormat', min: 1, max: 1, type: 'code', documentation: 'application/fhir+ndjson.' },
    { name: 'inputSource', min: 0, max: 1, type: 'uri', documentation: 'Where the data comes from.' },
    { name: 'storageDetail', min: 0, max: 1, type: 'BackboneElement', documentation: 'How files are fetched: part type, https.' },
    {
      ...{ name: 'input', min: 1, max: Number.POSITIVE_INFINITY, type: 'BackboneElement' },
      documentation: 'A file: parts url and type; lines of other types are refused.',
    },
  ],
};

const ndjson: ReadonlySet<string> = new Set(['application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson']);

/** SHALL: Prefer: respond-async — import.md. */
function assertAsync({ headers, query }: FhirRequest): void {
  const other = query.find(([name]) => name !== '_format' && name !== '_pretty')?.[0];
  if (other !== undefined)
    throw refusal('not-supported', `$import takes no parameter "${other.slice(0, 64)}" in its URL: it is asked by its body.`);
  if (readPrefer(headers['prefer']).async === true) return;
  throw refusal('invalid', '$import answers later: send the header Prefer: respond-async, and ask at the Content-Location of the answer.');
}

/** A scope of system/ that gives creating and updating. */
function mayImport(scopes: readonly string[]): boolean {
  return scopes.some((text) => {
    try {
      const scope = parseScope(text);
      return scope.kind === 'resource' && scope.level === 'system' && ['c', 'u'].every((right) => scope.rights.includes(right as 'c'));
    } catch {
      return false;
    }
  });
}

function assertRights({ principal }: FhirRequest, services: Services, files: readonly ImportFile[]): void {
  if (isEverybody(principal)) return;
  const needs = 'it needs system/*.cu, or such a scope for each of the types';
  if (!mayImport(principal.scopes)) throw refusal('forbidden', `$import writes for a system: ${needs}.`);
  const access = services.access(principal);
  const lacking = [...new Set(files.flatMap(({ type }) => type ?? []))].filter(
    (type) => access.restriction(type, 'c') === undefined || access.restriction(type, 'u') === undefined,
  );
  if (lacking.length > 0) throw refusal('forbidden', `$import of ${lacking.join(', ')} was not granted: ${needs}.`);
}

/** Throws a FhirError (507) when there is no room. */
async function keep({ storage }: Services['jobs'], bytes: Buffer): Promise<ImportInput> {
  const upload = randomUUID();
  const writer = await storage.create(upload, uploadName, 'application/fhir+ndjson');
  try {
    await writer.write(bytes);
    await writer.finish();
  } catch (fault) {
    await writer.abort();
    await storage.remove(upload);
    throw fault;
  }
  return { files: [{}], upload, bytes: bytes.length };
}

async function inputOf(request: FhirRequest, services: Services): Promise<ImportInput> {
  const { body } = request;
  if (body.bytes.length === 0)
    throw refusal('required', '$import needs a body: a manifest, Parameters or NDJSON itself.', { status: 400, expression: 'input' });
  if (ndjson.has(body.contentType)) {
    assertRights(request, services, []);
    return keep(services.jobs, body.bytes);
  }
  const { definitions, settings } = services;
  const checkUrl = (url: string): void => checkFetched(url, settings.internalHosts ?? []);
  const files = filesOfManifest(body.contentType.endsWith('xml') ? body.resource() : jsonOf(body), { definitions, checkUrl });
  assertRights(request, services, files);
  return { files: inOrder(files) };
}

/** A manifest is JSON, but no resource. */
function jsonOf(body: FhirRequest['body']): unknown {
  try {
    return body.json();
  } catch (fault) {
    if (!(fault instanceof FhirError) || fault.status !== 415) throw fault;
    const text = `The Content-Type ${body.contentType || '(none)'} is not taken by $import; send application/json (a manifest), application/fhir+json (Parameters) or application/fhir+ndjson (the lines themselves).`;
    throw refusal('not-supported', text, { status: 415 });
  }
}

async function run({ request }: { readonly request: FhirRequest }, services: Services): Promise<FhirResponse> {
  assertAsync(request);
  const input = await inputOf(request, services);
  const { base, principal } = request;
  const job = { kind: importKind, principal, request: { method: 'POST', url: `${base}/$import`, base }, input };
  try {
    const handle = await services.jobs.start(job);
    return { status: 202, headers: { 'content-location': jobUrl(base, handle) } };
  } catch (fault) {
    if (input.upload !== undefined) await services.jobs.storage.remove(input.upload);
    throw fault;
  }
}

export const importOperation: Operation = { definition, readsBody: true, run };
