/** `=`, `!=`, `~`, `!~` between collections. https://hl7.org/fhirpath/N1/#equality */
import { booleanOf, type Compiled } from './compiled.ts';
import type { Compiler } from './compiler.ts';
import { equalLists, type Verdict } from './equality.ts';
import { equivalentLists } from './equivalence.ts';
import { type Item, Node } from './item.ts';
import type { Run } from './run.ts';
import type { Binary } from './syntax.ts';

type Compare = (self: Item | undefined, run: Run) => Verdict;

export function compileEquality(compiler: Compiler, { operator, right: written }: Binary, left: Compiled, right: Compiled): Compiled {
  const constant = written.kind === 'literal' ? written.value : undefined;
  const isEqual = operator === '=' || operator === '!=';
  const quick = isEqual && typeof constant === 'string' ? equalsText(left, constant) : undefined;
  const compare = quick ?? (isEqual ? equals(compiler, left, right) : equivalent(compiler, left, right));
  const fixed = left.fixed === true && right.fixed === true;
  if (!operator.startsWith('!')) return booleanOf(compare, fixed);
  return booleanOf((self, run) => {
    const verdict = compare(self, run);
    return verdict === undefined ? undefined : !verdict;
  }, fixed);
}

/** A single text beside a literal: the usual case of conditions. */
function equalsText({ one, raw, types }: Compiled, constant: string): Compare | undefined {
  const isText = types !== undefined && types.every(({ system }) => system === 'String');
  if (one === undefined || !isText || (raw !== undefined && raw.kind !== 'primitive')) return undefined;
  return (self, run) => {
    const item = one(self, run);
    if (item === undefined) return undefined;
    return item === constant || (item instanceof Node && item.value === constant);
  };
}

/** SHALL: nothing is neither equal nor unequal — N1/#equals */
function equals({ types }: Compiler, left: Compiled, right: Compiled): Compare {
  return (self, run) => {
    const a = left.many(self, run);
    const b = a.length === 0 ? a : right.many(self, run);
    if (a.length === 0 || b.length === 0) return undefined;
    run.spend(a.length);
    return equalLists(a, left.raw, b, right.raw, types);
  };
}

function equivalent({ types }: Compiler, left: Compiled, right: Compiled): Compare {
  return (self, run) => {
    const [a, b] = [left.many(self, run), right.many(self, run)];
    return equivalentLists(a, left.raw, b, right.raw, types, (pairs) => run.spend(pairs));
  };
}
