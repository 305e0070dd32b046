/** What is installed comes before what comes with the server, also where it is older: that is told. https://hl7.org/fhir/R4/references.html#canonical */
import { compareVersions } from '../../fhir/newest.ts';
import type { Manifest } from '../../packages/manifest.ts';

const newestOf = ({ name }: Manifest, all: readonly Manifest[]): string | undefined =>
  all
    .filter((manifest) => manifest.name === name)
    .map(({ version }) => version)
    .sort(compareVersions)
    .at(-1);

/** A line where canonicals without a version mean an older package than before; otherwise nothing. */
export function olderMeaning(manifest: Manifest, shipped: readonly Manifest[], installed: readonly Manifest[]): string {
  const [theirs, ours] = [newestOf(manifest, shipped), newestOf(manifest, [manifest, ...installed])];
  if (theirs === undefined || ours === undefined || compareVersions(ours, theirs) >= 0) return '';
  return `Without a version, its canonicals now mean ${ours}, no longer ${theirs}, which comes with the server: name the version (url|${theirs}) where that is meant.\n`;
}
