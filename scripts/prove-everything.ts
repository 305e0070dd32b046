/**
 * Proves Patient/$everything on real input: loads transaction bundles into an empty server, computes every patient's set from the
 * references of the bundles alone (with the official compartment definition and an independent FHIRPath engine), and compares.
 *
 *   npx tsx scripts/prove-everything.ts --base http://127.0.0.1:8080/fhir FOLDER-OR-FILE…
 *
 * Exit code 0 means: recall 100 %, no duplicates, nothing of another patient.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fhirpath, { type Model } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { projectFile } from '../src/root.ts';

interface Resource {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}
interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource;
}

const definition = (name: string) => JSON.parse(readFileSync(projectFile('node_modules', 'hl7.fhir.r4.examples', `${name}.json`), 'utf8'));

/** Parameter codes of R4's patient compartment by type. */
const compartment = new Map<string, string[]>(
  definition('CompartmentDefinition-patient').resource.map((member: { code: string; param?: string[] }) => [
    member.code,
    member.param ?? [],
  ]),
);

const memberOf = (type: string): boolean => type === 'Patient' || (compartment.get(type)?.length ?? 0) > 0;

const expressions = new Map<string, readonly string[]>();

/** FHIRPath expressions of the compartment parameters of a type, cut to the branches of that type. */
function expressionsOf(type: string): readonly string[] {
  const known = expressions.get(type);
  if (known) return known;
  const found = (compartment.get(type) ?? []).map((code) => searchParameters.get(`${type}.${code}`) ?? '');
  const branches = found.flatMap((text) => text.split('|').map((branch) => branch.trim().replace(/\.where\(resolve\(\) is \w+\)/g, '')));
  const own = branches.filter((branch) => branch.startsWith(`${type}.`) || branch.startsWith(`(${type}.`));
  expressions.set(type, own);
  return own;
}

const searchParameters = new Map<string, string>();
for (const file of readdirSync(projectFile('node_modules', 'hl7.fhir.r4.examples')).filter((name) => name.startsWith('SearchParameter-'))) {
  const parameter = definition(file.slice(0, -5));
  if (!String(parameter.url).startsWith('http://hl7.org/fhir/SearchParameter/')) continue;
  for (const base of parameter.base ?? []) searchParameters.set(`${base}.${parameter.code}`, parameter.expression ?? '');
}

function* referencesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      if (key === 'reference' && typeof child === 'string') yield child;
      else yield* referencesIn(child);
    }
  }
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const rank = (name: string): number => (/hospital/i.test(name) ? 0 : /practitioner/i.test(name) ? 1 : 2);
  const names = readdirSync(path).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return names.filter((name) => /\.json(\.gz)?$/.test(name)).map((name) => join(path, name));
}

const readBundle = (file: string): { entry: Entry[] } => {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
};

/** Everything loaded, by a key of its own: the server's `Type/id`. */
const resources = new Map<string, Resource>();
/** What a reference means: by fullUrl within one bundle, by identifier for conditional ones. */
const byIdentifier = new Map<string, string>();

async function load(base: string, file: string): Promise<Map<string, string>> {
  const bundle = readBundle(file);
  const response = await fetch(base, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(bundle),
  });
  const answer = (await response.json()) as {
    entry?: { response: { status: string; location: string } }[];
    issue?: { diagnostics: string }[];
  };
  if (!response.ok || !answer.entry) throw new Error(`${file} was refused: ${answer.issue?.[0]?.diagnostics ?? response.status}`);
  const refused = answer.entry.filter((entry) => !entry.response.status.startsWith('2')).length;
  if (refused > 0) throw new Error(`${file}: ${refused} entries refused`);
  const names = new Map<string, string>();
  bundle.entry.forEach((entry, i) => {
    const name = /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]+)(\/_history\/.*)?$/.exec(answer.entry?.[i]?.response.location ?? '')?.[1] ?? '';
    names.set(entry.fullUrl, name);
    resources.set(name, entry.resource);
    for (const { system, value } of (entry.resource['identifier'] ?? []) as { system?: string; value?: string }[]) {
      byIdentifier.set(`${entry.resource.resourceType}?identifier=${system}|${value}`, name);
    }
  });
  return names;
}

/** References of every loaded resource as names, and the patients whose compartment it is in. */
const graph = new Map<string, { readonly to: string[]; readonly patients: string[] }>();

function connect(names: ReadonlyMap<string, string>): void {
  const resolve = (reference: string): string => names.get(reference) ?? byIdentifier.get(reference) ?? reference;
  for (const name of names.values()) {
    const resource = resources.get(name);
    if (!resource) continue;
    const inside = expressionsOf(resource.resourceType).flatMap(
      (expression) => fhirpath.evaluate(resource, expression, {}, r4 as Model) as { reference?: string }[],
    );
    const patients = inside.flatMap(({ reference }) => (reference ? [resolve(reference)] : [])).filter((to) => to.startsWith('Patient/'));
    if (resource.resourceType === 'Patient') patients.push(name);
    graph.set(name, { to: [...referencesIn(resource)].map(resolve), patients });
  }
}

function expected(patient: string): Set<string> {
  const set = new Set([...graph].filter(([, node]) => node.patients.includes(patient)).map(([name]) => name));
  const queue = [...set];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const to of graph.get(name)?.to ?? []) {
      const node = graph.get(to);
      const foreign = node?.to.some((next) => next.startsWith('Patient/') && next !== patient) ?? true;
      if (set.has(to) || foreign || memberOf(to.split('/')[0] ?? '')) continue;
      set.add(to);
      queue.push(to);
    }
  }
  return set;
}

async function answered(base: string, patient: string): Promise<string[]> {
  const names: string[] = [];
  for (let url: string | undefined = `${base}/${patient}/$everything`; url !== undefined; ) {
    const page = (await (await fetch(url)).json()) as { entry?: Entry[]; link?: { relation: string; url: string }[] };
    for (const { resource } of page.entry ?? []) names.push(`${resource.resourceType}/${resource['id']}`);
    url = page.link?.find((link) => link.relation === 'next')?.url;
  }
  return names;
}

async function main(): Promise<void> {
  const [flag, base, ...paths] = process.argv.slice(2);
  if (flag !== '--base' || base === undefined || paths.length === 0) throw new Error('usage: prove-everything --base URL FOLDER-OR-FILE…');
  for (const file of paths.flatMap(filesIn)) connect(await load(base, file));
  const patients = [...graph.keys()].filter((name) => name.startsWith('Patient/'));
  let faults = 0;
  let compared = 0;
  for (const patient of patients) {
    const want = expected(patient);
    const got = await answered(base, patient);
    const missing = [...want].filter((name) => !got.includes(name));
    const extra = got.filter((name) => !want.has(name));
    const repeated = got.length - new Set(got).size;
    compared += want.size;
    if (missing.length + extra.length + repeated === 0) continue;
    faults++;
    console.log(
      `${patient}: ${missing.length} missing (${missing.slice(0, 3)}), ${extra.length} too many (${extra.slice(0, 3)}), ${repeated} twice`,
    );
  }
  console.log(
    `${patients.length} patients, ${compared} resources expected and compared: ${faults === 0 ? 'all equal' : `${faults} patients differ`}`,
  );
  process.exitCode = faults === 0 && patients.length > 0 ? 0 : 1;
}

await main();
