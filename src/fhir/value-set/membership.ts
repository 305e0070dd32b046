/** Whether a code is in a value set, also where parts of it are not loaded: yes, no, or not known. https://hl7.org/fhir/R4/valueset.html#compositions */
import type { Concept } from './code-system.ts';
import type { LinkedInclude, LinkedValueSet } from './link.ts';
import { isReason, type Reason } from './reason.ts';

export interface Code {
  readonly system: string;
  readonly code: string;
}

export type Membership =
  | { readonly result: 'yes'; readonly concept: Concept }
  | { readonly result: 'no' }
  | { readonly result: 'unknown'; readonly reason: Reason };

const no: Membership = { result: 'no' };
const unknown = (reason: Reason): Membership => ({ result: 'unknown', reason });

/** Verdicts on one code: a value set that is imported on many ways is asked once. */
type Asked = Map<LinkedValueSet, Membership>;

export const memberOf = (set: LinkedValueSet, code: Code): Membership => ask(set, code, new Map());

/** A plain code has no system of its own: it is a member with any system that the value set draws from. */
export function plainMemberOf(set: LinkedValueSet, code: string): Membership {
  const { systems, missing } = drawsFrom(set);
  const verdicts = [...systems].map((system) => memberOf(set, { system, code }));
  return anyOf(missing ? [...verdicts, unknown(missing)] : verdicts);
}

function ask(set: LinkedValueSet, code: Code, asked: Asked): Membership {
  const known = asked.get(set);
  if (known) return known;
  const verdict = judge(set, code, asked);
  asked.set(set, verdict);
  return verdict;
}

function judge({ include, exclude, activeOnly }: LinkedValueSet, code: Code, asked: Asked): Membership {
  // Multiple include statements are cumulative.
  const selected = anyOf(include.map((each) => selects(each, code, asked)));
  if (selected.result === 'no') return no;
  if (selected.result === 'yes' && activeOnly && selected.concept.inactive) return no;
  // SHALL: what is excluded is never in the value set — valueset.html#compositions
  const excluded = anyOf(exclude.map((each) => selects(each, code, asked)));
  if (excluded.result === 'yes') return no;
  return excluded.result === 'unknown' ? excluded : selected;
}

const anyOf = (verdicts: readonly Membership[]): Membership =>
  verdicts.find(({ result }) => result === 'yes') ?? verdicts.find(({ result }) => result === 'unknown') ?? no;

const allOf = (verdicts: readonly Membership[]): Membership =>
  verdicts.find(({ result }) => result === 'no') ?? verdicts.find(({ result }) => result === 'unknown') ?? verdicts[0] ?? no;

/** Within an include all the criteria apply: the code is selected from the system, and it is in every value set. */
export function selects(include: LinkedInclude, code: Code, asked: Asked = new Map()): Membership {
  const own = ofSystem(include, code);
  if (include.imports.length === 0 || own?.result === 'no') return own ?? no;
  const imported = include.imports.map((set) => (isReason(set) ? unknown(set) : ask(set, code, asked)));
  return allOf(own ? [own, ...imported] : imported);
}

/** Undefined where the include takes codes of any system. */
function ofSystem({ system, listed, codeSystem, tests, unknown: why }: LinkedInclude, code: Code): Membership | undefined {
  if (system === undefined) return why && unknown(why);
  if (code.system !== system) return no;
  const concept = codeSystem?.concept(code.code);
  if (listed) return found(listed.get(concept?.code ?? code.code));
  if (concept && tests.every((test) => test(concept))) return found(concept);
  return why ? unknown(why) : no;
}

const found = (concept: Concept | undefined): Membership => (concept ? { result: 'yes', concept } : no);

interface Sources {
  readonly systems: ReadonlySet<string>;
  /** An import that is not here may draw from any system. */
  readonly missing?: Reason;
}

const knownSources = new WeakMap<LinkedValueSet, Sources>();

function drawsFrom(set: LinkedValueSet): Sources {
  const known = knownSources.get(set);
  if (known) return known;
  const parts = set.include.map(includeDrawsFrom);
  const missing = parts.find((part) => part.missing)?.missing;
  const sources = { systems: new Set(parts.flatMap(({ systems }) => [...systems])), ...(missing ? { missing } : {}) };
  knownSources.set(set, sources);
  return sources;
}

function includeDrawsFrom({ system, imports, unknown: why }: LinkedInclude): Sources {
  if (system !== undefined) return { systems: new Set([system]) };
  const missing = why ?? imports.find(isReason);
  const sets = imports.filter((each): each is LinkedValueSet => !isReason(each)).map(drawsFrom);
  const first = missing ?? sets.find((each) => each.missing)?.missing;
  return { systems: new Set(sets.flatMap(({ systems }) => [...systems])), ...(first ? { missing: first } : {}) };
}
