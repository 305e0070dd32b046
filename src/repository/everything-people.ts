/**
 * Whose record is asked for: patients, each in a class of those who are the same person.
 *
 * SHALL: "another patient resource that concerns the same actual patient" — patient-definitions.html#Patient.link. All four kinds of link
 * say that, in both directions and over any number of steps; links to RelatedPersons lead into the records of others and are not followed.
 */
import { parseJson } from '../fhir/json.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { compartmentToken, referenceLink } from '../search/link-token.ts';
import type { Session } from '../store/database.ts';
import { linkedPatients } from '../store/statement/everything.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import { eachReference } from './everything-reference.ts';

export class People {
  readonly #classes = new Map<string, number>();

  /** Patients who are each a person of their own. */
  constructor(ids: readonly string[]) {
    for (const id of ids) if (!this.#classes.has(id)) this.#classes.set(id, this.#classes.size);
  }

  get ids(): readonly string[] {
    return [...this.#classes.keys()];
  }

  has(id: string): boolean {
    return this.#classes.has(id);
  }

  /** Both are the same person. */
  join(known: string, other: string): void {
    const kept = this.#classes.get(known) ?? 0;
    const left = this.#classes.get(other);
    this.#classes.set(other, kept);
    if (left !== undefined && left !== kept) for (const [id, one] of this.#classes) if (one === left) this.#classes.set(id, kept);
  }

  /** All patients named are one person, whose record is asked for. */
  areOne(named: ReadonlySet<string>): boolean {
    let only: number | undefined;
    for (const id of named) {
      const one = this.#classes.get(id);
      if (one === undefined || (only !== undefined && only !== one)) return false;
      only = one;
    }
    return true;
  }
}

/** Token by which a Patient is found that links to the patient. */
export const linkToken = (id: string): string => referenceLink('Patient|link', `Patient/${id}`);

/** Ids of the patients that the links of a Patient lead to. */
export function linkedIn({ bases }: Pick<EverythingContext, 'bases'>, body: string | null): readonly string[] {
  if (body === null || !body.includes('"link":[')) return [];
  // What is stored lacks its head, which ends inside meta.
  const { link } = parseJson(`{"meta":{"versionId":"1"${body}`) as Resource;
  const found: string[] = [];
  const literal = JSON.stringify((Array.isArray(link) ? link : []).map((each) => (isObject(each) ? each['other'] : undefined)));
  eachReference(
    literal,
    bases,
    (type) => type === 'Patient',
    ({ id }) => found.push(id),
  );
  return found;
}

/** Patients looked at in one statement. */
const chunk = 500;

/** Adds all who are the same person as one of the people, stand, and may be seen. */
export async function addLinked(session: Session, context: EverythingContext, people: People, from: readonly string[]): Promise<void> {
  const standing = await reached(session, context, from);
  const both = new Map([...standing.keys()].map((id) => [id, new Set<string>()]));
  for (const [id, links] of standing)
    for (const other of links) {
      both.get(other)?.add(id);
      if (standing.has(other)) both.get(id)?.add(other);
    }
  const done = new Set<string>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (done.has(id)) continue;
    done.add(id);
    for (const other of both.get(id) ?? []) {
      people.join(id, other);
      queue.push(other);
    }
  }
}

/** Patients that are reached over links of any direction, by their ids, each with those that it links to. */
async function reached(
  session: Session,
  context: EverythingContext,
  from: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const standing = new Map<string, readonly string[]>();
  const asked = new Set<string>();
  for (let round = [...from]; round.length > 0; ) {
    const now = round.slice(0, chunk);
    round = round.slice(chunk);
    for (const id of now) asked.add(id);
    for (const row of await linked(session, context, now)) {
      if (standing.has(row.id)) continue;
      const links = linkedIn(context, row.body);
      standing.set(row.id, links);
      round.push(...[row.id, ...links].filter((id) => !asked.has(id) && !round.includes(id)));
    }
  }
  return standing;
}

async function linked(session: Session, { schema, within }: EverythingContext, ids: readonly string[]): Promise<readonly OwnedVersion[]> {
  const asked = { selves: ids.map(compartmentToken), links: ids.map(linkToken) };
  const rows = await session.run<OwnedVersion>(linkedPatients(schema, asked));
  return within === undefined ? rows : within(rows, session);
}
