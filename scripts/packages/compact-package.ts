/** The files of a compact package: a manifest, a note on where it comes from, and lines of resources by type, each in order of canonicals. */
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';
import { compact, compactTypes } from './compact.ts';
import { licenceNotes } from './licence.ts';
import type { SourceManifest } from './manifest.ts';

const nameOf = ({ url, version }: JsonObject): string => `${url}|${version}`;

/** Compared by code units: the order must not depend on the language of the machine. */
const byCanonical = (a: JsonObject, b: JsonObject): number => (nameOf(a) < nameOf(b) ? -1 : 1);

/** Whether the base lies in the package or is one of the specification: other packages may not be there. */
function isBased({ baseDefinition }: Resource, urls: ReadonlySet<unknown>): boolean {
  const base = typeof baseDefinition === 'string' ? baseDefinition.split('|')[0] : undefined;
  return base === undefined || urls.has(base) || base.startsWith('http://hl7.org/fhir/StructureDefinition/');
}

function linesOf(type: string, resources: readonly Resource[], version: string): string {
  const own = resources.filter(({ resourceType, url }) => resourceType === type && typeof url === 'string');
  const urls = new Set(own.map(({ url }) => url));
  return own
    .map((resource) => compact(resource, version, isBased(resource, urls)))
    .sort(byCanonical)
    .map((resource) => `${JSON.stringify(resource)}\n`)
    .join('');
}

const isResource = (json: unknown): json is Resource => isObject(json) && typeof json['resourceType'] === 'string';

function readmeOf(manifest: SourceManifest, texts: ReadonlyMap<string, string>, origin: string): string {
  const { name, version, title, license, canonical } = manifest;
  const counts = [...texts].map(([type, lines]) => `${lines.split('\n').length - 1} ${type}`);
  const notes = licenceNotes([...texts.values()]);
  return `# ${title || name}

Package \`${name}\` ${version} (${canonical}) in the compact form that the server reads; ${origin}.

It holds ${counts.join(', ')}: structures without mappings and, where their bases are to be had, without snapshot,
value sets and code systems without translations, everything without narrative and what is written for people. Resources that had no version
of their own bear the package's. Examples, CapabilityStatements and SearchParameters are left out: those of guides repeat R4's under other
addresses, and a package must not change how a server searches.

## Licence

${license === 'CC0-1.0' || license === '' ? 'HL7 publishes the guide under CC0-1.0' : `The licence of the package is ${license}`} (https://creativecommons.org/publicdomain/zero/1.0/).
${notes.length === 0 ? '' : `Codes of other code systems that it quotes keep the terms of their owners:\n\n${notes.map((note) => `- ${note}`).join('\n')}\n`}`;
}

const manifestText = ({ title, license, canonical, ...rest }: SourceManifest): string =>
  `${JSON.stringify({ ...rest, title, license, canonical }, null, 2)}\n`;

/** Paths below the project with their texts; those that end in .gz are to be compressed. */
export function compactPackage(manifest: SourceManifest, files: readonly unknown[], origin: string): [path: string, text: string][] {
  const resources = files.filter(isResource);
  const texts = new Map(
    compactTypes.map((type) => [type, linesOf(type, resources, manifest.version)] as const).filter(([, lines]) => lines !== ''),
  );
  const folder = `fhir-profiles/${manifest.name}-${manifest.version}`;
  return [
    [`${folder}/manifest.json`, manifestText(manifest)],
    [`${folder}/README.md`, readmeOf(manifest, texts, origin)],
    ...[...texts].map(([type, lines]): [string, string] => [`${folder}/${type}.ndjson.gz`, lines]),
  ];
}
