/** What the text of a reference points to. https://hl7.org/fhir/R4/references.html#literal */
import type { Definitions } from '../fhir/definitions.ts';
import { parseReference } from '../fhir/reference.ts';
import { isObject } from '../fhir/resource.ts';
import { Memo } from './memo.ts';

type IsResourceType = (name: string) => boolean;

/** A RESTful reference taken apart: `base` is '' for relative ones, otherwise without trailing slash. */
export interface Target {
  readonly base: string;
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

/** `Patient/1`, `http://server/fhir/Patient/1/_history/2`; undefined for anything else (urn, contained, canonical …). */
export function restfulTarget(text: string, isResourceType: IsResourceType): Target | undefined {
  const found = parseReference(text, isResourceType);
  if (found?.kind !== 'relative' && found?.kind !== 'absolute') return undefined;
  const { type, id, version } = found;
  const base = found.kind === 'relative' ? '' : found.root;
  return version === undefined ? { base, type, id } : { base, type, id, version };
}

type TargetType = (value: unknown) => string | undefined;

/** The resource type that a Reference, canonical or contained resource is of, as far as its text says. */
export function targetType(value: unknown, isResourceType: IsResourceType): string | undefined {
  return typeOf(value, (text) => restfulTarget(text, isResourceType)?.type);
}

/** The same for many values: what texts say is remembered. */
export function targetTypes({ isResourceType }: Pick<Definitions, 'isResourceType'>): TargetType {
  const known = new Memo<string | null>();
  const typeOfText = (text: string): string | undefined => {
    const found = known.get(text);
    if (found !== undefined) return found ?? undefined;
    const type = restfulTarget(text, isResourceType)?.type;
    known.set(text, type ?? null);
    return type;
  };
  return (value) => typeOf(value, typeOfText);
}

function typeOf(value: unknown, typeOfText: (text: string) => string | undefined): string | undefined {
  if (typeof value === 'string') return typeOfText(value);
  if (!isObject(value)) return undefined;
  if (typeof value['resourceType'] === 'string') return value['resourceType'];
  const literal = typeof value['reference'] === 'string' ? typeOfText(value['reference']) : undefined;
  return literal ?? (typeof value['type'] === 'string' ? value['type'] : undefined);
}
