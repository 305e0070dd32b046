/** Runs the includes of a page: round after round, until no rule leads to anything new. https://hl7.org/fhir/R4/search.html#include */
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { compileLookups, compileNumbers, type IncludeRow, type NumberedIncludeRow } from '../search/compile/include.ts';
import { type IncludeContext, type Included, type Lookup, lookupsOf } from '../search/include/lookup.ts';
import type { IncludeRule } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import type { Statement } from '../store/statement.ts';
import { answered } from './known-versions.ts';
import type { SearchContext } from './search.ts';
import { type StoredVersion, storedVersion } from './stored-version.ts';
import { timed } from './timed.ts';

/** Included resources of one page, and rounds of `:iterate`. */
const mostIncluded = 10_000;
const mostRounds = 100;

/** Lookups in one statement: the time to plan it grows faster than their number. */
const groupSize = 10;

const tooMany = (what: string): FhirError =>
  refusal('too-costly', `${what}: ask for fewer matches in a page (_count), or for fewer includes`, {
    expression: '_include',
    status: 400,
  });

/** A version that rules are followed on; parsed only if one has to look into it. */
interface Found extends Included {
  readonly version: StoredVersion;
}

function foundOf(version: StoredVersion, { recent }: Pick<SearchContext, 'recent'>): Found {
  let parsed: Resource | undefined;
  const targets = recent?.targetsIn(version);
  const { type, id } = version;
  return {
    type,
    id,
    version,
    ...(targets === undefined ? {} : { targets }),
    resource: () => (parsed ??= JSON.parse(version.body ?? '{}') as Resource),
  };
}

/** What is on the page, each version once. */
class Page {
  readonly included: StoredVersion[] = [];
  readonly #versions = new Set<string>();
  readonly #known = new Set<string>();

  constructor(matches: readonly StoredVersion[]) {
    for (const match of matches) this.#add(match);
  }

  readonly isKnown = (type: string, id: string): boolean => this.#known.has(`${type}/${id}`);

  /** Whatever may be found already. */
  get size(): number {
    return this.#versions.size;
  }

  include(version: StoredVersion, isCurrent: boolean): boolean {
    const isNew = this.#add(version, isCurrent);
    if (isNew && this.included.push(version) > mostIncluded) throw tooMany(`The page would include more than ${mostIncluded} resources`);
    return isNew;
  }

  #add({ type, id, versionId }: StoredVersion, isCurrent = true): boolean {
    const key = `${type}/${id}/${versionId}`;
    if (this.#versions.has(key)) return false;
    this.#versions.add(key);
    if (isCurrent) this.#known.add(`${type}/${id}`);
    return true;
  }
}

/** What the rules lead to from the matches of a page: the matches themselves and what is found twice are left out. */
export async function includedWith(
  session: Session,
  context: SearchContext,
  includes: readonly IncludeRule[],
  matches: readonly StoredVersion[],
): Promise<readonly StoredVersion[]> {
  const { definitions, bases, within } = context;
  const follow: IncludeContext = { definitions, references: { isResourceType: (name) => definitions.isResourceType(name), bases } };
  const page = new Page(matches);
  let rules = includes;
  let fresh = matches.map((version) => foundOf(version, context));
  for (let round = 0; rules.length > 0 && fresh.length > 0; round++) {
    if (round === mostRounds) throw tooMany(`The includes go on over more than ${mostRounds} steps`);
    const lookups = lookupsOf(follow, rules, fresh, page.isKnown);
    fresh = await runLookups(session, context, within?.lookups(lookups) ?? lookups, page);
    rules = includes.filter(({ iterate }) => iterate);
  }
  return page.included;
}

/** One row of a look-up. */
interface Led {
  readonly lookup: Lookup | undefined;
  readonly version: StoredVersion;
}

async function runLookups(session: Session, context: SearchContext, lookups: readonly Lookup[], page: Page): Promise<Found[]> {
  // So many rows of one lookup cannot all be there already.
  const limit = mostIncluded + page.size + 1;
  const groups = Array.from({ length: Math.ceil(lookups.length / groupSize) }, (_, i) => lookups.slice(i * groupSize, (i + 1) * groupSize));
  const led = await Promise.all(groups.map((group) => timed('to find what is included', ledBy(session, context, group, limit))));
  return led.flat().flatMap(({ lookup, version }) => accepted(context, lookup, version, page));
}

async function ledBy(session: Session, context: SearchContext, group: readonly Lookup[], limit: number): Promise<readonly Led[]> {
  const statement = (): Statement => compileLookups(context, group, limit);
  const versionOf = (row: IncludeRow): StoredVersion => storedVersion(context.typeNames.get(row.tc) ?? '', row);
  const led = (rows: readonly NumberedIncludeRow[], versions: readonly StoredVersion[]): readonly Led[] =>
    versions.map((version, i) => ({ lookup: group[rows[i]?.place ?? -1], version }));
  const numbers = compileNumbers(context, group, limit);
  if (numbers === undefined) {
    const seen = await seenOf(context, group, await session.run<IncludeRow>(statement()));
    return led(seen, seen.map(versionOf));
  }
  const told = Number.POSITIVE_INFINITY;
  const { rows, versions } = await answered<NumberedIncludeRow, IncludeRow>(
    { ...context, session },
    { statement, numbers, versionOf, told },
  );
  return led(rows, versions);
}

/** The condition of a look-up speaks of what stands: versions that are named are looked at themselves. */
async function seenOf({ within }: SearchContext, lookups: readonly Lookup[], rows: readonly IncludeRow[]): Promise<readonly IncludeRow[]> {
  if (within === undefined) return rows;
  const isNamed = ({ place }: IncludeRow): boolean => lookups[place]?.versions !== undefined;
  const seen = new Set(await within.versions(rows.filter(isNamed)));
  return rows.filter((row) => !isNamed(row) || seen.has(row));
}

function accepted(context: SearchContext, lookup: Lookup | undefined, version: StoredVersion, page: Page): Found[] {
  const found = foundOf(version, context);
  if (lookup?.accepts?.(found.resource()) === false) return [];
  return page.include(version, lookup?.versions === undefined) ? [found] : [];
}
