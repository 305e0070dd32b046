/** Commits chunks in their order, some prepared while others are written; how far the job got stands in the transaction of each. */
import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/open-audit.ts';
import type { Principal } from '../auth/principal.ts';
import type { JobRun } from '../jobs/job.ts';
import type { ChangeOutcome } from '../repository/change.ts';
import type { Repository } from '../repository/repository.ts';
import type { Database } from '../store/database.ts';
import { insertFaults } from '../store/statement/import.ts';
import type { ImportChange } from './import-change.ts';
import type { ImportChunk } from './import-chunk.ts';
import { faultOfLine, type ImportFault } from './import-fault.ts';
import { type FileCounts, type ImportPosition, noCounts } from './import-input.ts';

export interface WriterOptions {
  readonly database: Database;
  readonly run: Pick<JobRun, 'job' | 'save'>;
  /** As it stands at this moment. */
  readonly principal: () => Promise<Principal>;
  readonly repository: (principal: Principal) => Repository;
  readonly audit?: Pick<Audit, 'request'> | undefined;
  readonly base: string;
  /** Told of resources that were written. */
  readonly wrote: (count: number) => Promise<void>;
}

/** Chunks under way: one is written, others are prepared. */
const mostUnderWay = 3;

const countsAfter = (before: FileCounts, outcomes: readonly ChangeOutcome[], refused: number): FileCounts => ({
  created: before.created + outcomes.filter((outcome) => outcome === 'created').length,
  updated: before.updated + outcomes.filter((outcome) => outcome === 'updated').length,
  unchanged: before.unchanged + outcomes.filter((outcome) => outcome === 'unchanged').length,
  refused: before.refused + refused,
});

export class ImportWriter {
  readonly #options: WriterOptions;
  #position: ImportPosition;
  #last: Promise<void> = Promise.resolve();
  #underWay: Promise<void>[] = [];

  constructor(options: WriterOptions, position: ImportPosition) {
    this.#options = options;
    this.#position = position;
  }

  /** Of what is committed. */
  get position(): ImportPosition {
    return this.#position;
  }

  /** Resolves when there is room for another one. Throws when one before failed. */
  async write(chunk: ImportChunk): Promise<void> {
    const mine = this.#commit(chunk, this.#last);
    mine.catch(() => undefined);
    this.#last = mine;
    this.#underWay.push(mine);
    if (this.#underWay.length >= mostUnderWay) await this.#underWay.shift();
  }

  /** All that was given is committed. */
  async settled(): Promise<void> {
    this.#underWay = [];
    await this.#last;
  }

  /** Goes on elsewhere, with what is told of the file. */
  async move(change: (position: ImportPosition) => ImportPosition, faults: readonly ImportFault[] = []): Promise<void> {
    await this.settled();
    const { database } = this.#options;
    const next = change(this.#position);
    await database.transaction((session) => this.#save(session, next, faults));
    this.#position = next;
  }

  async #commit({ changes, faults: broken, line, offset }: ImportChunk, before: Promise<void>): Promise<void> {
    const { run, principal, repository, audit, base, wrote } = this.#options;
    const who = await principal();
    const requestId = `import-${run.job.handle}-${randomUUID().slice(0, 8)}`;
    const facts = { method: 'POST', target: '/$import', base, address: undefined, requestId, interaction: 'operation' };
    const audited = audit?.request({ ...facts, path: ['$import'], query: [], principal: who });
    const plain = repository(who);
    const faults = [...broken];
    let next = this.#position;
    // Its entry comes when the chunk is written: nobody is to wait for it until then.
    audited?.ended();
    await (audited?.noted(plain) ?? plain).commit(changes, {
      referentialIntegrity: 'off',
      after: before,
      refuse: (change, fault) => void faults.push(faultOfLine(Number(change.at.slice(5)), fault, change as ImportChange)),
      beside: (session, outcomes) => {
        next = this.#after(outcomes, faults.length, { line, offset });
        return this.#save(session, next, faults);
      },
    });
    this.#position = next;
    await audited?.answered({ status: 200 });
    await wrote(changes.length);
  }

  #after(outcomes: readonly ChangeOutcome[], refused: number, place: Pick<ImportPosition, 'line' | 'offset'>): ImportPosition {
    const { file, counts, ...others } = this.#position;
    const own = countsAfter(counts[file] ?? noCounts, outcomes, refused);
    return { ...others, file, ...place, counts: [...counts.slice(0, file), own] };
  }

  async #save(session: Parameters<JobRun['save']>[0], position: ImportPosition, faults: readonly ImportFault[]): Promise<void> {
    const { database, run } = this.#options;
    const { before, offset, total, file } = position;
    const done = before + offset;
    await Promise.all([
      faults.length > 0 ? session.run(insertFaults(database.schema, run.job.id, file, faults)) : undefined,
      run.save(session, { position, done, total: Math.max(total, done) }),
    ]);
  }
}
