/**
 * $everything: whole records, in one answer or page by page. https://hl7.org/fhir/R4/patient-operation-everything.html
 *
 * All that is told is of one snapshot. An answer without pages is handed on while it is gathered.
 */
import type { Session } from '../store/database.ts';
import { snapshotText } from '../store/statement/everything.ts';
import { Certifying } from './everything-certificate.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import type { Listening, Take } from './everything-gather.ts';
import { firstPage, Listed, type ListPage, laterPage } from './everything-list.ts';
import { Sequence } from './everything-sequence.ts';
import { gatherSubject } from './everything-subject.ts';
import type { EverythingBatch, EverythingCertificate, EverythingOptions, EverythingPage, EverythingSubject } from './repository.ts';
import { type StoredVersion, storedVersion } from './stored-version.ts';

export async function everything(
  session: Session,
  context: EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions,
): Promise<EverythingPage | undefined> {
  const { after, count } = options;
  if (after !== undefined) return pageOf(context, await laterPage(session, context, subject, { ...options, after }));
  return count === undefined ? whole(session, context, subject, options) : paged(session, context, subject, { ...options, count });
}

const versionOf = ({ typeNames }: EverythingContext, row: OwnedVersion): StoredVersion => storedVersion(typeNames.get(row.tc) ?? '', row);

function pageOf(context: EverythingContext, { rows, total, next, certificate }: ListPage): EverythingPage {
  async function* versions(): AsyncGenerator<readonly StoredVersion[]> {
    if (rows.length > 0) yield rows.map((row) => versionOf(context, row));
  }
  return { versions: versions(), next: () => next, total: () => total, certificate: () => certificate };
}

interface Gathered {
  readonly isThere: boolean;
  readonly certificate: EverythingCertificate | undefined;
}

/** In one snapshot; undefined certificate where none is asked for. */
function gathered(
  context: EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions,
  told: Pick<Listening, 'take' | 'takeText' | 'isStopped'>,
): Promise<Gathered> {
  return context.frozen(async (session) => {
    const listening: Listening = { session, context, options, ...told };
    if (options.certificate !== true) return { isThere: await gatherSubject(listening, subject), certificate: undefined };
    const certifying = new Certifying();
    const noting: Take = (rows) => {
      for (const { tc, id, ver } of rows) certifying.add(context.typeNames.get(tc) ?? '', id, ver);
      told.take(rows);
    };
    const isThere = await gatherSubject({ ...listening, take: noting }, subject);
    const [row] = await session.run<{ snapshot: string }>(snapshotText);
    return { isThere, certificate: certifying.certificate(row?.snapshot ?? '') };
  });
}

const notListed = (): never => {
  throw new Error('Pages are lists of versions');
};

async function paged(
  session: Session,
  context: EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions & { readonly count: number },
): Promise<EverythingPage | undefined> {
  const listed = new Listed(options.count);
  const listening = { take: (rows: readonly OwnedVersion[]) => listed.add(rows), takeText: notListed, isStopped: () => false };
  const { isThere, certificate } = await gathered(context, subject, options, listening);
  if (!isThere) return undefined;
  return pageOf(context, await firstPage(session, context, subject, options, listed, certificate));
}

async function whole(
  session: Session,
  context: EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions,
): Promise<EverythingPage | undefined> {
  const sequence = new Sequence();
  let certificate: EverythingCertificate | undefined;
  let begun: (() => void) | undefined;
  const first = new Promise<void>((resolve) => (begun = resolve));
  const take: Take = (rows) => {
    sequence.add(rows);
    begun?.();
  };
  const takeText: Listening['takeText'] = (entries, numbers) => {
    sequence.addText(entries, numbers);
    begun?.();
  };
  const done = gathered(context, subject, options, { take, takeText, isStopped: () => sequence.isStopped });
  const told = done.then(
    (result) => {
      certificate = result.certificate;
      sequence.end();
    },
    (fault: unknown) => sequence.end(fault),
  );
  // What is unknown begins with nothing, and a fault at the beginning is one of the request.
  const isThere = await Promise.race([first.then(() => true), done.then((result) => result.isThere)]);
  await Promise.race([first, told]);
  if (!isThere) return undefined;
  async function* versions(): AsyncGenerator<EverythingBatch> {
    for await (const batch of sequence.batches(session, context.schema))
      yield 'text' in batch ? batch : batch.map((row) => versionOf(context, row));
  }
  return { versions: versions(), next: () => undefined, certificate: () => certificate };
}
