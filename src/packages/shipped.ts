/**
 * Conformance resources that come with the server: compact packages and single resources below `fhir-profiles/`.
 * https://hl7.org/fhir/R4/references.html#canonical
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions } from '../fhir/newest.ts';
import type { Resource } from '../fhir/resource.ts';
import { projectFile } from '../root.ts';
import { compactPackage } from './compact-package.ts';
import type { Manifest } from './manifest.ts';
import { singleResources } from './single-resource.ts';

/** One version of a resource. */
export interface Shipped {
  /** Names its content: the same key is the same content. */
  readonly key: string;
  readonly version: string | undefined;
  /** Bytes of its text. */
  readonly size: number;
  /** Parsed anew each time. */
  read(): Resource;
}

export interface ShippedResources {
  readonly packages: readonly Manifest[];
  /** All versions under a canonical without version; [] for a type of which there are none. */
  find(type: string, url: string): readonly Shipped[];
}

interface PackageFolder {
  readonly path: string;
  readonly manifest: Manifest;
}

const shippedFolder = (): string => projectFile('fhir-profiles');

function packageFolders(folder: string): PackageFolder[] {
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  return paths.flatMap((path) => {
    const file = join(path, 'manifest.json');
    return existsSync(file) ? [{ path, manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest }] : [];
  });
}

export const shippedPackages = (folder: string = shippedFolder()): readonly Manifest[] =>
  packageFolders(folder).map(({ manifest }) => manifest);

/** `isWanted` says which packages count; what lies below the folder as single JSON resources always does. */
export function shippedResources(
  isWanted: (manifest: Manifest) => boolean = () => true,
  folder: string = shippedFolder(),
): ShippedResources {
  const wanted = packageFolders(folder).filter(({ manifest }) => isWanted(manifest));
  const packages = wanted.map(({ path, manifest }) => compactPackage({ folder: path, pin: hasNewer(manifest, wanted) }));
  const singles = singleResources(folder);
  return {
    packages: wanted.map(({ manifest }) => manifest),
    find: (type, url) => [...singles(type, url), ...packages.flatMap((find) => find(type, url))],
  };
}

const hasNewer = ({ name, version }: Manifest, all: readonly PackageFolder[]): boolean =>
  all.some(({ manifest }) => manifest.name === name && compareVersions(manifest.version, version) > 0);
