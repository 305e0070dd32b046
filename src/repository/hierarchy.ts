/** Follows hierarchies of resources, level by level. https://hl7.org/fhir/R4/search.html#recursive */
import { refusal } from '../fhir/outcome.ts';
import type { FollowHierarchy } from '../search/hierarchy.ts';
import type { Session } from '../store/database.ts';
import { partsOf, wholesOf } from '../store/statement/hierarchy.ts';

export interface HierarchyContext {
  readonly schema: string;
  readonly typeCodes: ReadonlyMap<string, number>;
  /** Of resources of a type, by their hashes, those that may be found; absent: all. */
  readonly findable?: ((type: string, selves: readonly string[]) => Promise<readonly string[]>) | undefined;
}

/** Each is a value of the search that follows. */
const mostMembers = 10_000;

/** Hierarchies should have no circles; one that has is followed once around. */
export const followHierarchy =
  (session: Session, { schema, typeCodes, findable = async (_, selves) => selves }: HierarchyContext): FollowHierarchy =>
  async ({ relation, type, parentKey, from }) => {
    const step = relation === 'below' ? partsOf : wholesOf;
    const typeCode = typeCodes.get(type) ?? -1;
    const found = new Set(from);
    // What a resource is part of is told by it alone: one that may not be found tells nothing.
    for (let level = relation === 'above' ? await findable(type, from) : from; level.length > 0; ) {
      const rows = await session.run<{ self: string }>(step(schema, { from: level, parentKey, typeCode }));
      const fresh = rows.map(({ self }) => self).filter((self) => !found.has(self));
      level = fresh.length === 0 ? fresh : await findable(type, fresh);
      for (const self of level) found.add(self);
      if (found.size > mostMembers) throw tooMany(type);
    }
    return [...found];
  };

const tooMany = (type: string) =>
  refusal('too-costly', `The hierarchy of ${type} has more than ${mostMembers} members there: begin further down`, { status: 400 });
