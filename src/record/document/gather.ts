/**
 * What goes into a document: the Composition, what it refers to, and what that refers to in turn, as far as whoever asks may read it.
 * https://hl7.org/fhir/R4/documents.html#content
 */
import type { Definitions } from '../../fhir/definitions.ts';
import { FhirError, type Issue, refusal } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { StoredVersion } from '../../repository/stored-version.ts';
import { type CompositionReference, compositionReferences } from './composition-reference.ts';
import { keyOf, type Reached, type Reaching, reach, type Target, targetOf, targetsOf } from './target.ts';

/** Resources that a document has at most. */
const most = 5000;

function missing({ reference, expression }: CompositionReference, isLocal: boolean): Issue {
  const named = `"${reference.slice(0, 200)}"`;
  const why = isLocal ? `${named} is not to be read here` : `${named} is not on this server, which fetches nothing from others`;
  const diagnostics = `A document holds what its Composition refers to, but ${why}.`;
  return { severity: 'error', code: 'not-found', diagnostics, expression: [`${expression}.reference`] };
}

/** Throws a FhirError (422) with every reference that leads to nothing. */
async function namedBy(reaching: Reaching, composition: Resource): Promise<readonly Reached[]> {
  const references = compositionReferences(composition).filter(({ reference }) => !reference.startsWith('#'));
  const targets = references.map(({ reference }) => targetOf(reaching, reference));
  const found = await Promise.all(targets.map(async (target) => target && reach(reaching, target)));
  const issues = references.flatMap((each, i) => (found[i] === undefined ? [missing(each, targets[i] !== undefined)] : []));
  if (issues.length > 0) throw new FhirError(issues, 422);
  return found.filter((each) => each !== undefined);
}

/** Documents that this one replaces or continues are documents of their own. */
const isContent = (path: string): boolean => !path.startsWith('Composition.relatesTo');

/**
 * Of patients those alone of whom the Composition speaks: a reference to a relative or to a group does not bring their records in.
 * May include: what is referred to in turn — documents.html#content
 */
function isAmong(definitions: Definitions, patients: ReadonlySet<string>, { version, targets }: Reached): boolean {
  if (version.type === 'Patient') return patients.has(version.id);
  const named = targets.filter(({ type }) => type === 'Patient');
  const isOfPatients = definitions.compartment('Patient').has(version.type);
  return !isOfPatients || named.length === 0 || named.some(({ id }) => patients.has(id));
}

/** Each version once, whatever references lead to it. */
class Document {
  readonly #reaching: Reaching;
  readonly #versions = new Map<string, StoredVersion>();
  readonly #asked = new Set<string>();

  constructor(reaching: Reaching) {
    this.#reaching = reaching;
  }

  get versions(): readonly StoredVersion[] {
    return [...this.#versions.values()];
  }

  add(version: StoredVersion): void {
    this.#versions.set(`${version.type}/${version.id}/${version.versionId}`, version);
    if (this.#versions.size > most)
      throw refusal('too-costly', `The Composition leads to more than ${most} resources; a document holds no more.`, { status: 422 });
  }

  /** What was not asked for before, read. */
  async follow(targets: readonly Target[]): Promise<readonly Reached[]> {
    const fresh = targets.filter((target) => !this.#asked.has(keyOf(target)) && this.#asked.add(keyOf(target)));
    const found = await Promise.all(fresh.map((target) => reach(this.#reaching, target)));
    return found.filter((each) => each !== undefined);
  }
}

/** The Composition first, then what it names, then the rest in the order in which it is met. */
export async function gatherDocument(reaching: Reaching, composition: StoredVersion): Promise<readonly StoredVersion[]> {
  const root = JSON.parse(composition.body ?? '{}') as Resource;
  const named = await namedBy(reaching, root);
  const patients = new Set(named.flatMap(({ version: { type, id } }) => (type === 'Patient' ? [id] : [])));
  const document = new Document(reaching);
  document.add(composition);
  for (const { version } of named) document.add(version);
  let round: readonly Target[] = [...named.flatMap(({ targets }) => targets), ...targetsOf(reaching, root, isContent)];
  while (round.length > 0) {
    const found = (await document.follow(round)).filter((each) => isAmong(reaching.definitions, patients, each));
    for (const { version } of found) document.add(version);
    round = found.flatMap(({ targets }) => targets);
  }
  return document.versions;
}
