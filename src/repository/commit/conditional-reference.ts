/** Conditional references of a transaction: each becomes the one resource that matches. https://hl7.org/fhir/R4/http.html#trules */
import type { Access } from '../../auth/access.ts';
import { expressionAt, resolveSearchReference, type SearchReference } from '../../fhir/bundle-links.ts';
import { FhirError, refusal } from '../../fhir/outcome.ts';
import type { Candidate } from '../../search/holds.ts';
import type { Session } from '../../store/database.ts';
import type { CommitContext, Criteria } from './context.ts';
import { criteriaFor } from './criteria.ts';
import { eachLive, hasCriteria, type Item, itemsOf, type Work } from './work.ts';

/** A conditional reference, the place of its resource in the request, and who asks. */
export interface OpenReference {
  readonly access: Access;
  readonly reference: SearchReference;
  readonly at: string;
}

/** Ids that stand in the database, by normalised criteria. */
type Found = ReadonlyMap<string, readonly string[]>;

/** Enough to see more than one that the transaction itself does not write. */
const limit = 2;

const criteriaOfReference = ({ reference, access }: OpenReference): Criteria => ({
  type: reference.type,
  text: reference.criteria,
  access,
});

const placeOf = ({ reference, at }: OpenReference): string => expressionAt(at, reference.link.path);

/** Puts the one match in the place of each conditional reference. */
export async function settleReferences(
  context: CommitContext,
  session: Session,
  works: readonly Work[],
  open: ReadonlyMap<Work, readonly OpenReference[]>,
): Promise<void> {
  const keyOf = keysOf(context);
  const wanted = new Map<string, Criteria>();
  let written = 0;
  eachLive(works, (work) => {
    const references = open.get(work) ?? [];
    for (const one of references) wanted.set(keyOf(one), criteriaOfReference(one));
    if (references.length > 0) written = Math.max(written, writtenOf(work, references).size);
  });
  if (wanted.size === 0) return;
  const matches = await context.findMatches(session, [...wanted.values()], limit + written);
  const found = new Map([...wanted.keys()].map((key, i) => [key, matches[i] ?? []]));
  eachLive(works, (work) => settleWork(context, work, open.get(work) ?? [], found, keyOf));
}

type KeyOf = (one: OpenReference) => string;

/** Large transactions refer to the same few resources again and again. */
function keysOf(context: CommitContext): KeyOf {
  const known = new Map<string, string>();
  return (one) => {
    const { type, text, access } = criteriaOfReference(one);
    const own = `${type}?${text} ${access.key}`;
    const key = known.get(own) ?? `${normalised(context, one)} ${access.key}`;
    known.set(own, key);
    return key;
  };
}

/** The criteria in a form that equal ones share. Throws a located 400 for those that cannot be used. */
function normalised(context: CommitContext, one: OpenReference): string {
  try {
    return context.normalise(criteriaOfReference(one));
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    const expression = [placeOf(one)];
    throw new FhirError(
      error.issues.map((issue) => ({ ...issue, expression })),
      error.status,
    );
  }
}

/** What the work writes of the types that its references look for, by `Type/id`: the database shows it as it was before. */
function writtenOf(work: Work, references: readonly OpenReference[]): Map<string, Item> {
  const types = new Set(references.map(({ reference }) => reference.type));
  const written = itemsOf(work).filter(({ change, id, existing }) => types.has(change.type) && id !== undefined && !existing);
  // A patch is applied later: until then the stored version tells what it finds.
  return new Map(written.filter(({ change }) => change.kind !== 'patch').map((item) => [`${item.change.type}/${item.id}`, item]));
}

function settleWork(context: CommitContext, work: Work, references: readonly OpenReference[], found: Found, keyOf: KeyOf): void {
  if (references.length === 0) return;
  const written = writtenOf(work, references);
  const candidates = candidatesOf(context, written);
  const made = madeUnderCriteria(context, work);
  const settled = new Map<string, readonly string[]>();
  for (const one of references) {
    const key = keyOf(one);
    const own = made.get(key);
    const matches = settled.get(key) ?? (own === undefined ? matchesOf(context, one, found.get(key) ?? [], written, candidates) : [own]);
    settled.set(key, matches);
    resolve(one, matches);
  }
}

/** Resources that the work makes or finds under criteria of their own: equal criteria mean them. */
function madeUnderCriteria(context: CommitContext, work: Work): Map<string, string> {
  const made = work.items.filter((item) => hasCriteria(item) && item.id !== undefined && item.change.kind !== 'delete');
  const { key } = work.options.access;
  return new Map(made.map((item) => [`${context.normalise(criteriaFor(work, item))} ${key}`, item.id ?? '']));
}

/** What the work writes, by type, in terms of the index. */
function candidatesOf(context: CommitContext, written: ReadonlyMap<string, Item>): ReadonlyMap<string, readonly Candidate[]> {
  const candidates = new Map<string, Candidate[]>();
  const updated = context.now().getTime();
  for (const { change, id } of written.values()) {
    if (id === undefined || !('resource' in change)) continue;
    const candidate = { type: change.type, id, rows: context.extract({ ...change.resource, id }), updated };
    const ofType = candidates.get(change.type);
    if (ofType === undefined) candidates.set(change.type, [candidate]);
    else ofType.push(candidate);
  }
  return candidates;
}

// SHALL: references are resolved after all writes — http.html#trules
function matchesOf(
  context: CommitContext,
  one: OpenReference,
  found: readonly string[],
  written: ReadonlyMap<string, Item>,
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): string[] {
  const criteria = criteriaOfReference(one);
  const standing = found.filter((id) => !written.has(`${criteria.type}/${id}`));
  const own = (candidates.get(criteria.type) ?? []).filter(context.candidateTest(criteria));
  return [...standing, ...own.map(({ id }) => id)];
}

function resolve(one: OpenReference, matches: readonly string[]): void {
  const { type } = one.reference;
  // SHALL: no match or several fail the transaction — http.html#trules
  if (matches.length !== 1) {
    const [code, found] = matches.length === 0 ? (['not-found', 'nothing'] as const) : (['multiple-matches', 'several resources'] as const);
    const text = `The conditional reference to ${type} matches ${found}: it must select exactly one`;
    throw refusal(code, text, { status: 412, expression: placeOf(one) });
  }
  resolveSearchReference(one.reference, `${type}/${matches[0]}`);
}
