/** All codes of a value set, or why they cannot be listed: never a part of them. https://hl7.org/fhir/R4/valueset.html#expansion */
import type { Concept } from './code-system.ts';
import type { LinkedInclude, LinkedValueSet } from './link.ts';
import { type Code, type Membership, selects } from './membership.ts';
import { isReason, type Reason, reason } from './reason.ts';

/** What cannot be listed ends the work wherever it is found. */
class Unlisted extends Error {
  readonly reason: Reason;

  constructor(why: Reason) {
    super(why.text);
    this.reason = why;
  }
}

export function expandValueSet(set: LinkedValueSet, most = Number.POSITIVE_INFINITY): readonly Concept[] | Reason {
  try {
    return new Expander(most).expand(set);
  } catch (error) {
    if (error instanceof Unlisted) return error.reason;
    throw error;
  }
}

class Expander {
  private readonly most: number;
  private readonly done = new Map<LinkedValueSet, readonly Concept[]>();

  constructor(most: number) {
    this.most = most;
  }

  expand(set: LinkedValueSet): readonly Concept[] {
    const known = this.done.get(set);
    if (known) return known;
    const codes = new Map<string, Concept>();
    for (const include of set.include) {
      for (const concept of this.selected(include)) {
        if (!(set.activeOnly && concept.inactive) && !set.exclude.some((exclude) => holds(exclude, concept))) add(codes, concept);
      }
      if (codes.size > this.most) throw new Unlisted(reason('too-costly', `it holds more than ${this.most} codes`));
    }
    const expansion = [...codes.values()];
    this.done.set(set, expansion);
    return expansion;
  }

  private selected(include: LinkedInclude): readonly Concept[] {
    if (include.unknown) throw new Unlisted(include.unknown);
    const [first] = include.imports;
    const candidates = include.system === undefined ? this.imported(first) : ofSystem(include);
    return include.imports.length === 0 ? candidates : candidates.filter((concept) => holds(include, concept));
  }

  private imported(set: LinkedInclude['imports'][number] | undefined): readonly Concept[] {
    if (set === undefined) return [];
    if (isReason(set)) throw new Unlisted(set);
    return this.expand(set);
  }
}

/** Two systems may share a code. */
function add(codes: Map<string, Concept>, concept: Concept): void {
  const key = `${concept.system} ${concept.code}`;
  if (!codes.has(key)) codes.set(key, concept);
}

function ofSystem({ listed, codeSystem, tests }: LinkedInclude): readonly Concept[] {
  if (listed) return [...listed.values()];
  if (codeSystem?.endless) throw new Unlisted(codeSystem.endless);
  return codeSystem?.concepts.filter((concept) => tests.every((test) => test(concept))) ?? [];
}

function holds(include: LinkedInclude, code: Code): boolean {
  const verdict: Membership = selects(include, code);
  if (verdict.result === 'unknown') throw new Unlisted(verdict.reason);
  return verdict.result === 'yes';
}
