/**
 * Regular expressions that cannot keep the process busy: what may take long on the engine of JavaScript runs on one that reads every
 * character once. https://hl7.org/fhirpath/N1/#matchesregex-string-boolean, https://github.com/google/re2/wiki/Syntax
 */
import { RE2JS } from 're2js';
import { backtracking, leastLength } from './pattern-cost.ts';

export type Flags = { readonly ignoreCase: boolean; readonly multiline: boolean };

/** Why there is no answer. */
export type PatternFault = 'invalid' | 'costly';

/** Steps that a match may take on either engine. */
const most = { native: 2_000_000, linear: 100_000_000, replacing: 1_000_000_000 };

const longestPattern = 4_000;

export interface Replaced {
  readonly text: string;
}

export interface Found {
  readonly index: number;
  readonly 0: string;
  readonly groups?: Readonly<Record<string, string | undefined>> | undefined;
  readonly [group: number]: string | undefined;
}

export class Pattern {
  private readonly source: string;
  private readonly flags: Flags;
  /** Power of the length with which a match may grow on the native engine; undefined when it has no bound. */
  private readonly power: number | undefined;
  private readonly native: RegExp | undefined;
  private linear: RE2JS | 'unsupported' | undefined;

  constructor(source: string, flags: Flags) {
    this.source = source;
    this.flags = flags;
    const isShort = source.length <= longestPattern;
    this.power = isShort ? backtracking(source) : undefined;
    this.native = isShort ? nativeOf(source, flags) : undefined;
    if (!isShort) this.linear = 'unsupported';
  }

  /** Whether there is a match anywhere in the text. */
  test(text: string): boolean | PatternFault {
    if (this.isQuick(text)) return this.native?.test(text) ?? 'invalid';
    const engine = this.engine();
    if (typeof engine === 'string') return engine;
    return text.length * engine.programSize() > most.linear ? 'costly' : engine.test(text);
  }

  /** The text with every match replaced. */
  replace(text: string, substitution: (found: Found) => string): Replaced | PatternFault {
    if (this.source === '') return { text };
    if (this.isQuick(text) && this.native !== undefined)
      return { text: joined(text, text.matchAll(new RegExp(this.native, `${this.native.flags}g`)), substitution) };
    const engine = this.engine();
    return typeof engine === 'string' ? engine : replaceWith(engine, text, substitution);
  }

  private isQuick(text: string): boolean {
    return this.power !== undefined && this.native !== undefined && Math.max(leastLength, text.length + 1) ** this.power <= most.native;
  }

  private engine(): RE2JS | PatternFault {
    if (this.linear === undefined) this.linear = linearOf(this.source, this.flags) ?? 'unsupported';
    if (this.linear !== 'unsupported') return this.linear;
    return this.native === undefined && this.source.length <= longestPattern ? 'invalid' : 'costly';
  }
}

/** With the rules for Unicode where the pattern keeps them, else without. */
function nativeOf(source: string, { ignoreCase, multiline }: Flags): RegExp | undefined {
  const flags = `s${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}`;
  for (const all of [`${flags}u`, flags]) {
    try {
      return new RegExp(source, all);
    } catch {
      // Tried without, or told as invalid.
    }
  }
  return undefined;
}

function linearOf(source: string, { ignoreCase, multiline }: Flags): RE2JS | undefined {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0));
  } catch {
    return undefined;
  }
}

function joined(text: string, matches: Iterable<Found>, substitution: (found: Found) => string): string {
  const parts: string[] = [];
  let end = 0;
  for (const found of matches) {
    parts.push(text.slice(end, found.index), substitution(found));
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return parts.join('');
}

/** Every search may read on to the end of the text. */
function replaceWith(engine: RE2JS, text: string, substitution: (found: Found) => string): Replaced | PatternFault {
  let cost = 0;
  function* bounded(): Generator<Found> {
    let at = 0;
    for (const found of engine.matchAll(text) as Iterable<Found>) {
      cost += (text.length - at) * engine.programSize();
      if (cost > most.replacing) return;
      at = found.index;
      yield found;
    }
  }
  if (text.length * engine.programSize() > most.linear) return 'costly';
  const replaced = joined(text, bounded(), substitution);
  return cost > most.replacing ? 'costly' : { text: replaced };
}
