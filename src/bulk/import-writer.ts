/** Commits chunks in their order, some prepared while others are written; how far the job got stands in the transaction of each. */
import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/open-audit.ts';
import type { Principal } from '../auth/principal.ts';
import type { JobRun } from '../jobs/job.ts';
import type { Change, ChangeOutcome } from '../repository/change.ts';
import type { Repository } from '../repository/repository.ts';
import type { Database, Session } from '../store/database.ts';
import { insertFaults } from '../store/statement/import.ts';
import { dropWaiting, insertWaiting, type WaitingLine, waitingAmong } from '../store/statement/import-waiting.ts';
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

/** What came of lines of one file. */
export interface Told {
  readonly outcomes?: readonly ChangeOutcome[];
  readonly faults?: readonly ImportFault[];
  readonly waiting?: readonly WaitingLine[];
  /** Lines that waited until now. */
  readonly settled?: readonly number[];
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
    await database.transaction((session) => this.#save(session, next, this.#position.file, { faults }));
    this.#position = next;
  }

  /** The repository of who asked, with an entry of the log of accesses for what is done. */
  async noted<T>(work: (repository: Repository, principal: Principal) => Promise<T>): Promise<T> {
    const { run, principal, repository, audit, base } = this.#options;
    const who = await principal();
    const requestId = `import-${run.job.handle}-${randomUUID().slice(0, 8)}`;
    const facts = { method: 'POST', target: '/$import', base, address: undefined, requestId, interaction: 'operation' };
    const audited = audit?.request({ ...facts, path: ['$import'], query: [], principal: who });
    const plain = repository(who);
    // Its entry comes when the work is done: nobody is to wait for it until then.
    audited?.ended();
    const result = await work(audited?.noted(plain) ?? plain, who);
    await audited?.answered({ status: 200 });
    return result;
  }

  async #commit({ changes, later, faults: broken, line, offset }: ImportChunk, before: Promise<void>): Promise<void> {
    const { wrote } = this.#options;
    const faults = [...broken];
    const waiting = later.map((change) => this.#waitingLine(change, [], true));
    let next = this.#position;
    await this.noted((repository) =>
      repository.commit(changes, {
        referentialIntegrity: 'off',
        after: before,
        refuse: (change, fault) => void faults.push(faultOfLine(lineOf(change), fault, change as ImportChange)),
        awaiting: (change, references) => void waiting.push(this.#waitingLine(change as ImportChange, references, false)),
        held: (names) => this.#held(names),
        beside: (session, outcomes) => {
          const { file } = this.#position;
          next = { ...this.#after(file, { outcomes, faults, waiting }), line, offset };
          return this.#save(session, next, file, { faults, waiting });
        },
      }),
    );
    this.#position = next;
    await wrote(changes.length);
  }

  #waitingLine(change: ImportChange, references: readonly string[], isShaped: boolean): WaitingLine {
    const { type, id, text } = change;
    return { file: this.#position.file, line: lineOf(change), name: `${type}/${id}`, references, isShaped, text };
  }

  /** A later line of what waits is a later version, and waits as well. */
  async #held(names: readonly string[]): Promise<ReadonlySet<string>> {
    const { database, run } = this.#options;
    if ((this.#position.waiting ?? 0) === 0) return new Set();
    const rows = await database.run<{ name: string }>(waitingAmong(database.schema, run.job.id, names));
    return new Set(rows.map(({ name }) => name));
  }

  /** Stores what came of lines that waited, by file, in the transaction of what was written of them. What it answers is to be called after that. */
  async settle(session: Session, told: ReadonlyMap<number, Told>): Promise<() => void> {
    let next = this.#position;
    for (const [file, own] of told) {
      next = this.#after(file, own, next);
      await this.#save(session, next, file, own);
    }
    return () => {
      this.#position = next;
    };
  }

  #after(file: number, told: Told, position = this.#position): ImportPosition {
    const { outcomes = [], faults = [], waiting = [], settled = [] } = told;
    const { counts, waiting: before = 0, ...others } = position;
    const all = Array.from({ length: Math.max(counts.length, file + 1) }, (_, i) => counts[i] ?? noCounts);
    const left = before + waiting.length - settled.length;
    all[file] = countsAfter(all[file] ?? noCounts, outcomes, faults.length);
    return { ...others, counts: all, ...(left === 0 ? {} : { waiting: left }) };
  }

  async #save(session: Session, position: ImportPosition, file: number, { faults = [], waiting = [], settled = [] }: Told): Promise<void> {
    const { run, database } = this.#options;
    const [schema, { id }] = [database.schema, run.job];
    const { before, offset, total } = position;
    const done = before + offset;
    const lines = settled.map((line) => ({ file, line }));
    await Promise.all([
      faults.length > 0 ? session.run(insertFaults(schema, id, file, faults)) : undefined,
      waiting.length > 0 ? session.run(insertWaiting(schema, id, waiting)) : undefined,
      lines.length > 0 ? session.run(dropWaiting(schema, id, lines)) : undefined,
      run.save(session, { position, done, total: Math.max(total, done) }),
    ]);
  }
}

/** `line 7`. */
const lineOf = ({ at }: Pick<Change, 'at'>): number => Number(at.slice(5));
