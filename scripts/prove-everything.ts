/**
 * Proves $everything on real input: loads bundles and resources into an empty server, computes every patient's record from the input alone
 * (test/support/record-graph.ts), and compares it with what is answered in one, in pages, with the certificate, and with what an export
 * says, from which the records are computed once more.
 *
 *   npx tsx scripts/prove-everything.ts --base http://127.0.0.1:8080/fhir [--no-export] FOLDER-OR-FILE…
 *
 * Exit code 0 means: all the same, nothing missing, nothing twice, nothing of another patient.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type GraphResource, RecordGraph } from '../test/support/record-graph.ts';

interface Entry {
  readonly fullUrl?: string;
  readonly resource: GraphResource;
  readonly search?: { readonly mode: string };
}
interface Bundle {
  readonly resourceType: string;
  readonly type?: string;
  readonly total?: number;
  readonly entry?: readonly Entry[];
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const rank = (name: string): number => (/hospital/i.test(name) ? 0 : /practitioner/i.test(name) ? 1 : 2);
  const names = readdirSync(path).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return names.flatMap((name) => (/\.(json|ndjson)(\.gz)?$/.test(name) || !name.includes('.') ? filesIn(join(path, name)) : []));
}

function resourcesIn(file: string): (Bundle & GraphResource)[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  if (!/\.ndjson(\.gz)?$/.test(file)) return [JSON.parse(text)];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

const graph = new RecordGraph();
/** What a conditional reference means. */
const byIdentifier = new Map<string, string>();
/** Input that the server did not take. */
let refused = 0;

const json = { 'content-type': 'application/fhir+json' };

function note(name: string, resource: GraphResource): void {
  for (const { system, value } of (resource['identifier'] ?? []) as { system?: string; value?: string }[])
    if (Array.isArray(resource['identifier'])) byIdentifier.set(`${resource.resourceType}?identifier=${system}|${value}`, name);
}

async function loadTransaction(base: string, bundle: Bundle): Promise<void> {
  const response = await fetch(base, { method: 'POST', headers: json, body: JSON.stringify(bundle) });
  const answer = (await response.json()) as { entry?: { response: { status: string; location: string } }[] };
  if (!response.ok || !answer.entry) {
    refused += bundle.entry?.length ?? 0;
    return;
  }
  const names = new Map<string, string>();
  bundle.entry?.forEach((entry, i) => {
    const name = /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]+)(\/_history\/.*)?$/.exec(answer.entry?.[i]?.response.location ?? '')?.[1] ?? '';
    names.set(entry.fullUrl ?? '', name);
    note(name, entry.resource);
  });
  const resolve = (reference: string): string => names.get(reference) ?? byIdentifier.get(reference) ?? reference;
  bundle.entry?.forEach(({ fullUrl, resource }) => graph.add(names.get(fullUrl ?? '') ?? '', resource, resolve));
}

/** Procedures and Basics that are shapes of a GenomicStudy are stored as one: test/genomics is about them. */
const isShape = (resource: GraphResource): boolean =>
  /genomic-?study/i.test(JSON.stringify([(resource['meta'] as { profile?: unknown } | undefined)?.profile, resource['code']])) &&
  ['Procedure', 'Basic'].includes(resource.resourceType);

/** A resource keeps its id. */
async function loadResource(base: string, resource: GraphResource): Promise<void> {
  if (isShape(resource)) return;
  const name = `${resource.resourceType}/${String(resource['id'])}`;
  const response = await fetch(`${base}/${name}`, { method: 'PUT', headers: json, body: JSON.stringify(resource) });
  if (response.ok) return graph.add(name, resource);
  refused++;
  if (process.env['VERBOSE'] !== undefined)
    console.log(name, ((await response.json()) as { issue?: { diagnostics: string }[] }).issue?.[0]?.diagnostics);
}

async function load(base: string, resource: Bundle & GraphResource): Promise<void> {
  if (resource.type === 'transaction' || resource.type === 'batch') return loadTransaction(base, resource);
  const holds = resource.resourceType === 'Bundle' && ['collection', 'document', 'searchset'].includes(resource.type ?? '');
  // Documents are stored by what is in them: each entry as a resource of its own.
  for (const each of holds ? (resource.entry ?? []).map((entry) => entry.resource) : [resource])
    if (each?.['id'] !== undefined && each.resourceType !== 'Bundle') await loadResource(base, each);
}

interface Told {
  readonly names: readonly string[];
  readonly digest: string;
  readonly certificate: GraphResource | undefined;
}

