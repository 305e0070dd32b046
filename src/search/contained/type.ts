/**
 * Contained resources as rows of their own: under type codes of their own and negative row numbers, so that nothing that looks for
 * resources meets them. https://hl7.org/fhir/R4/search.html#contained
 */
import { hash64, linkOf } from '../hash.ts';
import { referenceKey, selfHash } from '../link-token.ts';

const mark = '#contained';

/** `Medication#contained`: the type of rows. */
export const containedType = (type: string): string => `${type}${mark}`;

export const isContained = (type: string): boolean => type.endsWith(mark);

export const plainType = (type: string): string => (isContained(type) ? type.slice(0, -mark.length) : type);

/** `MedicationRequest/23#m1`: what a contained resource is called from outside. */
export const containedName = (container: string, id: string): string => `${container}#${id}`;

/** The row of a contained resource; it never changes for one id in one container. */
export const containedRow = (self: string): string => (self.startsWith('-') ? self : `-${self}`);

/** Token of all contained resources of a type. */
export const containedMark = (type: string): string => hash64(containedType(type));

/** Contained resources refer to their container as if by a parameter. */
export const containerKey = referenceKey('container');

/** Token of what is contained in the resource with this hash. */
export const containedLinkOf = (self: string): string => linkOf(containerKey, self);

export const containerLink = (type: string, id: string): string => containedLinkOf(selfHash(type, id));
