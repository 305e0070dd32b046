/** Reads sources one rank after another and stores what stands in them, in bounded memory. */
import { FhirError } from '../../fhir/outcome.ts';
import { type Item, itemsOf, type Member } from './item.ts';
import type { Progress } from './progress.ts';
import { rankOf, reasonOf, type Source, type Sources } from './source.ts';
import type { Stored, Target } from './target.ts';

export interface LoadResult {
  readonly resources: number;
  readonly files: number;
  readonly refused: number;
  readonly seconds: number;
}

interface LoadOptions {
  readonly sources: Sources;
  readonly target: Target;
  readonly progress: Progress;
  /** Told of every refused entry: file, place in it, and why. */
  readonly refuse: (file: string, at: string, text: string) => void;
  /** Files read at the same time. */
  readonly parallel?: number;
}

const chunkMembers = 500;
const chunkLength = 4 << 20;

/** Members that wait to be stored in one commit: each id once, for a later line is a later version. */
class Chunk {
  members: Member[] = [];
  #names = new Set<string>();
  #length = 0;

  get isFull(): boolean {
    return this.members.length >= chunkMembers || this.#length >= chunkLength;
  }

  has({ resource }: Member): boolean {
    return this.#names.has(`${resource.resourceType}/${resource.id}`);
  }

  add(member: Member, length: number): void {
    this.members.push(member);
    this.#length += length;
    if (member.resource.id !== undefined) this.#names.add(`${member.resource.resourceType}/${member.resource.id}`);
  }
}

/** One file; a transaction that is refused may be tried again when the others are in. */
class FileLoad {
  readonly #source: Source;
  readonly #options: LoadOptions;
  readonly #count: (resources: number, refused: number) => void;
  #chunk = new Chunk();

  constructor(source: Source, options: LoadOptions, count: (resources: number, refused: number) => void) {
    this.#source = source;
    this.#options = options;
    this.#count = count;
  }

  /** Answers the refusal of a file that is one bundle, not yet reported; bundles among others are reported at once. */
  async run(): Promise<FhirError | undefined> {
    const { progress, target } = this.#options;
    let only: FhirError | undefined;
    let number = 0;
    for await (const item of itemsOf(this.#source.name, await this.#source.open((bytes) => progress.advance(bytes, 0)))) {
      if (only !== undefined) this.refuseIssues(only);
      only = await this.#take(item, target);
      number++;
    }
    await this.#flush();
    if (number === 1) return only;
    if (only !== undefined) this.refuseIssues(only);
    return undefined;
  }

  async #take(item: Item, target: Target): Promise<FhirError | undefined> {
    if (item.kind === 'bundle' || item.kind === 'collection') return this.#whole(item, target);
    if (item.kind === 'resource') await this.#add(item.member, item.length);
    else this.refuse(item.at, item.error.message);
    return undefined;
  }

  async #whole(item: Extract<Item, { kind: 'bundle' | 'collection' }>, target: Target): Promise<FhirError | undefined> {
    await this.#flush();
    try {
      this.#took(await (item.kind === 'bundle' ? target.run(item.bundle) : target.collection(item.members)));
      return undefined;
    } catch (error) {
      if (error instanceof FhirError) return error;
      throw error;
    }
  }

  async #add(member: Member, length: number): Promise<void> {
    if (this.#chunk.isFull || this.#chunk.has(member)) await this.#flush();
    this.#chunk.add(member, length);
  }

  async #flush(): Promise<void> {
    const { members } = this.#chunk;
    this.#chunk = new Chunk();
    if (members.length > 0) this.#took(await this.#options.target.members(members));
  }

  #took({ count, refused }: Stored): void {
    this.#options.progress.advance(0, count);
    this.#count(count, 0);
    for (const { at, text } of refused) this.refuse(at, text);
  }

  refuseIssues({ issues }: FhirError): void {
    for (const { expression, diagnostics } of issues) this.refuse(expression?.[0] ?? '', diagnostics);
  }

  refuse(at: string, text: string): void {
    this.#count(0, 1);
    this.#options.refuse(this.#source.name, at, text);
  }
}

/** Runs `work` over the list, several at a time. */
async function inParallel<T>(list: readonly T[], parallel: number, work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, list.length) }, worker));
}

const unread = (error: unknown): string => (error instanceof FhirError ? error.message : `cannot be read: ${reasonOf(error)}`);

/** True for faults of one file, false for those of the database or the server, which end the load. */
const isOfFile = (error: unknown): boolean =>
  error instanceof FhirError ||
  /^(Z_|ENOENT|EACCES|EISDIR|EIO|ERR_ENCODING)/.test(String((error as NodeJS.ErrnoException).code)) ||
  /zip|central directory|compress/i.test(String(error));

/** Loads everything; throws when the database or the server fails. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { sources, progress, refuse, parallel = 3 } = options;
  const totals = { resources: 0, refused: 0 };
  const count = (resources: number, refused: number): void => {
    totals.resources += resources;
    totals.refused += refused;
  };
  const started = Date.now();
  for (const { name, reason } of sources.unreadable) {
    count(0, 1);
    refuse(name, '', reason);
  }
  progress.begin(sources.list.reduce((sum, { size }) => sum + size, 0));
  const later: Source[] = [];
  const first = async (source: Source): Promise<void> => {
    const file = new FileLoad(source, options, count);
    try {
      // Its references may lead to what another file brings.
      if ((await file.run()) !== undefined) later.push(source);
    } catch (error) {
      if (!isOfFile(error)) throw error;
      file.refuse('', unread(error));
    }
  };
  const second = async (source: Source): Promise<void> => {
    const file = new FileLoad(source, options, count);
    const refusal = await file.run();
    if (refusal !== undefined) file.refuseIssues(refusal);
  };
  try {
    for (const rank of new Set(sources.list.map(({ name }) => rankOf(name)))) {
      await inParallel(
        sources.list.filter(({ name }) => rankOf(name) === rank),
        parallel,
        first,
      );
    }
    await inParallel(later, 1, second);
  } finally {
    progress.end();
    sources.close();
  }
  return { ...totals, files: sources.list.length + sources.unreadable.length, seconds: (Date.now() - started) / 1000 };
}
