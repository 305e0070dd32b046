/** Loads through the repository, in commits as large as is quick. */
import { FhirError } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Change } from '../../repository/change.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Member } from './item.ts';
import { refusedEntriesOf } from './refused-entry.ts';
import type { RefusedMember, Stored, Target } from './target.ts';

export interface DatabaseTargetOptions {
  /** Runs a transaction or batch as POST on the base would; answers the response Bundle. */
  readonly runBundle: (bundle: Resource) => Promise<Resource>;
  /** Stores without asking whether references lead somewhere: files come in any order. */
  readonly repository: Pick<Repository, 'commit'>;
  /** Told of resources that were stored. */
  readonly wrote?: (count: number) => Promise<void>;
}

function changeOf({ at, resource, fullUrl }: Member): Change {
  const base = { type: resource.resourceType, at, resource, ...(fullUrl === undefined ? {} : { fullUrl }) };
  return typeof resource.id === 'string' ? { kind: 'update', id: resource.id, ...base } : { kind: 'create', ...base };
}

const stands = (expression: string, at: string): boolean =>
  expression === at || (expression.startsWith(at) && /^[.[]/.test(expression.slice(at.length)));

/** What is said of a change, and where in its resource it applies. */
const textOf = ({ at }: Change, { issues }: FhirError): string =>
  issues
    .map(({ diagnostics, expression = [] }) => {
      const place = expression
        .find((path) => at !== '' && stands(path, at))
        ?.slice(at.length)
        .replace(/^\./, '');
      return place ? `${place}: ${diagnostics}` : diagnostics;
    })
    .join('; ');

/** The changes that a refusal speaks of, each with its texts. */
function blamed(changes: readonly Change[], { issues, status }: FhirError): Map<Change, string> {
  const texts = new Map<Change, string>();
  for (const change of changes) {
    const own = issues.filter(({ expression }) => change.at !== '' && expression?.some((path) => stands(path, change.at)));
    if (own.length > 0) texts.set(change, textOf(change, new FhirError(own, status)));
  }
  return texts;
}

export function databaseTarget({ runBundle, repository, wrote }: DatabaseTargetOptions): Target {
  /** Stores what can be stored: without those that are blamed, and by halves when that does not help or nobody is. */
  const storeSome = async (changes: readonly Change[], refused: RefusedMember[], again = false): Promise<number> => {
    if (changes.length === 0) return 0;
    try {
      await repository.commit(changes, { transaction: true });
      return changes.length;
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      const found = blamed(changes, error);
      const texts = changes.length === 1 && found.size === 0 ? new Map([[changes[0] as Change, error.message]]) : found;
      for (const [{ at }, text] of texts) refused.push({ at, text });
      const rest = changes.filter((change) => !texts.has(change));
      return texts.size > 0 && !again ? storeSome(rest, refused, true) : storeHalves(rest, refused);
    }
  };
  /** Keeps the cost low when many are refused one at a time. */
  const storeHalves = async (changes: readonly Change[], refused: RefusedMember[]): Promise<number> => {
    const middle = changes.length >> 1;
    return (await storeSome(changes.slice(0, middle), refused)) + (await storeSome(changes.slice(middle), refused));
  };
  const collection = async (list: readonly Member[]): Promise<Stored> => {
    const refused: RefusedMember[] = [];
    const count = await storeSome(list.map(changeOf), refused);
    return { count, refused };
  };
  const members = async (list: readonly Member[]): Promise<Stored> => {
    const refused: RefusedMember[] = [];
    const refuse = (change: Change, fault: FhirError): void => void refused.push({ at: change.at, text: textOf(change, fault) });
    const changes = list.map(changeOf);
    let count: number;
    try {
      await repository.commit(changes, { refuse });
      count = changes.length - refused.length;
    } catch (error) {
      // Refused as a whole, before they were looked at one by one.
      if (!(error instanceof FhirError)) throw error;
      count = await storeSome(changes, refused);
    }
    await wrote?.(count);
    return { count, refused };
  };
  return {
    run: async (bundle) => refusedEntriesOf(await runBundle(bundle)),
    collection,
    members,
  };
}
