/**
 * The texts that are hashed into tokens and keys: the same for the resource that is indexed and the value that is searched.
 * No form can be taken for another one: each has its own mark after the name of the parameter.
 */
import type { SearchParameter } from '../fhir/definitions.ts';

/** `Observation|code`: every other text starts with it. For the standard's own parameters, which never change. */
export const parameterText = (resourceType: string, code: string): string => `${resourceType}|${code}`;

/** The same for any parameter; `Patient|shoe~7` for one whose definition may change: rows of two definitions are never taken for each other. */
export const textOf = (resourceType: string, { code, generation }: Pick<SearchParameter, 'code' | 'generation'>): string =>
  parameterText(resourceType, generation === undefined ? code : `${code}~${generation}`);

/** `code`: whatever the system. */
export const anySystem = (parameter: string, code: string): string => `${parameter}||${code}`;

/** A text without a system, whatever its case. */
export const caseless = (parameter: string, text: string): string => `${parameter}|\u0001|${text.toLowerCase()}`;

/** `system|code`. */
export const withSystem = (parameter: string, system: string, code: string): string => `${parameter}|${system}|${code}`;

/** `|code`: only where the element has no system. */
export const withoutSystem = (parameter: string, code: string): string => `${parameter}|\u0000|${code}`;

/** `system|`: any code of the system. */
export const wholeSystem = (parameter: string, system: string): string => `${parameter}|${system}|`;

/** Logical references: `:identifier` takes the token forms under its own name. */
export const identifierParameter = (parameter: string): string => `${parameter}:identifier`;

/** `:of-type`: type system, type code and value of an Identifier. */
export const ofType = (parameter: string, system: string, code: string, value: string): string =>
  `${parameter}:of-type|${system}|${code}|${value}`;

/** `:exact`: the string as it was written. */
export const exactText = (parameter: string, text: string): string => `${parameter}"${text}`;

/** The parameter has a value: `:missing`. */
export const presentText = (parameter: string): string => `${parameter}!`;

/** The parameter has none although most resources have one: `:missing`. Rare, and so far shorter than a mark on every resource. */
export const absentText = (parameter: string): string => `${parameter}?`;

/** The later windows of long strings, which only `:contains` looks at. */
export const continuationText = (parameter: string): string => `${parameter}+`;

/** Quantities in another unit than they are stated in: that of the index. */
export const convertedText = (parameter: string): string => `${parameter}~`;

/** Quantities as they are stated where the index has them in another unit, or under another name of the unit. */
export const asStatedText = (parameter: string): string => `${parameter}*`;

/** Unit of a quantity with a system; of UCUM that of the index, or a code that UCUM does not know. */
export const unitWithSystem = (system: string, code: string): string => `${system}|${code}`;

/** Unit of `number||unit`: a code whatever its system, or the human-readable unit. */
export const unitAlone = (code: string): string => `||${code}`;

/** A word of a name as it sounds. */
export const soundText = (parameter: string, sound: string): string => `${parameter}&${sound}`;

/** `:text`: the beginning of the text of a code, normalised. */
export const termText = (parameter: string, text: string): string => `${parameter}:text|${text}`;

/** All that people can read in a resource, for full-text search. */
export const contentText = (resourceType: string, text: string): string => `${parameterText(resourceType, '_content')}=${text}`;
