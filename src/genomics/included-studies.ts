/** `_include` of studies that are referred to by the name as which a client is told them. https://hl7.org/fhir/R4/search.html#include */
import type { Definitions } from '../fhir/definitions.ts';
import { parseJson } from '../fhir/json.ts';
import { isObject } from '../fhir/resource.ts';
import type { SearchPage } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { walk } from '../search/expression.ts';
import { referenceParameters } from '../search/include/parameter.ts';
import { indexingOf } from '../search/indexing.ts';
import type { IncludeRule, Query } from '../search/query.ts';

/** The study, or the part of one, that stands under a name of another type. */
export type ReadByName = (type: string, id: string) => Promise<StoredVersion | undefined>;

const named = /^(Procedure|Basic)\/([A-Za-z0-9\-.]{1,64})(?=$|[/#])/;
const marks = ['"reference":"Procedure/', '"reference":"Basic/'];

/** What the includes of a query reach beyond what is stored under the names. */
export async function includedStudies(
  definitions: Definitions,
  { includes }: Pick<Query, 'includes'>,
  { matches }: SearchPage,
  read: ReadByName,
): Promise<readonly StoredVersion[]> {
  const rules = includes.filter(({ reverse }) => !reverse);
  if (rules.length === 0) return [];
  const names = new Set(matches.flatMap((version) => namesIn(definitions, rules, version)));
  const found = await Promise.all([...names].map((name) => read(...(name.split('/', 2) as [string, string]))));
  return found.filter((version) => version !== undefined && version.body !== null) as StoredVersion[];
}

function namesIn(definitions: Definitions, rules: readonly IncludeRule[], { type, body }: StoredVersion): readonly string[] {
  if (body === null || !marks.some((mark) => body.includes(mark))) return [];
  const resource = parseJson(body);
  const own = rules.filter(({ source }) => source === undefined || source === type);
  return own.flatMap((rule) => referencesOf(definitions, rule, type, resource));
}

function referencesOf(definitions: Definitions, { code, target }: IncludeRule, type: string, resource: unknown): readonly string[] {
  const found: string[] = [];
  const take = (value: unknown): void => {
    const [name, told] = (isObject(value) && typeof value['reference'] === 'string' && named.exec(value['reference'])) || [];
    if (name !== undefined && (target === undefined || target === told)) found.push(name);
  };
  const indexing = indexingOf(definitions, type);
  for (const parameter of referenceParameters(definitions, type))
    if (code === undefined || code === parameter.code)
      for (const { steps } of indexing.get(parameter.code)?.branches ?? []) walk(resource, steps, 0, take);
  return found;
}
