/** References to studies by the names as which clients are told them, and to analyses that went into a study. */
import { unrestricted } from '../../auth/unrestricted.ts';
import type { Session } from '../../store/database.ts';
import { missingTargets } from '../../store/statement/lock.ts';
import { otherNames, studiesNamed, studyType } from '../other-name.ts';
import { targetOf } from '../target.ts';
import type { CommitContext } from './context.ts';
import { type Item, nameOf } from './work.ts';

/** Every name under which others may refer to it. */
export const namesOf = (item: Item): string[] => [
  nameOf(item),
  ...otherNames(item.change.type, item.id ?? ''),
  ...(item.change.names ?? []).flatMap(({ type, id }) => (id === undefined ? [] : [`${type}/${id}`])),
];

/** Names of a study that no other resource has: what refers to these means the study. */
export async function freeNames(
  { schema, typeCodes }: CommitContext,
  session: Session,
  { change, id = '' }: Item,
): Promise<readonly string[]> {
  const names = otherNames(change.type, id);
  if (names.length === 0) return names;
  const targets = names.flatMap((name) => targetOf(typeCodes, ...(name.split('/', 2) as [string, string])) ?? []);
  const rows = await session.run<{ tc: number; id: string }>(missingTargets(schema, targets));
  const free = new Set(rows.map((row) => `${row.tc}/${row.id}`));
  return names.filter((name) => {
    const [type = '', other = ''] = name.split('/', 2);
    return free.has(`${typeCodes.get(type)}/${other}`);
  });
}

/** What leads nowhere, without what is the other name of a study that stands. */
export async function withoutOtherNames(
  context: CommitContext,
  session: Session,
  missing: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const named = [...missing].filter((reference) => studiesNamed(reference).length > 0);
  if (named.length === 0) return missing;
  const [studies, parts] = await Promise.all([standingStudies(context, session, named), standingParts(context, session, named)]);
  const isThere = (reference: string): boolean => parts.has(reference) || studiesNamed(reference).some((study) => studies.has(study));
  return new Set([...missing].filter((reference) => !isThere(reference)));
}

async function standingStudies(
  { schema, typeCodes }: CommitContext,
  session: Session,
  named: readonly string[],
): Promise<ReadonlySet<string>> {
  const studies = [...new Set(named.flatMap(studiesNamed))];
  const targets = studies.flatMap((study) => targetOf(typeCodes, studyType, study.slice(studyType.length + 1)) ?? []);
  const rows = await session.run<{ id: string }>(missingTargets(schema, targets));
  const absent = new Set(rows.map(({ id }) => `${studyType}/${id}`));
  return new Set(studies.filter((study) => !absent.has(study)));
}

/** Procedures of analyses: the study that holds each says where it stood. */
async function standingParts(context: CommitContext, session: Session, named: readonly string[]): Promise<ReadonlySet<string>> {
  if (!context.registered.some(({ parameter: { code, base } }) => code === 'analysis' && base.includes(studyType))) return new Set();
  const parts = named.filter((reference) => reference.startsWith('Procedure/'));
  const criteria = parts.map((part) => ({ type: studyType, text: `analysis=${part}`, access: unrestricted }));
  const found = criteria.length === 0 ? [] : await context.findMatches(session, criteria, 1);
  return new Set(parts.filter((_, i) => (found[i]?.length ?? 0) > 0));
}
