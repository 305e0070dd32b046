/** The searches behind a summary: several kinds in one, and one by one where that finds too much. https://hl7.org/fhir/R4/search.html */
import type { Services } from '../interactions/interaction.ts';
import type { Repository } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { allOf, anyOf, type Condition } from '../search/condition.ts';
import { mergeTypes } from '../search/merge-types.ts';
import { parseSearch } from '../search/parse.ts';
import type { ParseOptions } from '../search/parse-context.ts';
import { parseParameter } from '../search/parse-parameter.ts';
import type { Query } from '../search/query.ts';
import { compartmentScope } from '../search/scope.ts';
import type { Wanted } from './wanted.ts';

export interface RecordSearch {
  readonly repository: Repository;
  readonly services: Services;
  readonly patientId: string;
}

const optionsOf = ({ services: { now, settings } }: RecordSearch, count: number): ParseOptions => ({
  ...{ strict: true, defaultCount: count, maxCount: count, now: now() },
  ...(settings.timeZone === undefined ? {} : { timeZone: settings.timeZone }),
});

/** One kind, by itself. */
export async function searchOne(search: RecordSearch, { type, filter, newest, most }: Wanted): Promise<readonly StoredVersion[]> {
  const { repository, services, patientId } = search;
  const order = newest ? [['_sort', '-date'] as const] : [];
  const query = parseSearch(
    services.definitions,
    type,
    [['patient', `Patient/${patientId}`], ...filter, ...order],
    optionsOf(search, most),
  );
  return (await repository.search(query)).matches;
}

/** All kinds at once: those in the compartment of the patient, of whom not every one speaks. */
function queryOf(search: RecordSearch, list: readonly Wanted[], most: number): Query {
  const { definitions } = search.services;
  const options = optionsOf(search, most);
  const conditionOf = ({ type, filter }: Wanted): Condition =>
    allOf(filter.flatMap(([name, value]) => parseParameter({ definitions, type, options }, name, value) ?? []));
  const types = [...new Set(list.map(({ type }) => type))];
  const kinds = types.map((type) => ({ type, condition: anyOf(list.filter((each) => each.type === type).map(conditionOf)) }));
  const scope = compartmentScope(definitions, 'Patient', search.patientId, '*');
  const query = parseSearch(definitions, scope, [['_type', types.join(',')]], options);
  return { ...query, conditions: [...query.conditions, mergeTypes(kinds)] };
}

/** Reads as much as `most` in one go; a record that holds more is asked for each kind. */
export async function searchMany(search: RecordSearch, list: readonly Wanted[], most: number): Promise<readonly StoredVersion[]> {
  if (list.length === 0) return [];
  const { matches, next } = await search.repository.search(queryOf(search, list, most));
  if (next === undefined) return matches;
  return (await Promise.all(list.map((each) => searchOne(search, each)))).flat();
}
