/** Query parameters of an interaction: which it knows, how often each may stand. https://hl7.org/fhir/R4/http.html#parameters */
import { nearest } from '../fhir/nearest.ts';
import { refusal } from '../fhir/outcome.ts';
import { readPrefer } from '../fhir/prefer.ts';
import type { FhirRequest } from './interaction.ts';

/** Parameters of every request; the format is negotiated before an interaction runs. */
export const formatParameters: readonly string[] = ['_format', '_pretty'];

export type Pairs = FhirRequest['query'];

export const isFormatParameter = (name: string): boolean => name === '_format' || name === '_pretty';

// SHALL: unknown parameters are refused unless handling=lenient — http.html#handling
export const isStrict = (request: FhirRequest): boolean => readPrefer(request.headers['prefer']).handling !== 'lenient';

function unknownParameter(name: string, known: readonly string[]): Error {
  const near = nearest(name, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const valid = [...known, ...formatParameters].join(', ');
  return refusal('not-supported', `The parameter "${name.slice(0, 64)}" is not known here.${hint} Known are: ${valid}.`);
}

/** Refuses parameters that are neither `known` nor those of the format, unless the client asked for lenient handling. */
export function checkParameters(request: FhirRequest, known: readonly string[], always = false): void {
  for (const [name] of request.query) {
    if (known.includes(name) || isFormatParameter(name)) continue;
    if (always || isStrict(request)) throw unknownParameter(name, known);
  }
}

/** The value of a parameter that may stand once; empty counts as absent. */
export function single(pairs: Pairs, name: string): string | undefined {
  let found: string | undefined;
  for (const [key, value] of pairs) {
    if (key !== name) continue;
    if (found !== undefined) throw refusal('value', `The parameter ${name} may be given once.`);
    found = value;
  }
  return found === '' ? undefined : found;
}

/** `_count`: a whole number from `least` on, cut to the most that the server gives. */
export function readCount(pairs: Pairs, least: number, otherwise: number, most: number): number {
  const text = single(pairs, '_count');
  if (text === undefined) return otherwise;
  const count = Number(text);
  if (!/^\d{1,10}$/.test(text) || count < least)
    throw refusal('value', `_count is a whole number from ${least} on, not "${text.slice(0, 20)}".`);
  return Math.min(count, most);
}
