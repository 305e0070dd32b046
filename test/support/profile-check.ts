/** Small profiles made by hand, and what a check against them says. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Environment } from '../../src/fhir/fhirpath/run.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { placesOf } from '../../src/validation/place.ts';
import { createProfiles, type ProfilesOptions } from '../../src/validation/profile/profiles.ts';
import { surroundingsOf } from '../../src/validation/surroundings.ts';
import type { BindingQuestion, Report, Surroundings } from '../../src/validation/validation.ts';
import { memorySource } from './conformance-source.ts';

export const definitions: Definitions = loadDefinitions();

export const base = 'http://example.org/fhir/StructureDefinition/';
const specified = 'http://hl7.org/fhir/StructureDefinition/';

export type Element = Readonly<Record<string, unknown>> & { readonly path: string };

/** A profile by its name, on a type or on another profile. */
export const profileOf = (
  name: string,
  type: string,
  elements: readonly Element[],
  more: Readonly<Record<string, unknown>> = {},
): Resource => ({
  resourceType: 'StructureDefinition',
  url: `${base}${name}`,
  name,
  status: 'active',
  kind: definitions.type(type)?.kind === 'resource' ? 'resource' : 'complex-type',
  abstract: false,
  type,
  baseDefinition: `${specified}${type}`,
  derivation: 'constraint',
  differential: { element: elements },
  ...more,
});

/** A simple extension. */
export const extensionOf = (name: string, valueType: string, more: Readonly<Record<string, unknown>> = {}): Resource =>
  profileOf(
    name,
    'Extension',
    [
      { path: 'Extension' },
      { path: 'Extension.extension', max: '0' },
      { path: 'Extension.url', fixedUri: `${base}${name}` },
      { path: 'Extension.value[x]', min: 1, type: [{ code: valueType }] },
    ],
    { context: [{ type: 'element', expression: 'Element' }], ...more },
  );

export interface Checked {
  /** `error Patient.name[0]: …` */
  readonly issues: readonly string[];
  readonly questions: readonly BindingQuestion[];
}

export interface CheckOptions extends ProfilesOptions {
  readonly environment?: Environment;
  readonly extensions?: boolean;
}

/** Checks against the first of the profiles; the others are what it may need. */
export async function check(resource: Resource, profiles: readonly Resource[], options: CheckOptions = {}): Promise<Checked> {
  const issues: string[] = [];
  const questions: BindingQuestion[] = [];
  const report: Report = {
    add: (severity, _code, at, diagnostics) => void issues.push(`${severity} ${at}: ${diagnostics}`),
    ask: (question) => void questions.push(question),
  };
  const made = createProfiles(definitions, memorySource(...profiles), options);
  const surroundings = around(resource, options.environment);
  const first = profiles[0] === undefined ? undefined : await made.prepare(String(profiles[0]['url']));
  first?.check(resource, resource.resourceType, report, surroundings);
  if (options.extensions === true) {
    const extensions = made.extensions(resource);
    await extensions.prepare();
    extensions.check(resource.resourceType, report, surroundings);
  }
  return { issues, questions };
}

export function around(resource: Resource, environment: Environment = {}): Surroundings {
  const places = placesOf(resource, resource.resourceType);
  const inside = surroundingsOf(definitions, resource, places);
  const containers = new Map(places.map((place) => [place.resource, place.container ?? place.resource]));
  return { ...inside, environmentOf: (one) => ({ ...environment, resource: one, rootResource: containers.get(one) ?? one }) };
}

/** Only what is said against the resource. */
export const errorsOf = async (resource: Resource, profiles: readonly Resource[], options?: CheckOptions): Promise<readonly string[]> =>
  (await check(resource, profiles, options)).issues.filter((issue) => issue.startsWith('error '));
