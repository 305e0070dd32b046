/** Writes of genomic studies in any shape: each becomes a write of the native resource, and is answered in the shape in which it came. */

import type { ShapeName } from '../auth/study-shape.ts';
import type { ChangeResult } from '../repository/change.ts';
import type { CommitOptions, Repository } from '../repository/repository.ts';
import { type Conversion, type Converting, convert, type Origin } from './convert-changes.ts';
import { nativeType } from './study-shape.ts';
import type { Teller } from './told-version.ts';

export interface ShapedCommit extends Converting {
  readonly inner: Repository;
  readonly tellerOf: (name: ShapeName) => Teller;
  /** The same for a view of the open transaction. */
  readonly shaped: (view: Repository) => Repository;
}

const concerned: ReadonlySet<string> = new Set([nativeType, 'Procedure', 'Basic']);

export const shapedCommit =
  (context: ShapedCommit): Repository['commit'] =>
  async (changes, given) => {
    const options = withView(context, given);
    const isNative = context.shape.name === 'native';
    const conversion = changes.some(({ type }) => concerned.has(type)) ? await convert(context, changes) : undefined;
    if (conversion === undefined && isNative) return context.inner.commit(changes, options);
    if (conversion === undefined) return tellAll(context, await context.inner.commit(changes, options), []);
    const isSeveral = conversion.changes.length > 1;
    const results = await context.inner.commit(conversion.changes, isSeveral ? { ...options, transaction: true } : options);
    return tellAll(context, resultsOf(conversion, results), conversion.origins);
  };

function withView({ shaped }: ShapedCommit, options: CommitOptions | undefined): CommitOptions | undefined {
  const within = options?.within;
  return within === undefined ? options : { ...options, within: (view) => within(shaped(view)) };
}

/** One for each of the changes as they were asked for. */
const resultsOf = ({ origins }: Conversion, results: readonly ChangeResult[]): ChangeResult[] =>
  origins.map(({ place }) => results[place] as ChangeResult);

const tellAll = (context: ShapedCommit, results: readonly ChangeResult[], origins: readonly Origin[]): Promise<ChangeResult[]> =>
  Promise.all(results.map((result, i) => toldResult(context, result, origins[i])));

async function toldResult({ shape, tellerOf }: ShapedCommit, result: ChangeResult, origin: Origin | undefined): Promise<ChangeResult> {
  const name = origin?.shape ?? shape.name;
  if (result.version === undefined || name === 'native') return result;
  const { version, parts } = await tellerOf(name).tell(result.version);
  return { ...result, version: (origin?.part === undefined ? undefined : parts.find(({ id }) => id === origin.part)) ?? version };
}
