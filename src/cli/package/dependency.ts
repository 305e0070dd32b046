/** Packages that a package builds on and that are not there. https://confluence.hl7.org/display/FHIR/NPM+Package+Specification */
import { type Manifest, packageName } from '../../packages/manifest.ts';

/** `1.0.x` is any patch of 1.0; names such as `current` are any version. */
function isMet(asked: string, { version }: Manifest): boolean {
  if (/^\d/.test(asked) && !/\.x$/i.test(asked)) return version === asked;
  return !/^\d/.test(asked) || version.startsWith(asked.slice(0, -1));
}

/** `hl7.terminology.r4#5.0.0`, and what there is of it instead. */
export function missingDependencies({ dependencies }: Manifest, known: readonly Manifest[]): readonly string[] {
  return Object.entries(dependencies).flatMap(([name, version]) => {
    const same = known.filter((manifest) => manifest.name === name);
    if (same.some((manifest) => isMet(version, manifest))) return [];
    const others = same.length === 0 ? '' : ` (there is ${same.map(({ version: other }) => other).join(', ')})`;
    return [`${packageName({ name, version })}${others}`];
  });
}
