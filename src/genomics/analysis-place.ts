/**
 * Where the Procedure of an analysis stood that came as a resource of its own. The study holds what it said; its address is kept as text, since no
 * resource stands there any more. https://hl7.org/fhir/R4/extensibility.html
 */
import { isObject, type JsonObject } from '../fhir/resource.ts';
import { objectsOf } from './cross-version.ts';

export const standsAt = 'https://anamnesis.example/StructureDefinition/genomic-study-analysis-reference';
/** Beside the address: the Procedure is not here. */
const elsewhereUrl = 'https://anamnesis.example/StructureDefinition/genomic-study-analysis-elsewhere';

export function standing(link: JsonObject, ...beside: readonly JsonObject[]): JsonObject {
  const { reference, ...rest } = link;
  const more = [...(Object.keys(rest).length === 0 ? [] : [{ url: standsAt, valueReference: rest }]), ...beside];
  return {
    url: standsAt,
    ...(reference === undefined ? {} : { valueUri: reference }),
    ...(more.length === 0 ? {} : { _valueUri: { extension: more } }),
  };
}

const placeOf = (analysis: JsonObject): JsonObject | undefined => objectsOf(analysis['extension']).find(({ url }) => url === standsAt);

const besideOf = (place: JsonObject | undefined): readonly JsonObject[] =>
  isObject(place?.['_valueUri']) ? objectsOf(place['_valueUri']['extension']) : [];

/** The link of the study to it; undefined where it was contained. */
export function linkOf(analysis: JsonObject): JsonObject | undefined {
  const place = placeOf(analysis);
  if (place === undefined) return undefined;
  const rest = besideOf(place).find(({ url }) => url === standsAt)?.['valueReference'];
  return { ...(place['valueUri'] === undefined ? {} : { reference: place['valueUri'] }), ...(isObject(rest) ? rest : {}) };
}

export const isElsewhere = (analysis: JsonObject): boolean => besideOf(placeOf(analysis)).some(({ url }) => url === elsewhereUrl);

/** What a study says of an analysis that is not here: that there is one. */
export function elsewhere({ id, valueReference }: JsonObject): JsonObject {
  const place = standing(isObject(valueReference) ? valueReference : {}, { url: elsewhereUrl, valueBoolean: true });
  return { ...(id === undefined ? {} : { id }), extension: [place] };
}
