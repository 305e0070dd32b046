/** Changes apart that refer to what does not stand yet: set aside before the rest is written. https://hl7.org/fhir/R4/http.html#integrity */
import type { Session } from '../../store/database.ts';
import { missingTargets } from '../../store/statement/lock.ts';
import type { Change } from '../change.ts';
import { otherNames } from '../other-name.ts';
import { targetOf } from '../target.ts';
import type { CommitContext } from './context.ts';
import { withoutOtherNames } from './other-name.ts';
import type { Unit } from './unit.ts';

/** Which of the references (`Type/id`) lead to nothing that stands. */
export type FindMissing = (references: readonly string[]) => Promise<ReadonlySet<string>>;

export const missingIn =
  (context: () => CommitContext, session: Session): FindMissing =>
  async (references) => {
    if (references.length === 0) return new Set();
    const now = context();
    const byKey = new Map<string, string>();
    const targets = references.flatMap((reference) => {
      const [type = '', id = ''] = reference.split('/', 2);
      const target = targetOf(now.typeCodes, type, id);
      if (target !== undefined) byKey.set(`${target.typeCode}/${id}`, reference);
      return target ?? [];
    });
    const rows = await session.run<{ tc: number; id: string }>(missingTargets(now.schema, targets));
    const missing = new Set(rows.flatMap(({ tc, id }) => byKey.get(`${tc}/${id}`) ?? []));
    return missing.size === 0 ? missing : withoutOtherNames(now, session, missing);
  };

const namesOf = ({ type }: Change, id = ''): string[] => [`${type}/${id}`, ...otherNames(type, id)];

/** One by one, as the unit has them. */
interface Awaiting {
  readonly names: readonly (readonly string[])[];
  readonly references: readonly (readonly string[])[];
  /** Places of those that are set aside. */
  readonly aside: Set<number>;
}

const listOf = ({ changes, ids, prepared }: Unit): Awaiting => ({
  names: changes.map((change, i) => namesOf(change, ids[i])),
  references: changes.map((_, i) => prepared?.[i]?.index.references ?? []),
  aside: new Set(),
});

/** The places of all that may not be written yet. What stands already is looked for while `after` goes on. */
export async function placesAwaiting(unit: Unit, missing: FindMissing): Promise<ReadonlySet<number>> {
  const { after, held, awaiting } = unit.options;
  const list = listOf(unit);
  const own = new Set(list.names.flat());
  const early = await missing([...new Set(list.references.flat())].filter((reference) => !own.has(reference)));
  await after;
  const absent = new Set(early.size === 0 ? [] : await missing([...early]));
  const names = await held?.(list.names.map(([name = '']) => name));
  const told = new Map<number, readonly string[]>();
  if (names !== undefined && names.size > 0)
    list.names.forEach(([name = ''], i) => {
      if (names.has(name)) told.set(i, list.references[i] ?? []);
    });
  await spread(list, told, absent, missing);
  for (const [i, references] of told) awaiting?.(unit.changes[i] as Change, references);
  return list.aside;
}

/** Whoever refers to what is set aside, and does not stand, is set aside as well. */
async function spread(list: Awaiting, told: Map<number, readonly string[]>, absent: Set<string>, missing: FindMissing): Promise<void> {
  let fresh = [...told.keys()];
  for (;;) {
    list.references.forEach((references, i) => {
      const dangling = told.has(i) ? [] : references.filter((reference) => absent.has(reference));
      if (dangling.length === 0) return;
      told.set(i, dangling);
      fresh.push(i);
    });
    if (fresh.length === 0) return;
    for (const i of fresh) list.aside.add(i);
    for (const name of await missing(fresh.flatMap((i) => list.names[i] ?? []))) absent.add(name);
    fresh = [];
  }
}
