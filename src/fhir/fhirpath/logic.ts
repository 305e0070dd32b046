/** `and`, `or`, `xor`, `implies` with three values. https://hl7.org/fhirpath/N1/#boolean-logic */
import { booleanOf, type Compiled } from './compiled.ts';
import { type Asker, truth, type Value } from './single.ts';

type Truth = Value<boolean>;

const allFixed = (operands: readonly Compiled[]): boolean => operands.every(({ fixed }) => fixed === true);

function pairOr(a: Truth, b: Truth): Truth {
  return (self, run) => {
    const x = a(self, run);
    if (x === true) return true;
    const y = b(self, run);
    return y === true ? true : x === false && y === false ? false : undefined;
  };
}

function pairAnd(a: Truth, b: Truth): Truth {
  return (self, run) => {
    const x = a(self, run);
    if (x === false) return false;
    const y = b(self, run);
    return y === false ? false : x === true && y === true ? true : undefined;
  };
}

/** `decisive` ends the row: true for `or`, false for `and`. */
function row(operands: readonly Truth[], decisive: boolean): Truth {
  return (self, run) => {
    let verdict: boolean | undefined = !decisive;
    for (const operand of operands) {
      const found = operand(self, run);
      if (found === decisive) return decisive;
      if (found === undefined) verdict = undefined;
    }
    return verdict;
  };
}

export function compileRow(operator: 'and' | 'or', operands: readonly Compiled[], asker: Asker): Compiled {
  const truths = operands.map((operand) => truth(operand, asker));
  const [a, b] = truths;
  if (a !== undefined && b !== undefined && truths.length === 2)
    return booleanOf(operator === 'or' ? pairOr(a, b) : pairAnd(a, b), allFixed(operands));
  return booleanOf(row(truths, operator === 'or'), allFixed(operands));
}

export function compileXor(left: Compiled, right: Compiled, asker: Asker): Compiled {
  const [a, b] = [truth(left, asker), truth(right, asker)];
  return booleanOf(
    (self, run) => {
      const [x, y] = [a(self, run), b(self, run)];
      return x === undefined || y === undefined ? undefined : x !== y;
    },
    allFixed([left, right]),
  );
}

export function compileImplies(left: Compiled, right: Compiled, asker: Asker): Compiled {
  const [a, b] = [truth(left, asker), truth(right, asker)];
  return booleanOf(
    (self, run) => {
      const x = a(self, run);
      if (x === false) return true;
      const y = b(self, run);
      return y === true ? true : x === true ? y : undefined;
    },
    allFixed([left, right]),
  );
}
