/** Launches from an EHR: what it has open when a person starts an application. https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch */
import { insertLaunch, type LaunchRow, takeLaunch } from '../store/statement/authorization/launch.ts';
import type { LaunchContext } from './launch-context.ts';
import { hashOf, newSecret } from './secret.ts';
import type { Tables } from './tables.ts';

export interface Launch {
  readonly context: LaunchContext;
  /** Id of the account of the person who launches: nobody else may go on with it. */
  readonly account?: string | undefined;
}

/** Answers the value of `launch`: for one client, and one use within five minutes. */
export async function createLaunch(tables: Tables, { context, account }: Launch, client: string): Promise<string> {
  const { text, hash } = newSecret();
  await tables.run(insertLaunch(tables.schema, hash, client, account ?? null, context));
  return text;
}

/** Undefined when it is unknown, was used, has expired, or is for another client. */
export async function useLaunch(tables: Tables, text: string, client: string): Promise<Launch | undefined> {
  const [row] = await tables.run<LaunchRow>(takeLaunch(tables.schema, hashOf(text), client));
  return row && { context: row.context as LaunchContext, ...(row.account === null ? {} : { account: row.account }) };
}
