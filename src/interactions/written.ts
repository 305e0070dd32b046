/** What a write answers: status, headers and the body that Prefer asks for. https://hl7.org/fhir/R4/http.html#ops */
import { type OperationOutcome, outcomeOf } from '../fhir/outcome.ts';
import { readPrefer } from '../fhir/prefer.ts';
import type { ChangeOutcome, ChangeResult } from '../repository/change.ts';
import type { FhirRequest, FhirResponse } from './interaction.ts';
import { versionHeaders, versionUrl } from './version-response.ts';

const statuses: Readonly<Record<ChangeOutcome, number>> = {
  created: 201,
  updated: 200,
  unchanged: 200,
  existing: 200,
  deleted: 204,
  absent: 204,
  refused: 422,
  awaiting: 422,
};

/** The HTTP status of a write that was done. */
export const statusOf = (result: ChangeResult): number => statuses[result.outcome];

function sentence({ outcome, version, count, withheld }: ChangeResult): string {
  if (outcome === 'absent') return 'There was nothing to delete.';
  if (outcome === 'deleted' && count !== undefined && count !== 1) return `${count} resources were deleted.`;
  const what = version === undefined || (withheld && outcome === 'existing') ? 'A resource' : `${version.type}/${version.id}`;
  if (outcome === 'existing') return `${what} matches If-None-Exist; nothing was created.`;
  return outcome === 'unchanged' ? `${what} already has this content; no version was made.` : `${what} was ${outcome}.`;
}

/** An OperationOutcome that tells what a write did. */
export const writtenOutcome = (result: ChangeResult): OperationOutcome =>
  outcomeOf([{ severity: 'information', code: 'informational', diagnostics: sentence(result) }]);

const isDelete = (result: ChangeResult): boolean => result.outcome === 'deleted' || result.outcome === 'absent';

/** Location where something was created or found, Content-Location where it was replaced. */
function headersOf(request: FhirRequest, result: ChangeResult): Record<string, string> {
  const { version, outcome, withheld } = result;
  if (version === undefined || (withheld && outcome === 'existing')) return {};
  if (isDelete(result)) return { etag: versionHeaders(version)['etag'] as string };
  const name = outcome === 'created' || outcome === 'existing' ? 'location' : 'content-location';
  return { ...versionHeaders(version), [name]: versionUrl(request.base, version) };
}

function bodyOf(request: FhirRequest, result: ChangeResult): Pick<FhirResponse, 'body'> {
  const wanted = readPrefer(request.headers['prefer']).return;
  if (wanted === 'OperationOutcome') return { body: writtenOutcome(result) };
  const body = result.version?.body ?? null;
  return wanted === 'minimal' || isDelete(result) || body === null ? {} : { body };
}

/** The response to a single write. */
export function written(request: FhirRequest, result: ChangeResult): FhirResponse {
  const body = bodyOf(request, result);
  const status = statusOf(result);
  const lastModified = isDelete(result) || result.version === undefined ? {} : { lastModified: result.version.lastUpdated };
  return {
    status: status === 204 && body.body !== undefined ? 200 : status,
    headers: headersOf(request, result),
    ...lastModified,
    ...body,
  };
}
