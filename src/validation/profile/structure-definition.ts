/**
 * The parts of a StructureDefinition that are read when a profile is compiled.
 * https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/R4/elementdefinition.html
 */
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

export interface RawExtension {
  readonly url: string;
  readonly [value: string]: unknown;
}

export interface RawType {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly _profile?: readonly ({ readonly extension?: readonly RawExtension[] } | null)[];
  readonly targetProfile?: readonly string[];
  readonly aggregation?: readonly string[];
  readonly versioning?: string;
}

export type DiscriminatorType = 'value' | 'exists' | 'pattern' | 'type' | 'profile' | 'position';

export interface RawDiscriminator {
  readonly type: DiscriminatorType;
  readonly path: string;
}

export interface RawSlicing {
  readonly discriminator?: readonly RawDiscriminator[];
  readonly ordered?: boolean;
  readonly rules?: 'closed' | 'open' | 'openAtEnd';
}

export interface RawConstraint {
  readonly key?: string;
  readonly severity?: string;
  readonly human?: string;
  readonly expression?: string;
  readonly source?: string;
}

export interface RawBinding {
  readonly strength?: 'required' | 'extensible' | 'preferred' | 'example';
  readonly valueSet?: string;
  readonly extension?: readonly RawExtension[];
}

/** `fixedCode`, `patternCodeableConcept`, `minValueDate` … stand beside these under their own names. */
export interface RawElement {
  readonly id?: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly slicing?: RawSlicing;
  readonly min?: number;
  readonly max?: string;
  readonly type?: readonly RawType[];
  readonly binding?: RawBinding;
  readonly constraint?: readonly RawConstraint[];
  readonly maxLength?: number;
  readonly isModifier?: boolean;
  readonly [other: string]: unknown;
}

export interface RawContext {
  readonly type: string;
  readonly expression: string;
}

export interface StructureDefinition extends Resource {
  readonly url: string;
  readonly version?: string;
  readonly type: string;
  readonly kind: string;
  readonly abstract?: boolean;
  readonly derivation?: string;
  readonly baseDefinition?: string;
  readonly context?: readonly RawContext[];
  readonly contextInvariant?: readonly string[];
  readonly differential?: { readonly element?: readonly RawElement[] };
  readonly snapshot?: { readonly element?: readonly RawElement[] };
}

export const isStructureDefinition = (resource: Resource): resource is StructureDefinition =>
  resource.resourceType === 'StructureDefinition' && typeof resource['url'] === 'string' && typeof resource['type'] === 'string';

const isElement = (value: unknown): value is RawElement => isObject(value) && typeof value['path'] === 'string';

function elementsOf(holder: unknown): readonly RawElement[] {
  const list = isObject(holder) ? holder['element'] : undefined;
  return Array.isArray(list) ? (list as unknown[]).filter(isElement) : [];
}

export const differentialOf = (definition: StructureDefinition): readonly RawElement[] => elementsOf(definition.differential);

export const snapshotOf = (definition: StructureDefinition): readonly RawElement[] => elementsOf(definition.snapshot);

/** Its canonical with the version. */
export const sourceOf = ({ url, version }: StructureDefinition): string => (version === undefined ? url : `${url}|${version}`);

/** A list of a definition as it should be; nothing where it is something else. */
export const listOf = <T>(value: readonly T[] | undefined): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : []);

/** `url|version` without the version and without the fragment. */
export const bareCanonical = (canonical: string): string => {
  const end = canonical.search(/[|#]/);
  return end < 0 ? canonical : canonical.slice(0, end);
};

const typePrefix = 'http://hl7.org/fhir/StructureDefinition/';

/** `http://hl7.org/fhir/StructureDefinition/Patient` → `Patient`; undefined for anything below another base. */
export function specifiedName(canonical: string): string | undefined {
  const bare = bareCanonical(canonical);
  return bare.startsWith(typePrefix) ? bare.slice(typePrefix.length) : undefined;
}

const partUrl = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-profile-element';

/** Profiles on the type; `canonical#id` for one whose element of that id is meant. https://hl7.org/fhir/R4/extension-elementdefinition-profile-element.html */
export function typeProfiles({ profile, _profile }: RawType): string[] {
  const twins = listOf(_profile);
  return listOf(profile).map((canonical, i) => {
    const part = listOf(twins[i]?.extension).find(({ url }) => url === partUrl)?.['valueString'];
    return typeof part === 'string' ? `${canonical}#${part}` : canonical;
  });
}

/** The value of a choice such as `fixed[x]`, with its type: `['Code', …]`. */
export function choiceOf(element: JsonObject, prefix: string): readonly [type: string, value: unknown, key: string] | undefined {
  for (const key in element) {
    if (!key.startsWith(prefix)) continue;
    const type = key.slice(prefix.length);
    if (/^[A-Z]/.test(type) && element[key] !== undefined) return [type, element[key], key];
  }
  return undefined;
}
