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
}

function changeOf({ at, resource, fullUrl }: Member): Change {
  const base = { type: resource.resourceType, at, resource, ...(fullUrl === undefined ? {} : { fullUrl }) };
  return typeof resource.id === 'string' ? { kind: 'update', id: resource.id, ...base } : { kind: 'create', ...base };
}

const stands = (expression: string, at: string): boolean =>
  expression === at || (expression.startsWith(at) && /^[.[]/.test(expression.slice(at.length)));

/** The changes that a refusal speaks of, each with its texts, and where in the resource they apply. */
function blamed(changes: readonly Change[], error: FhirError): Map<Change, string> {
  const texts = new Map<Change, string>();
  for (const { diagnostics, expression = [] } of error.issues) {
    const change = changes.find(({ at }) => at !== '' && expression.some((path) => stands(path, at)));
    if (change === undefined) continue;
    const place = expression
      .find((path) => stands(path, change.at))
      ?.slice(change.at.length)
      .replace(/^\./, '');
    const text = place ? `${place}: ${diagnostics}` : diagnostics;
    texts.set(change, texts.has(change) ? `${texts.get(change)}; ${text}` : text);
  }
  return texts;
}

export function databaseTarget({ runBundle, repository }: DatabaseTargetOptions): Target {
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
  const members = async (list: readonly Member[]): Promise<Stored> => {
    const refused: RefusedMember[] = [];
    const count = await storeSome(list.map(changeOf), refused);
    return { count, refused };
  };
  return {
    run: async (bundle) => refusedEntriesOf(await runBundle(bundle)),
    collection: members,
    members,
  };
}
