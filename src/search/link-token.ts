/**
 * Tokens of links: the hash of a parameter XOR the hash of what it leads to. A resource's own hash stands in `res.self`, so that SQL
 * finds from a row those that refer to it (`self # K`), and from its tokens what it refers to. https://hl7.org/fhir/R4/search.html#chaining
 */
import { hash64, linkHash } from './hash.ts';

/** `res.self`, and `res.pat` of what is in the compartment of a patient. */
export const selfHash = (type: string, id: string): string => hash64(`${type}/${id}`);

/** `res.pat` of a patient's compartment, and the token of resources that belong to further patients. */
export const compartmentToken = (patientId: string): string => selfHash('Patient', patientId);

const reference = (parameter: string): string => `${parameter}#`;
/** A canonical that names a version is also found without it, but links to that version only. */
const unversioned = (parameter: string): string => `${parameter}~`;
const partialVersion = (parameter: string): string => `${parameter}^`;
const uri = (parameter: string): string => `${parameter}=`;
/** `url|version` of a canonical resource: what canonicals with a version link to. */
const versioned = (parameter: string): string => `${parameter}@`;

/** The parameter's part of a link token, as decimal text: the key of chains and reverse chains. */
export const referenceKey = (parameter: string): string => hash64(reference(parameter));
export const uriKey = (parameter: string): string => hash64(uri(parameter));
export const versionedKey = (parameter: string): string => hash64(versioned(parameter));

/** `Patient/1`, an absolute URL, a urn or a canonical as it is written. */
export const referenceLink = (parameter: string, target: string): string => linkHash(reference(parameter), target);

/** The url of a canonical that is written with a version. */
export const unversionedLink = (parameter: string, url: string): string => linkHash(unversioned(parameter), url);

/** `url|1` of a canonical that is written `url|1.2`. */
export const partialVersionLink = (parameter: string, canonical: string): string => linkHash(partialVersion(parameter), canonical);

export const uriLink = (parameter: string, value: string): string => linkHash(uri(parameter), value);

export const versionedLink = (parameter: string, url: string, version: string): string =>
  linkHash(versioned(parameter), `${url}|${version}`);

/** The parameter by which a resource is found that refers to another in any element; its own patient stands in `res.pat` alone. */
export const anyElement = 'ref';
export const anyReferenceKey = referenceKey(anyElement);
export const anyReferenceLink = (target: string): string => referenceLink(anyElement, target);
