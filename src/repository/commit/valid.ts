/** Only what is valid is written; what a check has to load is loaded outside of the database transaction. https://hl7.org/fhir/R4/validation.html */
import { FhirError, type Issue, refusal } from '../../fhir/outcome.ts';
import type { BeginWriteCheck, WriteCheck, Written } from '../../validation/write-check.ts';
import type { CommitContext } from './context.ts';

/** A check inside of a transaction cannot go on: to be loaded, and then tried again. */
export class NotLoaded extends Error {
  private readonly check: WriteCheck;

  constructor(check: WriteCheck) {
    super('A check of what is written has to load something first');
    this.check = check;
  }

  load(): Promise<void> {
    return this.check.load();
  }
}

/** Throws a FhirError with every issue at once when a resource is not valid, and NotLoaded when that is not known yet. */
export function assertValid({ beginCheck }: Pick<CommitContext, 'beginCheck'>, written: Written): void {
  const check = beginCheck([written]);
  const issues = check.issues();
  if (issues === undefined) throw new NotLoaded(check);
  refuseFaults(issues);
}

/** The same for many, and nothing is waited for unless something has to be loaded. */
export function assertAllValid(
  { beginCheck }: { readonly beginCheck: BeginWriteCheck },
  written: readonly Written[],
): void | Promise<void> {
  const check = beginCheck(written);
  const issues = check.issues();
  return issues === undefined ? loadAndAssert(check) : refuseFaults(issues);
}

async function loadAndAssert(check: WriteCheck): Promise<void> {
  for (;;) {
    await check.load();
    const issues = check.issues();
    if (issues !== undefined) return refuseFaults(issues);
  }
}

export function refuseFaults(issues: readonly Issue[]): void {
  if (issues.some(isFault)) throw new FhirError(issues, 422);
}

const isFault = ({ severity }: Issue): boolean => severity === 'error' || severity === 'fatal';

/** What a check wants changes faster than it can be loaded. */
export const neverLoaded = (): FhirError =>
  refusal('too-costly', 'What this resource is to be checked against could not be loaded; try again', { status: 503 });
