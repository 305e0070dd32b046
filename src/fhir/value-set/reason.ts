/** Why something of a value set cannot be known: said to the client who asks for all of it. */
import type { IssueType } from '../outcome.ts';

/** A class, so that nothing that a resource holds can be taken for one. */
export class Reason {
  readonly code: IssueType;
  /** A clause that goes on after "ValueSet … cannot be expanded:". */
  readonly text: string;

  constructor(code: IssueType, text: string) {
    this.code = code;
    this.text = text;
  }
}

export const reason = (code: IssueType, text: string): Reason => new Reason(code, text);

export const isReason = (value: unknown): value is Reason => value instanceof Reason;
