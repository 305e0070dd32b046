/**
 * Jobs as their callers come back to them: how far they are, what came of them, an end before their time.
 * https://hl7.org/fhir/R4/async.html, https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-status-request
 */
import { httpDate } from '../fhir/instant.ts';
import { type FhirError, outcomeOf, refusal } from '../fhir/outcome.ts';
import { assertCovers } from '../jobs/caller.ts';
import type { ClientJob } from '../jobs/client-jobs.ts';
import type { JobFailure, JobFile, JobResult } from '../jobs/job.ts';
import type { FhirRequest, FhirResponse, Interaction, Services } from './interaction.ts';
import { checkParameters } from './parameter.ts';

/** Where a job is asked for: Content-Location of the answer that it was begun with. */
export const jobUrl = (base: string, handle: string): string => `${base}/_job/${handle}`;

const unknown = (): FhirError =>
  refusal(
    'not-found',
    'There is no such job of yours: it was cancelled, has expired, or never was. Ask for it with the client that began it.',
  );

async function found(request: FhirRequest, { jobs }: Services): Promise<ClientJob> {
  checkParameters(request, []);
  const { path, principal } = request;
  const job = await jobs.find(path[1] ?? '', principal);
  if (job === undefined) throw unknown();
  return job;
}

const progressOf = ({ state, done, total }: ClientJob): string => {
  if (total === null) return state === 'queued' ? 'waiting to begin' : 'looking for what belongs to it';
  const percent = Number(total) === 0 ? 100 : Math.floor((Number(done) * 100) / Number(total));
  return `${percent}% (${done} of ${total})`;
};

/** Seconds: what has just begun may be done at once, what takes long need not be asked for often. */
function retryAfter({ created }: ClientJob, now: Date): number {
  const age = (now.getTime() - Date.parse(created)) / 1000;
  return Math.max(1, Math.min(30, Math.round(age / 5)));
}

const underWay = (job: ClientJob, now: Date): FhirResponse => ({
  status: 202,
  headers: { 'x-progress': progressOf(job), 'retry-after': String(retryAfter(job, now)) },
});

const entryOf =
  (base: string, handle: string) =>
  ({ name, type, count, inputUrl, continuesIn }: JobFile): object => ({
    ...(type === undefined ? {} : { type }),
    ...(name === '' ? {} : { url: `${jobUrl(base, handle)}/${name}` }),
    ...(inputUrl === undefined ? {} : { inputUrl }),
    ...(count === undefined ? {} : { count }),
    ...(continuesIn === undefined ? {} : { continuesInFile: `${jobUrl(base, handle)}/${continuesIn}` }),
  });

/** https://hl7.org/fhir/uv/bulkdata/export.html#response---output-manifest */
function manifestOf({ handle, request, result }: ClientJob, base: string, settings: Services['settings']): object {
  const { transactionTime, output, deleted = [], error, more } = result as JobResult;
  const entry = entryOf(base, handle);
  return {
    transactionTime,
    request: request.url,
    requiresAccessToken: settings.authorization === true,
    ...more,
    output: output.map(entry),
    deleted: deleted.map(entry),
    error: error.map(entry),
  };
}

const expiresOf = ({ expires }: ClientJob): Record<string, string> => (expires === null ? {} : { expires: httpDate(expires) });

const jsonOf = (value: object): NonNullable<FhirResponse['bytes']> => ({
  contentType: 'application/json',
  data: Buffer.from(JSON.stringify(value)),
});

export const jobStatus: Interaction = async (request, services) => {
  const job = await found(request, services);
  if (job.state === 'queued' || job.state === 'running') return underWay(job, services.now());
  const headers = expiresOf(job);
  if (job.state === 'finished') return { status: 200, headers, bytes: jsonOf(manifestOf(job, request.base, services.settings)) };
  const { status, code } = job.result as JobFailure;
  return { status, headers, body: outcomeOf([{ severity: 'error', code, diagnostics: job.error ?? 'The job failed.' }]) };
};

// SHALL: 202 when it is cancelled or its files are given up, 404 from then on — export.html#bulk-data-delete-request
export const cancelJob: Interaction = async (request, services) => {
  await found(request, services);
  if (!(await services.jobs.cancel(request.path[1] ?? '', request.principal))) throw unknown();
  return { status: 202 };
};

export const jobFile: Interaction = async (request, services) => {
  const job = await found(request, services);
  const name = request.path[2] ?? '';
  const { output, deleted = [], error } = (job.state === 'finished' ? job.result : { output: [], error: [] }) as JobResult;
  const file = [...output, ...deleted, ...error].find((each) => each.name === name);
  if (file === undefined) throw refusal('not-found', 'The manifest of this job lists no such file.');
  assertCovers(request.principal, job.principal);
  const { storage } = services.jobs;
  return {
    status: 200,
    headers: { ...expiresOf(job), etag: `"${job.handle}-${name}-${file.bytes}"` },
    file: { contentType: file.contentType, length: file.bytes, open: (range) => storage.read(job.handle, name, range) },
  };
};

const mostListed = 200;

/** For operators: what goes on, whoever asked. Parameters are left out: they may name patients. */
export const jobList: Interaction = async (request, { access, jobs }) => {
  checkParameters(request, []);
  const { principal, base } = request;
  if (!access(principal).mayAdminister)
    throw refusal(
      'forbidden',
      'The list of jobs is for who administers the server: it needs system/*.cruds, or user/*.cruds with such a policy.',
    );
  const list = (await jobs.list(mostListed)).map(
    ({ handle, kind, state, request: asked, done, total, attempts, error, created, started, finished }) => ({
      ...{ url: jobUrl(base, handle), kind, state, request: `${asked.method} ${asked.url.replace(/\?.*$/s, '')}` },
      ...{ done: Number(done), total: total === null ? null : Number(total), attempts, error },
      ...{ created, started, finished },
    }),
  );
  return { status: 200, bytes: jsonOf({ jobs: list }) };
};
