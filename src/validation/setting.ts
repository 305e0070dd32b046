/** How strictly writes are checked, by resource type: settings of one tenant. https://hl7.org/fhir/R4/validation.html */

/** One value for all types but those that have their own. */
export interface ByType<T> {
  readonly standard: T;
  readonly types: ReadonlyMap<string, T>;
}

/** `full`: with claimed and required profiles and required bindings; `structure`: what the definitions of R4 say of the elements. */
export type Level = 'full' | 'structure';

export type UnknownProfile = 'warn' | 'refuse';

export interface ValidationSettings {
  readonly level: ByType<Level>;
  readonly unknownProfile: ByType<UnknownProfile>;
  /** Profiles by type: of each list, a resource must conform to one. */
  readonly policy: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export const forAll = <T>(standard: T): ByType<T> => ({ standard, types: new Map() });

export const valueFor = <T>({ standard, types }: ByType<T>, type: string): T => types.get(type) ?? standard;

export const standardSettings: ValidationSettings = { level: forAll('full'), unknownProfile: forAll('warn'), policy: new Map() };
