/** What a Bundle of reads may grow to: a small request can ask for the same large resource thousands of times. https://hl7.org/fhir/R4/http.html#brules */
import { refusal } from '../../fhir/outcome.ts';
import type { FhirRequest } from '../interaction.ts';

/** Characters of all answers together. */
const most = 100_000_000;

const isRead = ({ method, path }: FhirRequest): boolean =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && path.at(-1) === '_search');

/** Counts answers; entries that read are refused once there are too many. What an entry writes is always told. */
export class AnswerSize {
  #size = 0;

  /** Throws 403 `too-costly` before a read that would come on top. */
  check(request: FhirRequest): void {
    if (this.#size <= most || !isRead(request)) return;
    throw refusal('too-costly', `The answers to this Bundle have more than ${most} characters already: read in several Bundles, or less.`);
  }

  add(answer: string): string {
    this.#size += answer.length;
    return answer;
  }
}
