/**
 * Proves Patient/$summary on real input: loads files into a database, asks for the summary of every patient there, and has each of them
 * checked against the profiles of the International Patient Summary 1.1.0.
 *
 *   DATA_DIR=/tmp/summaries npx tsx scripts/prove-summary.ts [FOLDER-OR-FILE…]
 *
 * Of archives of packages only the examples are loaded. Exit code 0 means: no summary has an error that is not one of a resource as it was
 * loaded.
 */
import { localPrincipal } from '../src/auth/principal.ts';
import { load } from '../src/cli/load/loader.ts';
import { openTarget } from '../src/cli/load/open-target.ts';
import { findSources } from '../src/cli/load/source.ts';
import { openStorage } from '../src/cli/storage.ts';
import { readConfig } from '../src/config.ts';
import type { Issue } from '../src/fhir/outcome.ts';
import type { Resource } from '../src/fhir/resource.ts';
import type { FhirRequest, Services } from '../src/interactions/interaction.ts';
import { dispatch } from '../src/interactions/routes.ts';
import { createLog } from '../src/log.ts';
import { summaryProfile } from '../src/record/summary/document.ts';
import { openServices } from '../src/services.ts';

const config = readConfig({ AUTHORIZATION: 'off', VALIDATION: 'structure', ...process.env });
const log = createLog('warn');
const storage = await openStorage({ config, log, purpose: 'load' });

async function loadAll(paths: readonly string[]): Promise<void> {
  const found = await findSources(paths);
  const list = found.list.filter(({ name }) => !name.includes('.zip/') || name.includes('/example/'));
  const { target, close } = await openTarget(storage.connection, config, log);
  const progress = { begin: () => undefined, advance: () => undefined, say: () => undefined, end: () => undefined };
  const refuse = (file: string, at: string, text: string) => console.log(`not loaded: ${file} ${at}: ${text.slice(0, 200)}`);
  const { resources, files } = await load({ sources: { ...found, list }, target, progress, refuse });
  await close();
  console.log(`${resources} resources of ${files} files loaded`);
}

const empty = Buffer.alloc(0);
const get = (path: readonly string[], query: FhirRequest['query'] = []): FhirRequest => ({
  ...{ method: 'GET', path, query, headers: {}, base: 'http://localhost/fhir', principal: localPrincipal },
  body: { contentType: '', bytes: empty, resource: () => ({ resourceType: '' }), json: () => undefined },
});

async function answered(request: FhirRequest, services: Services): Promise<Resource> {
  const { body } = await dispatch(request, services);
  return (typeof body === 'string' ? JSON.parse(body) : body) as Resource;
}

async function patientIds(services: Services): Promise<readonly string[]> {
  const ids: string[] = [];
  for (
    let query: FhirRequest['query'] | undefined = [
      ['_count', '1000'],
      ['_elements', 'id'],
    ];
    query !== undefined;
  ) {
    const page = (await answered(get(['Patient'], query), services)) as Resource & {
      readonly entry?: { readonly resource: { readonly id: string } }[];
      readonly link: { readonly relation: string; readonly url: string }[];
    };
    ids.push(...(page.entry ?? []).map(({ resource }) => resource.id));
    const next = page.link.find(({ relation }) => relation === 'next')?.url;
    query = next === undefined ? undefined : [...new URL(next).searchParams];
  }
  return ids;
}

const inEntry = /^Bundle\.entry\[(\d+)\]\.resource/;

/** An error that the stored resource does not have by itself. */
async function isOwn(summary: Resource, { severity, expression, diagnostics }: Issue): Promise<boolean> {
  if (severity !== 'error' && severity !== 'fatal') return false;
  const index = inEntry.exec(expression?.[0] ?? '')?.[1];
  const resource = index === undefined ? undefined : (summary['entry'] as { readonly resource: Resource }[])[Number(index)]?.resource;
  if (resource === undefined) return true;
  const own = await validator.validate(resource);
  const isOfSource = own.some((issue) => issue.severity === severity && issue.diagnostics === diagnostics);
  if (isOfSource) console.log(`of the source: ${resource.resourceType}/${resource.id}: ${diagnostics}`);
  return !isOfSource;
}

const paths = process.argv.slice(2);
if (paths.length > 0) await loadAll(paths);
const open = await openServices({ config, connection: storage.connection, log, version: '1' });
const services = await open.services();
const validator = services.validator(localPrincipal);
const ids = await patientIds(services);
const kinds = new Map<string, { count: number; at: string }>();
let faulty = 0;
let warnings = 0;
for (const id of ids) {
  const summary = await answered(get(['Patient', id, '$summary']), services);
  const issues = await validator.validate(summary, { profiles: [summaryProfile] });
  const errors = (await Promise.all(issues.map((issue) => isOwn(summary, issue)))).flatMap((own, i) => (own ? (issues[i] ?? []) : []));
  warnings += issues.filter(({ severity }) => severity === 'warning').length;
  if (errors.length > 0) faulty++;
  for (const { diagnostics, expression } of errors) {
    const kind = `${expression?.[0]?.replace(/\d+/g, 'n')}: ${diagnostics}`.slice(0, 300);
    kinds.set(kind, { count: (kinds.get(kind)?.count ?? 0) + 1, at: id });
  }
}
for (const [kind, { count, at }] of kinds) console.log(`${count} × ${kind} (Patient/${at})`);
console.log(`${ids.length} patients, ${faulty} summaries with errors, ${warnings} warnings`);
await open.close();
await storage.close();
process.exitCode = faulty === 0 ? 0 : 1;
