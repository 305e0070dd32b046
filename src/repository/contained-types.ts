/** Which types are contained in anything: only these are looked for within other resources. https://hl7.org/fhir/R4/search.html#contained */
import { plainType } from '../search/contained/type.ts';
import type { Session } from '../store/database.ts';
import { containedTypes as containedStatement } from '../store/statement/contained.ts';

export interface ContainedTypes {
  /** By the database, asked at most a moment ago. */
  recent(session: Session): ReadonlySet<string> | Promise<ReadonlySet<string>>;
  /** This process has written some. */
  add(type: string): void;
}

/** How old the knowledge of what others wrote may be. */
const mostAge = 1000;

export function containedTypes(schema: string, now: () => number): ContainedTypes {
  const known = new Set<string>();
  let asked = Number.NEGATIVE_INFINITY;

  const ask = async (session: Session): Promise<ReadonlySet<string>> => {
    const start = now();
    for (const { name } of await session.run<{ name: string }>(containedStatement(schema))) known.add(plainType(name));
    asked = start;
    return known;
  };

  return {
    recent: (session) => (now() - asked < mostAge ? known : ask(session)),
    add: (type) => void known.add(plainType(type)),
  };
}
