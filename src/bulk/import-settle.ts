/**
 * What waited until all files were read: genomic studies in other shapes, with their parts, and lines that refer to what came later. What leads
 * nowhere even now is refused, as the write of one alone would be; the rest is written. https://hl7.org/fhir/R4/http.html#integrity
 */
import type { Principal } from '../auth/principal.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { FhirError } from '../fhir/outcome.ts';
import type { StudyLines } from '../genomics/study-line.ts';
import type { JobRun } from '../jobs/job.ts';
import { type FindMissing, missingIn } from '../repository/commit/awaiting.ts';
import type { CommitContexts } from '../repository/commit/contexts.ts';
import { DanglingError, danglingFault } from '../repository/commit/integrity.ts';
import { studiesNamed } from '../repository/other-name.ts';
import type { Repository } from '../repository/repository.ts';
import type { Database } from '../store/database.ts';
import { readWaiting, referredTo, type WaitingRow, waitingAmong, waitingFor, waitingNamed } from '../store/statement/import-waiting.ts';
import { changeOfLine, type ImportChange } from './import-change.ts';
import { faultOfLine, type ImportFault } from './import-fault.ts';
import type { ImportWriter, Told } from './import-writer.ts';

export interface Studies {
  readonly lines: StudyLines;
  /** The same repository, which takes studies in any shape. */
  readonly inShapes: (repository: Repository, principal: Principal) => Promise<Repository>;
}

export interface SettleOptions {
  readonly database: Database;
  readonly run: Pick<JobRun, 'job' | 'signal'>;
  readonly writer: ImportWriter;
  readonly definitions: Definitions;
  readonly contexts: CommitContexts;
  readonly studies?: Studies | undefined;
}

const pageLines = 500;
/** Each page is a look through all that waits. */
const pageReferences = 20_000;

interface Line {
  readonly file: number;
  readonly line: number;
  readonly change: ImportChange;
}

/** Behind one of the lines, in the order of the files. */
type Place = readonly [file: number, line: number];
const beginning: Place = [-1, -1];

class Settling {
  readonly #options: SettleOptions;
  readonly #missing: FindMissing;

  constructor(options: SettleOptions) {
    this.#options = options;
    this.#missing = missingIn(options.contexts.current, options.database);
  }

  async all(): Promise<void> {
    // Studies first: others refer to them. One that refers to what waits itself has another chance.
    await this.#studies(false);
    await this.#refuseDangling();
    await this.#write();
    await this.#studies(true);
  }

