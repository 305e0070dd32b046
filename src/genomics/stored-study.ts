/** The study, or the part of one, that a name of a projected type stands for. */
import type { Definitions } from '../fhir/definitions.ts';
import { studyIds } from '../repository/other-name.ts';
import type { Repository } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { parseSearch } from '../search/parse.ts';
import { nativeType } from './study-shape.ts';

export interface StoredStudy {
  /** Id of the native resource. */
  readonly id: string;
  /** Name of the part that was meant: that of an analysis; absent: the study itself. */
  readonly part?: string;
}

/** What looks up names. */
type Names = Pick<Repository, 'read' | 'search'>;

/** Studies that hold the analysis which stood at the address. */
async function holderOf(repository: Names, definitions: Definitions, address: string): Promise<StoredVersion | undefined> {
  if (!definitions.searchParameters(nativeType).has('analysis')) return undefined;
  const options = { strict: true, defaultCount: 1, maxCount: 1, now: new Date(0) };
  const { matches } = await repository.search(parseSearch(definitions, nativeType, [['analysis', address]], options));
  return matches[0];
}

export interface StudyFinder {
  /** What a name that no resource bears itself stands for. */
  find(type: string, id: string): Promise<StoredStudy | undefined>;
}

export const studyFinder = (repository: Names, definitions: Definitions): StudyFinder => ({
  find: async (type, id) => {
    for (const each of studyIds(id)) if ((await repository.read(nativeType, each)) !== undefined) return { id: each };
    const holder = type === 'Procedure' ? await holderOf(repository, definitions, `${type}/${id}`) : undefined;
    return holder && { id: holder.id, part: id };
  },
});
