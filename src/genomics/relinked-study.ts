/** References between studies by the name that is stored, whatever name a client knows. */
import { cloneJson } from '../fhir/json.ts';
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { nativeType } from './study-shape.ts';

/** The id of the study that a name of another type stands for. */
export type FindStudy = (type: string, id: string) => Promise<string | undefined>;

interface Link {
  readonly holder: JsonObject;
  readonly type: string;
  readonly id: string;
  readonly rest: string;
  /** Only studies may be meant. */
  readonly isStudy: boolean;
}

const named = /^(Procedure|Basic)\/([A-Za-z0-9\-.]{1,64})(.*)$/;

/** A protocol that was performed is a Procedure by itself. */
const others: ReadonlySet<string> = new Set(['protocolPerformed']);

function linksIn(value: unknown, key: string, found: Link[]): void {
  if (Array.isArray(value)) for (const each of value) linksIn(each, key, found);
  if (!isObject(value)) return;
  const [, type, id, rest = ''] = typeof value['reference'] === 'string' ? (named.exec(value['reference']) ?? []) : [];
  if (type !== undefined && id !== undefined) found.push({ holder: value, type, id, rest, isStudy: key === 'generatedByReference' });
  for (const [name, inner] of Object.entries(value)) if (!others.has(name)) linksIn(inner, name, found);
}

export async function relinkedStudy(native: Resource, find: FindStudy): Promise<Resource> {
  const copy = cloneJson(native);
  const links: Link[] = [];
  linksIn(copy, '', links);
  await Promise.all(
    links.map(async ({ holder, type, id, rest, isStudy }) => {
      const study = (await find(type, id)) ?? (isStudy ? id : undefined);
      if (study !== undefined) holder['reference'] = `${nativeType}/${study}${rest}`;
    }),
  );
  return copy;
}
