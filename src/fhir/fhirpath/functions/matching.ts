/** Functions with regular expressions. https://hl7.org/fhirpath/N1/#matchesregex-string-boolean */
import { booleanOf, type Compiled, shapeOf, single } from '../compiled.ts';
import { FhirPathError } from '../fault.ts';
import type { Item } from '../item.ts';
import { type Found, Pattern, type PatternFault } from '../pattern.ts';
import type { Run } from '../run.ts';
import { text, type Value } from '../single.ts';
import { systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

/** The pattern of an argument, made once as long as it stays the same. */
function patternOf(call: Call, flagsAt: number, isWhole: boolean): Value<Pattern> {
  const source = text(call.argument(0), call.asker);
  const given = call.optional(flagsAt);
  const flags = given === undefined ? undefined : text(given, call.asker);
  let last: { readonly source: string; readonly flags: string; readonly pattern: Pattern } | undefined;
  return (self, run) => {
    const [found, letters] = [source(self, run), flags?.(self, run) ?? ''];
    if (found === undefined) return undefined;
    if (last?.source === found && last.flags === letters) return last.pattern;
    const pattern = make(call, isWhole ? `^(?:${found})$` : found, letters);
    last = { source: found, flags: letters, pattern };
    return pattern;
  };
}

function make(call: Call, source: string, letters: string): Pattern {
  if (!/^[im]{0,2}$/.test(letters)) throw call.fault('execution', `${call.asker.name} knows the flags i (ignore case) and m (lines).`);
  return new Pattern(source, { ignoreCase: letters.includes('i'), multiline: letters.includes('m') });
}

function refused(call: Call, reason: PatternFault): Error {
  if (reason === 'invalid') return call.fault('execution', 'The pattern is no regular expression.');
  return new FhirPathError('cost', `The pattern of ${call.asker.name} may take too long on this text: make it simpler.`, call.span);
}

const matching =
  (isWhole: boolean) =>
  (call: Call): Compiled => {
    const value = text(call.input, call.asker);
    const pattern = patternOf(call, 1, isWhole);
    return booleanOf((self: Item | undefined, run: Run) => {
      const found = value(self, run);
      const wanted = found === undefined ? undefined : pattern(self, run);
      if (found === undefined || wanted === undefined) return undefined;
      run.spend(1 + (found.length >> 4));
      const verdict = wanted.test(found);
      if (typeof verdict === 'string') throw refused(call, verdict);
      return verdict;
    });
  };

const reference = /\$(?:(\d{1,2})|\{(\w+)\}|<(\w+)>)/g;

/** `$1`, `${name}` and `$<name>` stand for what groups matched. */
const substitute =
  (template: string) =>
  (found: Found): string =>
    template.replace(reference, (_, group: string | undefined, name: string | undefined, angled: string | undefined) => {
      if (group !== undefined) return found[Number(group)] ?? '';
      return found.groups?.[name ?? angled ?? ''] ?? '';
    });

function replaceMatches(call: Call): Compiled {
  const { input, asker } = call;
  const value = text(input, asker);
  const pattern = patternOf(call, 2, false);
  const template = text(call.argument(1), asker);
  return single(shapeOf(systemTypes.String), (self, run) => {
    const [found, wanted, by] = [value(self, run), pattern(self, run), template(self, run)];
    if (found === undefined || wanted === undefined || by === undefined) return undefined;
    run.spendText(found.length);
    const replaced = wanted.replace(found, counted(substitute(by), run));
    if (typeof replaced === 'string') throw refused(call, replaced);
    return replaced.text;
  });
}

/** The texts that are put in are counted together. */
function counted(put: (found: Found) => string, run: Run): (found: Found) => string {
  let length = 0;
  return (found) => {
    const made = put(found);
    length += made.length;
    run.spendText(length);
    return made;
  };
}

export const matches: readonly FunctionDefinition[] = [
  define('matches', 1, 2, matching(false)),
  define('matchesFull', 1, 2, matching(true)),
  define('replaceMatches', 2, 3, replaceMatches),
];
