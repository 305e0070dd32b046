/**
 * Search parameters that mean the same of a study and of the resource as which it is told: a search by these finds both, exactly.
 * https://hl7.org/fhir/R4/procedure.html#search, https://hl7.org/fhir/R4/basic.html#search
 */

import type { ShapeName } from '../auth/study-shape.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Change } from '../repository/change.ts';

const ofEvery: readonly string[] = ['_id', '_lastUpdated', '_tag', '_security', '_source', 'identifier', 'patient', 'subject'];

/** By the type as which the study is told. */
export const exactParameters: Readonly<Record<string, readonly string[]>> = {
  Procedure: [...ofEvery, 'encounter', 'date', 'based-on'],
  Basic: ofEvery,
};

export const rootOf = (name: string): string => name.split(/[:.]/, 1)[0] ?? '';

export const isExact = (type: string, name: string): boolean => exactParameters[type]?.includes(rootOf(name)) === true;

/** Throws 400 for criteria that a study cannot be found by as they mean it. */
export function assertExact(change: Change, shape: ShapeName): void {
  const criteria = change.kind === 'create' ? change.ifNoneExist : change.criteria;
  if (criteria === undefined || shape === 'incubator') return;
  for (const name of new Set(new URLSearchParams(criteria).keys())) if (!isExact(change.type, name)) throw inexact(change.type, name);
}

export const inexact = (type: string, name: string): Error =>
  refusal(
    'not-supported',
    `${name.slice(0, 64)} cannot find genomic studies that are told as ${type}; these can: ${(exactParameters[type] ?? []).join(', ')}. All parameters of a study are those of GenomicStudy, which is searched as such and answered as ${type}.`,
    { expression: name.slice(0, 64) },
  );