  #check(): void {
    this.#options.run.signal.throwIfAborted();
  }

  #line({ file, line, body }: WaitingRow): Line {
    const number = Number(line);
    return { file, line: number, change: changeOfLine(number, body, this.#options.definitions) };
  }

  async #page(isShaped: boolean, after: Place): Promise<Line[]> {
    const { database, run } = this.#options;
    const rows = await database.run<WaitingRow>(readWaiting(database.schema, run.job.id, isShaped, after, pageLines));
    return rows.map((row) => this.#line(row));
  }

  /** All that waits, page by page, in the order of the files. */
  async *#pages(isShaped: boolean): AsyncGenerator<Line[]> {
    for (let after = beginning; ; ) {
      this.#check();
      const page = await this.#page(isShaped, after);
      const last = page.at(-1);
      if (last === undefined) return;
      after = [last.file, last.line];
      yield page;
    }
  }

  /** Whoever refers to what neither stands nor waits, and then whoever refers to them. */
  async #refuseDangling(): Promise<void> {
    for (let isChanged = true; isChanged; ) {
      isChanged = false;
      for (let after: string | undefined = ''; after !== undefined; ) {
        this.#check();
        const names = await this.#referredTo(after);
        after = names.at(-1);
        const missing = await this.#leadingNowhere(names);
        if (missing.length > 0 && (await this.#refuseThose(missing))) isChanged = true;
      }
    }
  }

  async #referredTo(after: string): Promise<string[]> {
    const { database, run } = this.#options;
    return (await database.run<{ ref: string }>(referredTo(database.schema, run.job.id, after, pageReferences))).map(({ ref }) => ref);
  }

  /** Without the other names of studies that wait. */
  async #leadingNowhere(names: readonly string[]): Promise<string[]> {
    const { database, run } = this.#options;
    const missing = [...(await this.#missing(names))];
    const studies = missing.flatMap(studiesNamed);
    if (studies.length === 0) return missing;
    const rows = await database.run<{ name: string }>(waitingAmong(database.schema, run.job.id, studies));
    const waiting = new Set(rows.map(({ name }) => name));
    return missing.filter((name) => !studiesNamed(name).some((study) => waiting.has(study)));
  }

  /** True when there was any. */
  async #refuseThose(missing: readonly string[]): Promise<boolean> {
    const { database, run, contexts } = this.#options;
    for (let isChanged = false; ; isChanged = true) {
      this.#check();
      const rows = await database.run<WaitingRow & { refs: string[] }>(waitingFor(database.schema, run.job.id, missing, pageLines));
      if (rows.length === 0) return isChanged;
      const refused = rows.map((row) => {
        const line = this.#line(row);
        const references = row.refs.filter((reference) => missing.includes(reference));
        return { ...line, fault: danglingFault(contexts.current(), line.change, references) };
      });
      await this.#refuse(refused);
    }
  }

  async #refuse(lines: readonly (Line & { readonly fault: FhirError })[]): Promise<void> {
    const { database, writer } = this.#options;
    const told = byFile(lines, (own) => ({
      faults: own.map(({ line, fault, change }) => faultOfLine(line, fault, change)),
      settled: own.map(({ line }) => line),
    }));
    (await database.transaction((session) => writer.settle(session, told)))();
  }

  /** They refer to each other: all of them lead somewhere when the last is written. */
  async #write(): Promise<void> {
    for await (const page of this.#pages(false)) for (const chunk of chunksOf(page)) await this.#writeChunk(chunk);
  }

  async #writeChunk(chunk: readonly Line[]): Promise<void> {
    const { writer } = this.#options;
    const file = chunk[0]?.file ?? 0;
    const faults: ImportFault[] = [];
    const settled = chunk.map(({ line }) => line);
    let done = (): void => undefined;
    await writer.noted((repository) =>
      repository.commit(
        chunk.map(({ change }) => change),
        {
          referentialIntegrity: 'off',
          refuse: (change, fault) => void faults.push(faultOfLine(Number(change.at.slice(5)), fault, change as ImportChange)),
          beside: async (session, outcomes) => {
            done = await writer.settle(session, new Map([[file, { outcomes, faults, settled }]]));
          },
        },
      ),
    );
    done();
  }

  /** `isLast`: what leads nowhere now is refused. */
  async #studies(isLast: boolean): Promise<void> {
    const { studies } = this.#options;
    if (studies === undefined) return;
    // Analyses that no study named stand for themselves.
    for (const isAnalysis of isLast ? [false, true] : [false])
      for await (const page of this.#pages(true))
        for (const line of page)
          if (studies.lines.isAnalysis(line.change.resource) === isAnalysis) await this.#study(studies, line, isLast);
  }

  async #study({ lines, inShapes }: Studies, line: Line, isLast: boolean): Promise<void> {
    const parts = await this.#partsOf(lines.analysesOf(line.change.resource), line);
    const group = [line, ...parts];
    const { writer } = this.#options;
    try {
      await writer.noted(async (repository, principal) => {
        const shaped = await inShapes(repository, principal);
        let done = (): void => undefined;
        await shaped.commit(
          group.map(({ change }) => change),
          {
            ...(group.length > 1 ? { transaction: true } : {}),
            beside: async (session, outcomes) => {
              const outcome = outcomes[0] ?? 'unchanged';
              const told = byFile(group, (own) => ({ outcomes: own.map(() => outcome), settled: own.map((each) => each.line) }));
              done = await writer.settle(session, told);
            },
          },
        );
        done();
      });
    } catch (fault) {
      if (!(fault instanceof FhirError) || fault.status >= 500) throw fault;
      if (isLast || !(fault instanceof DanglingError))
        await this.#refuse(group.map((each) => ({ ...each, fault: ownFault(each, line, fault) })));
    }
  }

  async #partsOf(names: readonly string[], study: Line): Promise<Line[]> {
    if (names.length === 0) return [];
    const { database, run } = this.#options;
    const rows = await database.run<WaitingRow>(waitingNamed(database.schema, run.job.id, names));
    const last = new Map(rows.map((row) => [row.name, this.#line(row)]));
    return [...last.values()].filter(({ file, line }) => file !== study.file || line !== study.line);
  }
}

const byFile = <T extends Line>(lines: readonly T[], toldOf: (own: readonly T[]) => Told): ReadonlyMap<number, Told> =>
  new Map([...new Set(lines.map(({ file }) => file))].map((file) => [file, toldOf(lines.filter((each) => each.file === file))]));

/** What is said of a part of a study, or that the study was refused. */
function ownFault({ change }: Line, study: Line, fault: FhirError): FhirError {
  if (change === study.change) return fault;
  const text = `It belongs to ${study.change.type}/${study.change.id}, which was refused: ${fault.message}`;
  return new FhirError([{ severity: 'error', code: fault.issues[0]?.code ?? 'invalid', diagnostics: text }], fault.status);
}

/** Of one file each, and each resource once. */
function chunksOf(lines: readonly Line[]): Line[][] {
  const chunks: Line[][] = [];
  let names = new Set<string>();
  for (const line of lines) {
    const name = `${line.change.type}/${line.change.id}`;
    const current = chunks.at(-1);
    if (current === undefined || current[0]?.file !== line.file || names.has(name)) {
      chunks.push([line]);
      names = new Set([name]);
    } else {
      current.push(line);
      names.add(name);
    }
  }
  return chunks;
}

/** In one turn: what is looked through is looked through as a whole. */
export async function settleWaiting(options: SettleOptions): Promise<void> {
  if ((options.writer.position.waiting ?? 0) > 0) await new Settling(options).all();
}
