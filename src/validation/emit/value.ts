/** Values of FHIRPath as pieces of JavaScript. https://hl7.org/fhirpath/N1/#boolean-logic */
import type { Expression, Literal } from '../../fhir/fhirpath/syntax.ts';
import { type Elements, type Item, Unsupported } from './elements.ts';
import { and, not, or, quoted } from './javascript.ts';

/** Three values in two: whether it is true, and whether it is false. */
export interface Truth {
  readonly kind: 'truth';
  readonly yes: () => string;
  readonly no: () => string;
  readonly literal?: boolean;
}

export type Value =
  | Truth
  /** Unsure: it may be NaN. */
  | { readonly kind: 'number'; readonly js: string; readonly isUnsure?: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'elements'; readonly elements: Elements };

export const truth = (yes: () => string, no: () => string): Truth => ({ kind: 'truth', yes, no });
/** Never unknown. */
export const sure = (yes: () => string): Truth => truth(yes, () => not(yes()));
export const elementsOf = (elements: Elements): Value => ({ kind: 'elements', elements });

export const integers: ReadonlySet<string> = new Set(['integer', 'positiveInt', 'unsignedInt']);
export const moments: ReadonlySet<string> = new Set(['date', 'dateTime', 'instant']);
const others: ReadonlySet<string> = new Set([...integers, ...moments, 'time', 'decimal', 'boolean']);

/** With the parentheses in front that belong to its first operand: an expression begins with what they hold. */
export function writtenText({ text, start, end }: Expression): string {
  const part = text.slice(start, end);
  const signs = part.replace(/'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '');
  let [open, least] = [0, 0];
  for (const sign of signs) {
    if (sign === '(') open++;
    if (sign === ')') least = Math.min(least, --open);
  }
  return '('.repeat(-least) + part;
}

/** Types whose values are texts to FHIRPath. */
export const isText = (type: string): boolean => /^[a-z]/.test(type) && !others.has(type);

/** Unknown where a side is NaN. */
export const compared = (a: string, operator: string, b: string): Truth =>
  truth(
    () => `${a}${operator}${b}`,
    () => `${a}${opposite[operator]}${b}`,
  );

/** Two primitives that are texts. */
export function equalTexts(a: Item, b: Item): Truth {
  if (!isText(a.type) || !isText(b.type)) throw new Unsupported('= of other types');
  return truth(
    () => and(`${a.js}!==undefined`, `${a.js}===${b.js}`),
    () => and(a.there, b.there, `${a.js}!==${b.js}`),
  );
}

export const opposite: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

export function literal({ value }: Literal): Value {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', js: String(value) };
  if (typeof value !== 'boolean') throw new Unsupported('a literal');
  return { ...sure(() => String(value)), literal: value };
}

export const different = (a: Truth, b: Truth): Truth =>
  truth(
    () => or(and(a.yes(), b.no()), and(a.no(), b.yes())),
    () => or(and(a.yes(), b.yes()), and(a.no(), b.no())),
  );

/** The only option of a value that does not repeat. */
export function only(value: Value): Item {
  if (value.kind !== 'elements' || value.elements.kind !== 'one') throw new Unsupported(value.kind);
  const [item, ...more] = value.elements.options;
  if (item === undefined || more.length > 0) throw new Unsupported('a choice');
  return item;
}

/** SHALL: nothing is neither equal nor unequal — N1/#equals. A primitive without a value is unequal. */
export function equalsLiteral(elements: Elements, right: Value): Truth {
  if (elements.kind !== 'one') throw new Unsupported('= of several');
  const written = writtenLiteral(right);
  const { options } = elements;
  if (!options.every(({ type }) => written.fits(type))) throw new Unsupported('= of other types');
  return truth(
    () => or(...options.map(({ js }) => `${js}===${written.js}`)),
    () => or(...options.map(({ js, there }) => and(there, `${js}!==${written.js}`))),
  );
}

function writtenLiteral(value: Value): { readonly js: string; readonly fits: (type: string) => boolean } {
  if (value.kind === 'text') return { js: quoted(value.text), fits: isText };
  if (value.kind === 'number' && /^\d+$/.test(value.js)) return { js: value.js, fits: (type) => integers.has(type) };
  if (value.kind === 'truth' && value.literal !== undefined) return { js: String(value.literal), fits: (type) => type === 'boolean' };
  throw new Unsupported('= of what is no literal');
}
