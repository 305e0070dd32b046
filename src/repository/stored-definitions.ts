/** Conformance resources of the store by their canonicals, as terminology and validation ask for them. https://hl7.org/fhir/R4/references.html#canonical */
import type { Definitions } from '../fhir/definitions.ts';
import { parseSearch } from '../search/parse.ts';
import type { StoredDefinition, StoredDefinitions } from '../terminology/stored-source.ts';
import type { Repository } from './repository.ts';

/** Versions of one canonical that are read at once. */
const pageSize = 100;

/** Backslash, comma, dollar and bar have a meaning in search values. */
const escaped = (value: string): string => value.replace(/[\\,$|]/g, '\\$&');

const options = { strict: true, defaultCount: pageSize, maxCount: pageSize, now: new Date(0) } as const;

/** Through the repository of whoever asks: nothing is found that could not be read. */
export const storedDefinitions = (repository: Pick<Repository, 'read' | 'search'>, definitions: Definitions): StoredDefinitions => ({
  find: storedByUrl(repository, definitions),
  read: (type, id) => repository.read(type, id),
});

/** Current versions of the resources of a type with this `url`, last updated first. */
export const storedByUrl =
  (repository: Pick<Repository, 'search'>, definitions: Definitions) =>
  async (type: string, url: string): Promise<readonly StoredDefinition[]> => {
    const pairs: [string, string][] = [
      ['url', escaped(url)],
      ['_sort', '-_lastUpdated'],
    ];
    const found: StoredDefinition[] = [];
    for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
      const query = parseSearch(definitions, type, next === undefined ? pairs : [...pairs, ['_cursor', next]], options);
      const page = await repository.search(query);
      found.push(...page.matches);
      next = page.next;
    }
    return found;
  };