async function told(url: string): Promise<Told> {
  const [names, versions]: [string[], string[]] = [[], []];
  let certificate: GraphResource | undefined;
  for (let next: string | undefined = url; next !== undefined; ) {
    const page = (await (await fetch(next)).json()) as Bundle;
    for (const { resource, search } of page.entry ?? []) {
      if (search?.mode === 'outcome') certificate = resource;
      else {
        names.push(`${resource.resourceType}/${String(resource['id'])}`);
        versions.push(`${names.at(-1)}/${(resource['meta'] as { versionId: string }).versionId}`);
      }
    }
    next = page.link?.find((link) => link.relation === 'next')?.url;
  }
  return { names, digest: createHash('sha256').update(versions.sort().join('\n')).digest('hex'), certificate };
}

const digestIn = (certificate: GraphResource | undefined): unknown =>
  (certificate?.['parameter'] as { name: string; valueString?: string }[] | undefined)?.find(({ name }) => name === 'sha256')?.valueString;

/** All lines of an export. */
async function exported(base: string, path: string, patient?: string): Promise<readonly GraphResource[]> {
  const asked = { resourceType: 'Parameters', parameter: [{ name: 'patient', valueReference: { reference: patient } }] };
  const started = await fetch(`${base}/${path}`, {
    headers: { ...json, accept: 'application/fhir+json', prefer: 'respond-async' },
    ...(patient === undefined ? {} : { method: 'POST', body: JSON.stringify(asked) }),
  });
  const status = started.headers.get('content-location');
  if (started.status !== 202 || status === null) throw new Error(`${path} answered ${started.status}: ${await started.text()}`);
  for (;;) {
    const answer = await fetch(status);
    if (answer.status === 202) {
      await sleep(100);
      continue;
    }
    const { output } = (await answer.json()) as { output: { url: string }[] };
    const texts = await Promise.all(output.map(async ({ url }) => (await fetch(url)).text()));
    return texts.flatMap((text) => text.split('\n').filter((line) => line !== '')).map((line) => JSON.parse(line) as GraphResource);
  }
}

const nameOf = (resource: GraphResource): string => `${resource.resourceType}/${String(resource['id'])}`;

/** What differs, in words; empty where nothing does. */
function difference(what: string, want: ReadonlySet<string>, got: readonly string[]): string[] {
  const have = new Set(got);
  const missing = [...want].filter((name) => !have.has(name));
  const extra = [...have].filter((name) => !want.has(name));
  const parts = [
    missing.length > 0 ? `${missing.length} missing (${missing.slice(0, 3).join(', ')})` : '',
    extra.length > 0 ? `${extra.length} too many (${extra.slice(0, 3).join(', ')})` : '',
    got.length > have.size ? `${got.length - have.size} twice` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`${what}: ${parts.join(', ')}`];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { base: { type: 'string' }, 'no-export': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const { base } = values;
  if (base === undefined || positionals.length === 0) throw new Error('usage: prove-everything --base URL FOLDER-OR-FILE…');
  for (const file of positionals.flatMap(filesIn)) for (const resource of resourcesIn(file)) await load(base, resource);
  const all = values['no-export'] ? undefined : await exported(base, '$export');
  const again = new RecordGraph();
  for (const resource of all ?? []) again.add(nameOf(resource), resource);
  let [faults, compared] = [0, 0];
  for (const patient of graph.patients) {
    const want = graph.expected(patient);
    const whole = await told(`${base}/${patient}/$everything?_certificate=true`);
    const paged = await told(`${base}/${patient}/$everything?_count=50&_certificate=true`);
    const found = [
      ...difference('in one', want, whole.names),
      ...difference('in pages', want, paged.names),
      ...[whole, paged].flatMap(({ digest, certificate }) => (digestIn(certificate) === digest ? [] : ['the certificate is wrong'])),
      ...(all === undefined ? [] : difference('from the export', want, [...again.expected(patient)])),
    ];
    if (all !== undefined && graph.patients.length <= 40) {
      const own = await exported(base, 'Patient/$export', patient);
      found.push(...difference('the export of the patient', want, own.map(nameOf)));
    }
    compared += want.size;
    if (found.length === 0) continue;
    faults++;
    console.log(`${patient}: ${found.join('; ')}`);
  }
  const ways = all === undefined ? 'in one and in pages' : 'in one, in pages and by export';
  const verdict = faults === 0 ? 'all equal' : `${faults} patients differ`;
  console.log(
    `${graph.patients.length} patients, ${compared} resources expected, compared ${ways}; ${refused} of the input refused: ${verdict}`,
  );
  process.exitCode = faults === 0 && graph.patients.length > 0 ? 0 : 1;
}

await main();
