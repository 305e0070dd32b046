/** Which of the packages that come with the server count, by names with or without version. */
import { type Manifest, packageName } from './manifest.ts';

/** All else builds on R4's own. */
const indispensable = 'hl7.fhir.r4.core';

/** Throws an Error that names what is not there. */
export function wantedPackages(names: 'all' | readonly string[], shipped: readonly Manifest[]): (manifest: Manifest) => boolean {
  if (names === 'all') return () => true;
  const unknown = names.find((name) => !shipped.some((manifest) => isNamed(manifest, name)));
  if (unknown !== undefined)
    throw new Error(`PACKAGES names ${unknown}, which does not come with the server; there is ${shipped.map(packageName).join(', ')}`);
  return (manifest) => manifest.name === indispensable || names.some((name) => isNamed(manifest, name));
}

const isNamed = (manifest: Manifest, name: string): boolean => name === manifest.name || name === packageName(manifest);
