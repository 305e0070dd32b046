/** Values of quantity parameters: without a unit, with one as it is stated, or with another one of UCUM. */
import type { Item } from '../oracle/item.ts';
import { type Amount, amountOf, ucum } from '../oracle/quantity.ts';
import { decimal, minus, over, plus, type Rational, times } from '../oracle/rational.ts';
import { escaped } from '../oracle/text.ts';
import { kindred, type Unit, unitOf } from '../oracle/unit.ts';
import { type Drawn, plain } from './drawn.ts';
import { isWritable, numberText, prefixed } from './number-value.ts';
import type { Random } from './random.ts';

const zero = decimal('0');

const converted = (value: Rational, from: Unit, to: Unit): Rational =>
  over(minus(plus(times(value, from.factor), from.offset ?? zero), to.offset ?? zero), to.factor);

/** In another unit of the same dimension, where the number stays handy. */
function elsewhere(random: Random, value: Rational, code: string): string | undefined {
  const other = random.maybe(kindred(code));
  const [from, to] = [unitOf(code), unitOf(other ?? '')];
  if (!from || !to || other === undefined) return undefined;
  const number = converted(value, from, to);
  const size = Math.abs(Number(number.n) / Number(number.d));
  return size > 1e-4 && size < 1e9 ? `${prefixed(random, numberText(random, number))}|${ucum}|${escaped(other)}` : undefined;
}

function unitForm(random: Random, { system, code, unit }: Amount): string {
  const forms = ['', '|http://none|mg', '||mg'];
  if (code !== undefined) forms.push(`||${escaped(code)}`);
  if (unit !== undefined) forms.push(`||${escaped(unit)}`, `||${escaped(unit.toUpperCase())}`);
  if (system !== undefined && code !== undefined) forms.push(...Array.from({ length: 3 }, () => `|${escaped(system)}|${escaped(code)}`));
  return random.maybe(forms) ?? '';
}

export function quantityValue(random: Random, item: Item): Drawn | undefined {
  const amount = amountOf(item);
  const end = amount?.range.low ?? amount?.range.high;
  if (amount === undefined || end === undefined || !isWritable(end.at)) return undefined;
  const { system, code } = amount;
  const other = system === ucum && code !== undefined && random.next() < 0.4 ? elsewhere(random, end.at, code) : undefined;
  return plain(other ?? `${prefixed(random, numberText(random, end.at))}${unitForm(random, amount)}`);
}
