/** The patients that are members of a Group at a moment, those of Groups within it among them. https://hl7.org/fhir/R4/group.html */
import type { Access } from '../auth/access.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { parseJson } from '../fhir/json.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Repositories } from '../repository/create-repositories.ts';
import { headOf } from '../repository/stored-version.ts';
import { parseSearch } from '../search/parse.ts';
import type { Session } from '../store/database.ts';
import { bodiesOf } from '../store/statement/export.ts';

export interface MembersContext {
  readonly session: Session;
  readonly schema: string;
  readonly repositories: Repositories;
  readonly access: Access;
  readonly definitions: Definitions;
  readonly now: () => Date;
  /** FHIR base: references under it are local. */
  readonly base: string;
}

interface Member {
  readonly entity?: { readonly reference?: string };
  readonly inactive?: boolean;
  readonly period?: { readonly end?: string };
}

const mostGroups = 1000;

/** Throws a FhirError (404) when the Group is not within reach. */
export async function membersOf(context: MembersContext, group: string): Promise<readonly string[]> {
  const patients = new Set<string>();
  const groups = new Set<string>([group]);
  for (const id of groups) {
    const members = await listed(context, id);
    if (members === undefined && id === group) throw refusal('not-found', `Group/${group} is not known here.`);
    for (const reference of (members ?? []).flatMap((member) => local(context, member))) {
      if (reference.type === 'Patient') patients.add(reference.id);
      if (reference.type === 'Group') groups.add(reference.id);
    }
    if (groups.size > mostGroups) throw refusal('too-costly', `Group/${group} leads to more than ${mostGroups} Groups.`, { status: 400 });
  }
  return [...patients];
}

/** Whoever has left is none any more. */
const isMember = ({ inactive, period }: Member, now: string): boolean =>
  inactive !== true && (period?.end === undefined || period.end >= now.slice(0, period.end.length));

function local({ now, base }: MembersContext, member: Member): readonly { readonly type: string; readonly id: string }[] {
  const reference = member.entity?.reference;
  if (reference === undefined || !isMember(member, now().toISOString())) return [];
  const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const [, type, id] = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(relative) ?? [];
  return type === undefined || id === undefined ? [] : [{ type, id }];
}

async function listed(
  { session, schema, repositories, access, definitions, now }: MembersContext,
  id: string,
): Promise<readonly Member[] | undefined> {
  if (access.condition('Group', ['r', 's']) === undefined) return undefined;
  const options = { strict: true, defaultCount: 1, maxCount: 1, now: now() };
  const query = parseSearch(definitions, 'Group', [['_id', id]], options);
  const [row] = await session.run<{ body: string }>(bodiesOf(schema, await repositories.selection(session, access, query)));
  if (row === undefined) return undefined;
  const resource = parseJson(headOf('Group', id, '1', '') + row.body) as { readonly member?: readonly Member[] };
  return resource.member ?? [];
}
