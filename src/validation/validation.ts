/**
 * The contract of validation: what is asked, what the parts share, and what comes out.
 * https://hl7.org/fhir/R4/validation.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Environment } from '../fhir/fhirpath/run.ts';
import type { Issue, IssueType, Severity } from '../fhir/outcome.ts';
import type { JsonObject, Resource } from '../fhir/resource.ts';

/** Conformance resources by canonical, `url` or `url|version`, from packages, installed packages and the store. */
export interface ConformanceSource {
  /** Undefined when it is not known. Without a version, the newest. */
  find(type: string, canonical: string): Promise<Resource | undefined>;
  /** Changes whenever an answer could change: what was compiled from former answers is dropped. */
  readonly generation: number;
}

/** A coded value that is to be in a value set; asked while checking, answered afterwards. */
export interface BindingQuestion {
  readonly valueSet: string;
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  /** The data type of the value: code, Coding, CodeableConcept, Quantity, string, uri. */
  readonly type: string;
  readonly value: unknown;
  /** FHIRPath of the value. */
  readonly at: string;
  /** The value set that must not be left in any case (elementdefinition-maxValueSet). */
  readonly isMaximum?: boolean;
  /** The value was chosen by what was shown: with another display it is none of the choices. */
  readonly isChosen?: boolean;
}

/** Where issues and questions go. */
export interface Report {
  add(severity: Severity, code: IssueType, at: string, diagnostics: string): void;
  ask(question: BindingQuestion): void;
  /** Whether a code is one of its system, where that is known: `{system, code, display}` of something that is no Coding. */
  askCoding?(coding: JsonObject, at: string): void;
}

/** What is known around a resource while it is checked. */
export interface Surroundings {
  readonly definitions: Definitions;
  /** What was given: the outermost resource. */
  readonly root: Resource;
  /** The resource that a reference in `from` names: contained in it, an entry of the bundle around it; undefined when it is not there. */
  resolve(reference: string, from: Resource): Resource | undefined;
  /**
   * What FHIRPath may ask while it looks at `resource`: %resource and %rootResource, resolve, memberOf, conformsTo, htmlChecks.
   * What is not known yet is asked for, and everything is checked again when it is.
   */
  environmentOf?(resource: Resource): Environment;
}

/** A set of rules about resources of some types, beyond what definitions can say. */
export interface Rule {
  /** Resource types; absent = all. */
  readonly types?: readonly string[];
  /** `at` is the FHIRPath of the resource. */
  check(resource: Resource, at: string, report: Report, surroundings: Surroundings, found: Found): void;
}

/** A conformance resource; undefined when it is not known, or not yet: then everything is checked again when it is. */
export type Found = (type: string, canonical: string) => Resource | undefined;

export type Mode = 'create' | 'update' | 'delete';

export interface ValidationOptions {
  /** Canonicals beside those of `meta.profile`. */
  readonly profiles?: readonly string[];
  readonly mode?: Mode;
  /** FHIRPath of the resource; its type unless given. */
  readonly at?: string;
}

export interface Validator {
  /** Everything there is to say, the most severe first. */
  validate(resource: Resource, options?: ValidationOptions): Promise<Issue[]>;
}
