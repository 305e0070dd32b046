/**
 * The registry: every resource type, data type, search parameter and compartment the server knows, read from the slim model.
 * https://hl7.org/fhir/R4/structuredefinition.html, https://hl7.org/fhir/R4/searchparameter.html, https://hl7.org/fhir/R4/compartmentdefinition.html
 */

export interface TypeReference {
  /** `string`, `CodeableConcept`, `Reference`, or for inline structures the path of the element, such as `Patient.contact`. */
  readonly code: string;
  /** Allowed resource types of a Reference or canonical; absent = any. */
  readonly targets?: readonly string[];
}

/** A constraint on an element. https://hl7.org/fhir/R4/conformance-rules.html#constraints */
export interface Invariant {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** The rule in words. */
  readonly human: string;
  /** FHIRPath, as it was published. */
  readonly expression: string;
}

export interface ElementDefinition {
  /** Element name without type suffix, such as `status` or, for a choice, `value` (never `value[x]`). */
  readonly name: string;
  readonly min: number;
  /** Number.POSITIVE_INFINITY for `*`. */
  readonly max: number;
  /** More than one, or `choice`, for value[x]. */
  readonly types: readonly TypeReference[];
  readonly choice: boolean;
  readonly summary: boolean;
  readonly modifier: boolean;
  /** XML attribute (Element.id, Extension.url) or XHTML. */
  readonly xml?: 'attribute' | 'xhtml';
  readonly binding?: { readonly strength: 'required' | 'extensible' | 'preferred' | 'example'; readonly valueSet: string };
  /** Beside those of its type. */
  readonly invariants?: readonly Invariant[];
}

export interface TypeDefinition {
  readonly name: string;
  readonly kind: 'resource' | 'complex' | 'primitive';
  readonly abstract: boolean;
  readonly base?: string;
  readonly url: string;
  /** In the order of the definition, inherited ones first (XML needs the order). */
  readonly elements: readonly ElementDefinition[];
  /** Primitive types only: the anchored regular expression of the specification. */
  readonly pattern?: string;
  /** Its own, without those of its base; ele-1 and ext-1 are left out. */
  readonly invariants?: readonly Invariant[];
}

/** How a JSON property of a type is to be read: `valueQuantity` → element `value` with type `Quantity`. */
export interface Property {
  readonly element: ElementDefinition;
  readonly type: TypeReference;
}

export type SearchParameterType = 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri' | 'special';

export interface SearchParameter {
  readonly code: string;
  readonly url: string;
  readonly type: SearchParameterType;
  readonly description: string;
  /** Resource types it applies to (`Resource` and `DomainResource` stand for all). */
  readonly base: readonly string[];
  /** FHIRPath; absent for specials without one. */
  readonly expression?: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
  /** Its values are compared by how they sound. https://hl7.org/fhir/R4/valueset-search-xpath-usage.html */
  readonly phonetic?: true;
  /** Number of the definition, of parameters that come and go while the server runs; part of the text of their index rows. */
  readonly generation?: string;
}

export type CompartmentCode = 'Patient' | 'Encounter' | 'RelatedPerson' | 'Practitioner' | 'Device';

export interface Definitions {
  /** All concrete resource types, R4's and additional ones, sorted. */
  readonly resourceTypes: readonly string[];
  /** The additional types of `fhir-profiles/`, such as GenomicStudy. */
  readonly additionalTypes: readonly string[];
  isResourceType(name: string): boolean;
  /** `Patient`, `HumanName`, `string`, or an inline structure such as `Patient.contact`. */
  type(name: string): TypeDefinition | undefined;
  /** JSON property name → element and type, choices expanded (`valueString`, `valueQuantity`, …), without the `_x` twins. */
  properties(typeName: string): ReadonlyMap<string, Property>;
  /** Search parameters that apply to the type, those of Resource and DomainResource included, by code. */
  searchParameters(resourceType: string): ReadonlyMap<string, SearchParameter>;
  /** Search parameter codes by which a type belongs to the compartment (`{def}` for the compartment's own type); absent = not in it. */
  compartment(code: CompartmentCode): ReadonlyMap<string, readonly string[]>;
  /** Codes of an enumerated required value set, where known. */
  codes(valueSet: string): ReadonlySet<string> | undefined;
  /** Systems of the value set that plain codes are bound to, each with its codes where they can be listed. */
  systems(valueSet: string): ReadonlyMap<string, ReadonlySet<string> | undefined>;
}
