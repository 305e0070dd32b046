/** Asks the database whether conditions hold: what is asked in one go becomes one statement, and the same is asked once. */
import { type CandidateQuestion, type Question, questionsStatement, type StoredQuestion } from '../../search/compile/check.ts';
import type { CompileContext } from '../../search/compile/page.ts';
import type { Condition } from '../../search/condition.ts';
import { decided } from '../../search/decided.ts';
import type { Candidate } from '../../search/holds.ts';
import type { Session } from '../../store/database.ts';

/** Questions joined in one statement: the time to plan it grows faster than their number. */
const mostJoined = 50;

export interface Asking {
  /** Whether the condition holds of the resource that stands under this hash; not of what is unknown or deleted. */
  stored(type: string, self: string, condition: Condition): Promise<boolean>;
  /** The same of a resource on its way, among all that stands before it is written. */
  candidate(candidate: Candidate, condition: Condition): Promise<boolean>;
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (selves: ReadonlySet<string>) => void;
  readonly reject: (fault: unknown) => void;
}

/** One question about many resources. */
interface Gathered {
  readonly selves: Set<string>;
  readonly condition: Condition;
  readonly type: string;
  readonly answer: Promise<ReadonlySet<string>>;
}

export function askingIn(session: Session, context: CompileContext): Asking {
  const gathered = new Map<string, Gathered>();
  let queue: (() => Waiting)[] = [];

  const flush = async (): Promise<void> => {
    const waiting = queue.map((each) => each());
    queue = [];
    gathered.clear();
    const groups = Array.from({ length: Math.ceil(waiting.length / mostJoined) }, (_, i) =>
      waiting.slice(i * mostJoined, (i + 1) * mostJoined),
    );
    await Promise.all(groups.map((group) => answer(session, context, group)));
  };
  const ask = (question: () => Question): Promise<ReadonlySet<string>> =>
    new Promise((resolve, reject) => {
      if (queue.push(() => ({ question: question(), resolve, reject })) === 1) setImmediate(() => void flush());
    });
  const gather = (type: string, condition: Condition): Gathered => {
    const key = `${type} ${JSON.stringify(condition)}`;
    const known = gathered.get(key);
    if (known) return known;
    const selves = new Set<string>();
    const answered = ask((): StoredQuestion => ({ type, condition, selves: [...selves] }));
    const one = { selves, condition, type, answer: answered };
    gathered.set(key, one);
    return one;
  };
  return {
    stored: async (type, self, condition) => {
      const one = gather(type, condition);
      one.selves.add(self);
      return (await one.answer).has(self);
    },
    candidate: async (candidate, condition) => {
      const left = decided(condition, candidate);
      if (typeof left === 'boolean') return left;
      return (await ask((): CandidateQuestion => ({ candidate, condition: left }))).size > 0;
    },
  };
}

async function answer(session: Session, context: CompileContext, group: readonly Waiting[]): Promise<void> {
  try {
    const statement = questionsStatement(
      context,
      group.map(({ question }) => question),
    );
    const rows = await session.run<{ place: number; self: string }>(statement);
    const found = group.map(() => new Set<string>());
    for (const { place, self } of rows) found[place]?.add(self);
    group.forEach(({ resolve }, i) => resolve(found[i] ?? new Set()));
  } catch (fault) {
    for (const { reject } of group) reject(fault);
  }
}
