/** A repository that tells genomic studies in the shape that a client chose, and takes them in any. */
import type { Definitions } from '../fhir/definitions.ts';
import {
  type EverythingPage,
  type HistoryPage,
  type HistoryRange,
  isEntryText,
  type Repository,
  type SearchPage,
} from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { includedStudies } from './included-studies.ts';
import { type ShapedCommit, shapedCommit } from './shaped-commit.ts';
import { type StoredStudy, studyFinder } from './stored-study.ts';
import { nativeType, type StudyShape, type StudyShapes } from './study-shape.ts';
import { type Stands, type Teller, type ToldVersion, teller } from './told-version.ts';
import { withinReach } from './within-reach.ts';

export interface ShapedContext extends Pick<ShapedCommit, 'check' | 'checkStructure' | 'mayBeElsewhere'> {
  readonly shapes: StudyShapes;
  readonly definitions: Definitions;
}

const stands = (version: StoredVersion | undefined): version is StoredVersion => version !== undefined && version.body !== null;

/** `plain` reads what is looked up only to find names; what is answered comes from `inner`. */
export function shapedRepository(context: ShapedContext, shape: StudyShape, inner: Repository, plain: Repository): Repository {
  const probe = withinReach(plain);
  const isThere: Stands = async (type, id) => stands(await probe.read(type, id));
  const own = teller(shape, isThere);
  const finder = studyFinder(probe, context.definitions);
  const isNative = shape.name === 'native';

  /** The study by the name of another type, as that type tells it. */
  async function byName(
    type: string,
    id: string,
    read: (study: string) => Promise<StoredVersion | undefined>,
  ): Promise<StoredVersion | undefined> {
    const named = context.shapes.ofType(type);
    const found = named && (await finder.find(type, id));
    const version = found && (await read(found.id));
    return named && found && version && partOf(await teller(named, isThere).tell(version), found);
  }

  /** What is stored under the name of another type. */
  async function studyByName(type: string, id: string): Promise<StoredVersion | undefined> {
    const found = (await isThere(type, id)) ? undefined : await finder.find(type, id);
    return found && inner.read(nativeType, found.id);
  }

  const told = async (version: StoredVersion | undefined): Promise<StoredVersion | undefined> =>
    version === undefined || isNative ? version : (await own.tell(version)).version;

  async function historyByName(type: string, id: string, range: HistoryRange): Promise<HistoryPage | undefined> {
    const named = context.shapes.ofType(type);
    if (named === undefined || (await isThere(type, id))) return undefined;
    const found = await finder.find(type, id);
    if (found === undefined) return undefined;
    const page = await inner.history({ type: nativeType, id: found.id }, range);
    const tellers = teller(named, isThere);
    const versions = await Promise.all(page.versions.map(async (version) => partOf(await tellers.tell(version), found)));
    return { ...page, versions: versions.filter((version) => version !== undefined) };
  }

  return {
    read: async (type, id) => {
      const version = await inner.read(type, id);
      if (stands(version)) return told(version);
      return (await byName(type, id, (study) => inner.read(nativeType, study))) ?? told(version);
    },
    vread: async (type, id, versionId) => {
      const version = await inner.vread(type, id, versionId);
      return version === undefined ? byName(type, id, (study) => inner.vread(nativeType, study, versionId)) : told(version);
    },
    history: async (scope, range) => {
      const named = scope.type === undefined || scope.id === undefined ? undefined : await historyByName(scope.type, scope.id, range);
      if (named !== undefined) return named;
      const page = await inner.history(scope, range);
      return isNative ? page : { ...page, versions: withParts(await tellAll(own, page.versions)) };
    },
    search: async (query) => {
      const page = await inner.search(query);
      return isNative ? page : toldPage(own, page, await includedStudies(context.definitions, query, page, studyByName));
    },
    everything: async (subject, options) => {
      if (isNative) return inner.everything(subject, options);
      const { entriesUnder: _, ...looked } = options;
      const page = await inner.everything(subject, looked);
      return page && toldStream(own, page);
    },
    commit: shapedCommit({
      ...{ ...context, inner, probe, finder, shape },
      tellerOf: (name) => teller(context.shapes.of(name), isThere),
      shaped: (view) => shapedRepository(context, shape, view, view),
    }),
  };
}

/** What was meant: the study, or one of its parts, which an earlier version may not have. */
function partOf({ version, parts }: ToldVersion, { part }: StoredStudy): StoredVersion | undefined {
  return part === undefined ? version : parts.find(({ id }) => id === part);
}

const tellAll = (own: Teller, versions: readonly StoredVersion[]): Promise<ToldVersion[]> => Promise.all(versions.map(own.tell));

const withParts = (all: readonly ToldVersion[]): StoredVersion[] => all.flatMap(({ version, parts }) => [version, ...parts]);

/** Parts of the matches come along with them; nothing comes twice. */
async function toldPage(own: Teller, page: SearchPage, studies: readonly StoredVersion[]): Promise<SearchPage> {
  const [matches, included] = await Promise.all([tellAll(own, page.matches), tellAll(own, [...page.included, ...studies])]);
  const told = matches.map(({ version }) => version);
  const beside = [...matches.flatMap(({ parts }) => parts), ...withParts(included)];
  const seen = new Set(told.map(nameOf));
  return { ...page, matches: told, included: beside.filter((version) => seen.size < seen.add(nameOf(version)).size) };
}

/** A contained resource is told apart by what contains it. */
const nameOf = ({ type, id, container = '' }: StoredVersion): string => `${type}/${id} ${container}`;

function toldStream(own: Teller, page: EverythingPage): EverythingPage {
  let hasParts = false;
  async function* versions(): AsyncGenerator<readonly StoredVersion[]> {
    for await (const batch of page.versions) {
      if (isEntryText(batch)) throw new Error('Texts were not asked for');
      const told = withParts(await tellAll(own, batch));
      hasParts ||= told.length > batch.length;
      yield told;
    }
  }
  // How many parts there are on other pages is not known.
  return { ...page, versions: versions(), next: () => page.next(), total: () => (hasParts ? undefined : page.total?.()) };
}
