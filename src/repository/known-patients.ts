/**
 * Patients that were found to be one's own, kept as long as nothing was changed that could say otherwise: the count of such changes is
 * read in the same statement as what is asked for, so that nothing is ever shown by what held a moment ago.
 */
import type { PatientSet } from '../auth/access.ts';
import { named } from '../search/compile/page.ts';
import { withinSql } from '../search/compile/within.ts';
import { type RelatedRecord, relatedOffset, relatedPatient } from '../store/statement/read.ts';
import type { Reaching } from './reaching.ts';
import type { ReadRow } from './read.ts';

type Matching = PatientSet & { readonly kind: 'matching' };

/** Patients by their tokens, as of one count of changes. */
interface Own {
  changes: bigint;
  readonly patients: Set<string>;
}

export interface KnownPatients {
  /** Which of whose patients: the same for the same condition. */
  of(patients: Matching): Own;
}

const mostPatients = 10_000;
const mostConditions = 1_000;

export function knownPatients(): KnownPatients {
  const bySet = new WeakMap<Matching, Own>();
  const byCondition = new Map<string, Own>();
  const find = ({ condition }: Matching): Own => {
    const key = JSON.stringify(condition);
    const found = byCondition.get(key) ?? { changes: -1n, patients: new Set<string>() };
    if (!byCondition.has(key) && byCondition.size >= mostConditions) byCondition.clear();
    byCondition.set(key, found);
    return found;
  };
  return {
    of: (patients) => {
      const found = bySet.get(patients) ?? find(patients);
      bySet.set(patients, found);
      return found;
    },
  };
}

function note(own: Own, changes: bigint, patient: string): void {
  if (changes < own.changes) return;
  if (changes > own.changes || own.patients.size >= mostPatients) own.patients.clear();
  own.changes = changes;
  own.patients.add(patient);
}

/** Rows with the count, and what is known; absent where a transaction is open, whose own changes nobody else may go by. */
export interface Relating {
  readonly readRelated: ReadRow<RelatedRecord>;
  readonly known: KnownPatients;
}

/** Whether the patient in whose record the row is belongs to them; false also where it is not known for certain of the very moment. */
export async function isOwn(
  { session, compile }: Pick<Reaching, 'session' | 'compile'>,
  { known }: Relating,
  patients: Matching,
  { pat, changes }: Pick<RelatedRecord, 'pat' | 'changes'>,
): Promise<boolean> {
  const own = known.of(patients);
  if (own.changes === BigInt(changes) && own.patients.has(pat)) return true;
  const within = withinSql(compile, 'r', ['Patient'], patients.condition, relatedOffset);
  const { text, values } = relatedPatient(compile.schema, compile.typeCodes.get('Patient') ?? -1, pat, within);
  const [answer] = await session.run<{ changes: string; own: boolean }>(named([patients.condition], text, values));
  if (answer?.own !== true) return false;
  note(own, BigInt(answer.changes), pat);
  return answer.changes === changes;
}
