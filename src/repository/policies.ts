/**
 * The policies of the moment: those that come with the server, and those of the database, which go before. A change is heard at once,
 * and found by looking every few seconds; tokens need not be made anew, since access is made of the policies that stand.
 */
import { type Policy, parsePolicy } from '../auth/policy.ts';
import { shippedPolicies } from '../auth/shipped-policies.ts';
import { FhirError } from '../fhir/outcome.ts';
import type { Session } from '../store/database.ts';
import { deletePolicy, type PolicyRow, readPolicies, writePolicy } from '../store/statement/authorization/policy.ts';
import { channel } from './registration-sql.ts';

export type IsType = (name: string) => boolean;

export interface Policies {
  /** By name; the same object until one changes. */
  current(): ReadonlyMap<string, Policy>;
  /** Any notice of the database. */
  heard(payload: string): void;
  look(): Promise<void>;
}

const changedPolicy = (schema: string): string => `${schema} policy`;

/** One that can no longer be read, such as one of a newer version of this program, is left out: whoever is under it may do nothing. */
function readable({ name, body }: PolicyRow, isType: IsType): [string, Policy][] {
  try {
    return [[name, parsePolicy(body, isType)]];
  } catch (error) {
    if (error instanceof FhirError) return [];
    throw error;
  }
}

export function policiesOf(session: Session, schema: string, isType: IsType): Policies {
  const shipped = shippedPolicies(isType);
  let known: ReadonlyMap<string, Policy> = shipped;
  let text = '[]';
  const look = async (): Promise<void> => {
    const rows = await session.run<PolicyRow>(readPolicies(schema));
    const found = JSON.stringify(rows);
    if (found === text) return;
    const stored = rows.flatMap((row) => readable(row, isType));
    const names = new Set(rows.map(({ name }) => name));
    [text, known] = [found, new Map([...[...shipped].filter(([name]) => !names.has(name)), ...stored])];
  };
  return {
    current: () => known,
    heard: (payload) => {
      if (payload === changedPolicy(schema)) look().catch(() => undefined);
    },
    look,
  };
}

/** Throws a FhirError (400) for what is no policy. */
export async function putPolicy(session: Session, schema: string, body: unknown, isType: IsType): Promise<Policy> {
  const policy = parsePolicy(body, isType);
  await session.run(writePolicy(schema, policy.name, JSON.stringify(body), channel, changedPolicy(schema)));
  return policy;
}

/** False where there is none of the name; those that come with the server stay. */
export const dropPolicy = async (session: Session, schema: string, name: string): Promise<boolean> =>
  (await session.run(deletePolicy(schema, name, channel, changedPolicy(schema)))).length > 0;
