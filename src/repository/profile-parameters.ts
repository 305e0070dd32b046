/** The SearchParameters of `fhir-profiles/` are registered at start like those of clients: what changed is built by a job. */
import { FhirError } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { isNothing, type ParameterWrite, type Registration, registrationOf } from '../search/registration.ts';
import type { Database } from '../store/database.ts';
import { lockStamp } from '../store/statement/index-version.ts';
import { anyResource, lockResources } from '../store/statement/search-parameter.ts';
import { registrationSql } from './registration-sql.ts';
import { type IndexState, nextStamp, type SearchRegistry } from './search-registry.ts';

const ownerPrefix = 'fhir-profiles ';

/** What the files say now, and what files said that are gone. */
function writesOf({ registered }: IndexState, files: readonly Resource[]): ParameterWrite[] {
  const written = files.map((resource): ParameterWrite => {
    const url = String(resource['url']);
    return { owner: `${ownerPrefix}${url}`, resource, at: url };
  });
  const owners = new Set(written.map(({ owner }) => owner));
  const gone = registered.filter(({ owner }) => owner.startsWith(ownerPrefix) && !owners.has(owner));
  return [...written, ...gone.map(({ owner }) => ({ owner, at: owner }))];
}

/** Throws an Error that says what cannot be used, and why. */
function registration({ standard }: SearchRegistry, state: IndexState, files: readonly Resource[]): Registration {
  try {
    return registrationOf(standard, state.registered, writesOf(state, files));
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    const issues = error.issues.map(({ expression = [], diagnostics }) => `${expression.join(', ')}: ${diagnostics}`);
    throw new Error(`A SearchParameter in fhir-profiles cannot be used. ${issues.join('; ')}`, { cause: error });
  }
}

/** On a database without resources they count at once. */
export async function registerProfiles(database: Database, registry: SearchRegistry, files: readonly Resource[]): Promise<void> {
  if (isNothing(registration(registry, registry.current(), files))) return;
  const { schema } = database;
  await database.transaction(async (session) => {
    await session.run(lockStamp(schema));
    const state = await registry.refresh();
    const plan = registration(registry, state, files);
    if (isNothing(plan)) return;
    const isEmpty = async (): Promise<boolean> => (await session.run<{ found: boolean }>(anyResource(schema)))[0]?.found === false;
    let empty = await isEmpty();
    if (empty) {
      // Whoever writes the first resource meanwhile is waited for, and seen.
      await session.run(lockResources(schema));
      empty = await isEmpty();
    }
    await session.finish(registrationSql(schema, plan, nextStamp(state.stamp), empty));
  });
  await registry.refresh();
}
