/** The registry without some search parameters, such as those that a server leaves out to save room. */
import type { Definitions, SearchParameter } from './definitions.ts';
import { remembered } from './remembered.ts';

export function withoutSearchParameters(definitions: Definitions, codes: ReadonlySet<string>): Definitions {
  const without = (name: string): ReadonlyMap<string, SearchParameter> =>
    new Map([...definitions.searchParameters(name)].filter(([code]) => !codes.has(code)));
  return { ...definitions, searchParameters: remembered((name) => definitions.type(name) !== undefined, without) };
}
