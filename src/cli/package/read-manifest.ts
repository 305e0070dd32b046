/** The package.json of a FHIR package, found and checked before anything of it is stored. https://confluence.hl7.org/display/FHIR/NPM+Package+Specification */
import { parseJson } from '../../fhir/json.ts';
import { FhirError } from '../../fhir/outcome.ts';
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { Manifest } from '../../packages/manifest.ts';
import { CommandError } from '../terminal.ts';
import { type Limits, limits, packageFiles } from './package-file.ts';

/** Names are put into messages and into the database. */
const names = /^[a-z][a-z0-9._-]{0,200}$/i;
const versions = /^[\w.+-]{1,100}$/;

export interface Survey {
  readonly manifest: Manifest;
  /** Bytes of all files, unpacked. */
  readonly size: number;
}

/** Reads the whole package once, so that one that is cut off or too large is refused whole. Throws CommandError. */
export async function surveyPackage(path: string, most: Limits = limits): Promise<Survey> {
  let manifest: Manifest | undefined;
  let size = 0;
  for await (const file of packageFiles(path, most)) {
    size += file.size;
    if (file.path === 'package.json') manifest = manifestOf(path, (await file.content()).toString('utf8'));
  }
  if (manifest === undefined) throw refused(path, 'there is no package.json in it, or none in its folder "package"');
  return { manifest, size };
}

const refused = (path: string, reason: string): CommandError =>
  new CommandError(`${path} is not a package that can be installed: ${reason}.`);

function read(path: string, text: string): JsonObject {
  try {
    const json = parseJson(text);
    if (isObject(json)) return json;
    throw refused(path, 'its package.json is no JSON object');
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    throw refused(path, `its package.json is no JSON: ${error.message.replace(/\.$/, '')}`);
  }
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

function manifestOf(path: string, text: string): Manifest {
  const json = read(path, text);
  const { name, version, title } = json;
  if (typeof name !== 'string' || !names.test(name)) throw refused(path, 'its package.json has no name, such as hl7.fhir.us.core');
  if (typeof version !== 'string' || !versions.test(version)) throw refused(path, 'its package.json has no version, such as 6.1.0');
  const dependencies = dependenciesOf(json);
  const fhirVersions = [
    ...new Set([...strings(json['fhirVersions']), ...strings(json['fhir-version-list']), ...coreVersions(dependencies)]),
  ];
  if (!fhirVersions.some((each) => /^4\.0(\.|$)/.test(each))) {
    const found = fhirVersions.length === 0 ? 'names no version of FHIR' : `is for FHIR ${fhirVersions.join(', ')}`;
    throw refused(path, `${name}#${version} ${found}, but this server is one of FHIR R4 (4.0.1)`);
  }
  return { name, version, ...(typeof title === 'string' ? { title } : {}), fhirVersions, dependencies };
}

function dependenciesOf({ dependencies }: JsonObject): Record<string, string> {
  if (!isObject(dependencies)) return {};
  const own = Object.entries(dependencies).filter(([name, version]) => names.test(name) && typeof version === 'string');
  return Object.fromEntries(own) as Record<string, string>;
}

/** Older packages say it by the core package that they depend on alone. */
const coreVersions = (dependencies: Readonly<Record<string, string>>): string[] =>
  Object.entries(dependencies).flatMap(([name, version]) => (/^hl7\.fhir\.r\d\w?\.core$|^hl7\.fhir\.core$/.test(name) ? [version] : []));
