/** What a FHIR package says of itself. https://confluence.hl7.org/display/FHIR/NPM+Package+Specification */

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly title?: string;
  readonly fhirVersions: readonly string[];
  /** Versions by name. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** `name#version`, as packages are named. */
export const packageName = ({ name, version }: Pick<Manifest, 'name' | 'version'>): string => `${name}#${version}`;
