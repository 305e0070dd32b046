/** The table of UCUM as it is published: prefixes and unit atoms, by their case-sensitive codes. https://ucum.org/ucum#section-Tables-of-Terminal-Symbols */
import { readFileSync } from 'node:fs';
import { projectFile } from '../../root.ts';
import { type Rational, rationalOf } from '../rational.ts';

export interface Atom {
  readonly code: string;
  /** It can take a prefix. */
  readonly metric: boolean;
  /** It stands for itself: a base unit, or one whose meaning a procedure defines. */
  readonly base: boolean;
  /** Its definition: a number of another unit; of a special unit the number and the unit that its function is applied to. */
  readonly value: Rational;
  readonly unit: string;
  /** The function of a special unit, which is on no ratio scale. */
  readonly function?: string;
}

export interface Essence {
  readonly prefixes: ReadonlyMap<string, Rational>;
  readonly atoms: ReadonlyMap<string, Atom>;
}

type Attributes = Readonly<Record<string, string>>;

/** What defines something; names and print symbols are for people. The file is ours to choose: its attributes hold no entities. */
const tag = /<(prefix|base-unit|unit|value|function)\s([^>]*)>/g;
const attribute = /([\w-]+)="([^"]*)"/g;

const attributesOf = (text: string): Attributes =>
  Object.fromEntries([...text.matchAll(attribute)].map(([, name, value]) => [name, value]));

function decimal(text = '1'): Rational {
  const value = rationalOf(text);
  if (value) return value;
  throw new Error(`"${text}" in the table of UCUM is no decimal`);
}

function atomOf({ Code: code = '', isMetric, isArbitrary }: Attributes, { value, Unit: unit = '1', name }: Attributes): Atom {
  // [IU] is another way to write [iU]; all other arbitrary units are said to be 1 and are not.
  const base = isArbitrary === 'yes' && unit === '1';
  return { code, metric: isMetric === 'yes', base, value: decimal(value), unit, ...(name === undefined ? {} : { function: name }) };
}

function read(): Essence {
  const prefixes = new Map<string, Rational>();
  const atoms = new Map<string, Atom>();
  const text = readFileSync(projectFile('terminology', 'ucum', 'ucum-essence.xml'), 'latin1');
  let defined: Attributes = {};
  let kind: string | undefined;
  for (const [, name, rest = ''] of text.matchAll(tag)) {
    const attributes = attributesOf(rest);
    const { Code: code = '' } = defined;
    if (name === 'value' && kind === 'prefix') prefixes.set(code, decimal(attributes['value']));
    else if (name === 'value' || name === 'function') atoms.set(code, atomOf(defined, attributes));
    else [kind, defined] = [name, attributes];
    if (name === 'base-unit') atoms.set(attributes['Code'] ?? '', { ...atomOf(attributes, {}), metric: true, base: true });
  }
  return { prefixes, atoms };
}

let known: Essence | undefined;

/** Read when the first unit is met. */
export function essence(): Essence {
  known ??= read();
  return known;
}
