/** Statements of a search that take longer than the server allows are refused by the search, which knows what would be cheaper. */
import { refusal } from '../fhir/outcome.ts';
import { sqlState } from '../store/database.ts';

/** query_canceled: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const timeout = '57014';

/** `plan` says how it was run; absent where it would tell of what is stored. */
export const timed = <T>(plan: string | undefined, answer: Promise<T>): Promise<T> =>
  answer.catch((fault: unknown) => {
    if (sqlState(fault) !== timeout) throw fault;
    const text = `The search takes longer than this server allows${plan === undefined ? '' : ` (it was run ${plan})`}: add a patient, a code or a narrower date, or leave out _sort and _total=accurate.`;
    throw refusal('too-costly', text, { status: 400 });
  });
