/** The policies that come with the server. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../root.ts';
import { type Policy, parsePolicy } from './policy.ts';

export function shippedPolicies(isType: (name: string) => boolean): ReadonlyMap<string, Policy> {
  const folder = projectFile('src/auth/policies');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const policies = files.map((name) => parsePolicy(JSON.parse(readFileSync(join(folder, name), 'utf8')), isType));
  return new Map(policies.map((policy) => [policy.name, policy]));
}
