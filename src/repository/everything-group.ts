/** The patients of a Group and of the Groups in it. https://hl7.org/fhir/R4/group-definitions.html#Group.member */
import { parseJson } from '../fhir/json.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { standing } from '../store/statement/everything.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import type { Listening } from './everything-gather.ts';
import { eachReference, type LocalReference } from './everything-reference.ts';
import { targetOf } from './target.ts';

export interface Members {
  readonly rows: readonly OwnedVersion[];
  /** Ids of those who stand and may be seen. */
  readonly patients: readonly string[];
}

const chunk = 1000;

async function read({ session, context }: Listening, type: string, ids: readonly string[]): Promise<readonly OwnedVersion[]> {
  const found: OwnedVersion[] = [];
  for (let from = 0; from < ids.length; from += chunk) {
    const targets = ids.slice(from, from + chunk).flatMap((id) => targetOf(context.typeCodes, type, id) ?? []);
    const rows = await session.run<OwnedVersion>(standing(context.schema, targets, context.marks));
    found.push(...(context.within === undefined ? rows : await context.within(rows, session)));
  }
  return found;
}

// "A flag to indicate that the member is no longer in the group" — group-definitions.html#Group.member.inactive
function membersIn({ bases }: EverythingContext, { body }: OwnedVersion): readonly LocalReference[] {
  // What is stored lacks its head, which ends inside meta.
  const { member } = parseJson(`{"meta":{"versionId":"1"${body ?? '}'}`) as Resource;
  const active = (Array.isArray(member) ? member : []).filter((each) => isObject(each) && each['inactive'] !== true);
  const found: LocalReference[] = [];
  eachReference(
    JSON.stringify(active.map(({ entity }) => entity)),
    bases,
    (type) => type === 'Patient' || type === 'Group',
    (to) => found.push(to),
  );
  return found;
}

/** Undefined where the Group does not stand or may not be seen. */
export async function groupOf(listening: Listening, id: string): Promise<Members | undefined> {
  const rows: OwnedVersion[] = [];
  const patients = new Set<string>();
  const asked = new Set<string>();
  for (let round: readonly string[] = [id]; round.length > 0; ) {
    for (const each of round) asked.add(each);
    const found = await read(listening, 'Group', round);
    rows.push(...found);
    const members = found.flatMap((row) => membersIn(listening.context, row));
    for (const to of members) if (to.type === 'Patient') patients.add(to.id);
    round = [...new Set(members.filter((to) => to.type === 'Group').map((to) => to.id))].filter((each) => !asked.has(each));
  }
  if (rows.length === 0) return undefined;
  return { rows, patients: (await read(listening, 'Patient', [...patients])).map((row) => row.id) };
}
