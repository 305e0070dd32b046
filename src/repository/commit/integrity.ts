/** Referential integrity: literal local references lead to something, and what is referred to is not deleted. https://hl7.org/fhir/R4/http.html#delete */
import { FhirError, type Issue } from '../../fhir/outcome.ts';
import type { Session } from '../../store/database.ts';
import { referrers } from '../../store/statement/lock.ts';
import type { CommitContext } from './context.ts';
import { eachLive, isLive, itemsOf, nameOf, refusedAt, type Work } from './work.ts';

const isEnforced = (context: CommitContext, work: Work): boolean =>
  context.referentialIntegrity === 'enforce' && work.options.referentialIntegrity !== 'off';

/** Refuses works that refer to what does not stand or what they delete themselves. */
export function assertReferences(context: CommitContext, works: readonly Work[], missing: ReadonlySet<string>): void {
  eachLive(works, (work) => {
    if (!isEnforced(context, work)) return;
    const gone = new Set(
      itemsOf(work)
        .filter((item) => item.change.kind === 'delete')
        .map(nameOf),
    );
    if (missing.size === 0 && gone.size === 0) return;
    const issues = work.items.flatMap((item) =>
      (item.prepared?.index.references ?? [])
        .filter((reference) => missing.has(reference) || gone.has(reference))
        .map((reference) => danglingIssue(item.change.at || item.change.type, reference)),
    );
    if (issues.length > 0) throw new FhirError(issues);
  });
}

const danglingIssue = (at: string, reference: string): Issue => ({
  severity: 'error',
  code: 'business-rule',
  diagnostics: `The reference to ${reference} leads to nothing on this server: create it first, or in the same transaction`,
  expression: [at],
});

/** Refuses works that delete what others still refer to. */
export async function assertUnreferenced(context: CommitContext, session: Session, works: readonly Work[]): Promise<void> {
  const deleted = works
    .filter((work) => isLive(work) && isEnforced(context, work))
    .flatMap((work) =>
      itemsOf(work)
        .filter((item) => item.row?.body === null)
        .map((item) => ({ work, item, token: context.referenceToken(nameOf(item)) })),
    );
  if (deleted.length === 0) return;
  const limit = Math.max(...deleted.map(({ work }) => itemsOf(work).length)) + 1;
  const rows = await session.run<{ token: string; tc: number; id: string }>(
    referrers(
      context.schema,
      deleted.map(({ token }) => token),
      limit,
    ),
  );
  for (const { work, item, token } of deleted) {
    const written = new Set(
      itemsOf(work)
        .filter((other) => other.row)
        .map((other) => `${other.row?.typeCode}/${other.id}`),
    );
    const left = rows.find((row) => row.token === token && !written.has(`${row.tc}/${row.id}`));
    if (left || isReferredToBy(work, token)) {
      work.fault ??= refusedAt(
        item.change,
        'conflict',
        `${nameOf(item)} is still referred to by other resources: delete or change those first`,
      );
    }
  }
}

const isReferredToBy = (work: Work, token: string): boolean =>
  work.items.some((item) => item.row?.body != null && item.row.index.tokens.includes(token));
