/** Follows hierarchies of resources, level by level. https://hl7.org/fhir/R4/search.html#recursive */
import { refusal } from '../fhir/outcome.ts';
import type { FollowHierarchy } from '../search/hierarchy.ts';
import type { Session } from '../store/database.ts';
import { partsOf, wholesOf } from '../store/statement/hierarchy.ts';

export interface HierarchyContext {
  readonly schema: string;
  readonly typeCodes: ReadonlyMap<string, number>;
}

/** Each is a value of the search that follows. */
const mostMembers = 10_000;

/** Hierarchies should have no circles; one that has is followed once around. */
export const followHierarchy =
  (session: Session, { schema, typeCodes }: HierarchyContext): FollowHierarchy =>
  async ({ relation, type, parentKey, from }) => {
    const step = relation === 'below' ? partsOf : wholesOf;
    const typeCode = typeCodes.get(type) ?? -1;
    const found = new Set(from);
    for (let level = from; level.length > 0; ) {
      const rows = await session.run<{ self: string }>(step(schema, { from: level, parentKey, typeCode }));
      level = rows.map(({ self }) => self).filter((self) => !found.has(self));
      for (const self of level) found.add(self);
      if (found.size > mostMembers) throw tooMany(type);
    }
    return [...found];
  };

const tooMany = (type: string) =>
  refusal('too-costly', `The hierarchy of ${type} has more than ${mostMembers} members there: begin further down`, { status: 400 });
