/**
 * What search answers and what it refuses, cell by cell, from the tables that search itself is run by.
 * https://hl7.org/fhir/R4/search.html#modifiers, https://hl7.org/fhir/R4/search.html#prefix
 */
import type { SearchParameterType } from '../../src/fhir/definitions.ts';
import { parameterTypes } from '../../src/search/parameter-type.ts';
import { phoneticParameter, specialParameters } from '../../src/search/special-parameter.ts';
import { prefixes } from '../../src/search/types/prefix.ts';

export interface Cell {
  /** A parameter type, or a parameter that is read in a way of its own. */
  readonly row: string;
  readonly kind: 'modifier' | 'prefix';
  /** Without a modifier: ''. */
  readonly name: string;
  /** Why it is refused; absent = it is answered. */
  readonly refused?: string;
}

export const types: readonly SearchParameterType[] = [
  'number',
  'date',
  'string',
  'token',
  'reference',
  'composite',
  'quantity',
  'uri',
  'special',
];

/** What R4 defines for each type. */
const defined: Readonly<Record<SearchParameterType, readonly string[]>> = {
  number: ['missing'],
  date: ['missing'],
  string: ['missing', 'exact', 'contains', 'text'],
  token: ['missing', 'text', 'not', 'above', 'below', 'in', 'not-in', 'of-type'],
  reference: ['missing', '[type]', 'identifier', 'above', 'below'],
  composite: [],
  quantity: ['missing'],
  uri: ['missing', 'above', 'below'],
  special: [],
};

export const modifiers: readonly string[] = [...new Set(Object.values(defined).flat())];

/** Ordered types take prefixes; in all others the letters are part of the value. */
const ordered: readonly SearchParameterType[] = ['number', 'date', 'quantity'];

/** `:missing` is for every parameter, whatever its type. */
const answered = (type: SearchParameterType): readonly string[] => ['', 'missing', ...parameterTypes[type].modifiers];

function reasonOf(type: SearchParameterType, modifier: string): string {
  if (defined[type].includes(modifier)) throw new Error(`R4 defines ${type}:${modifier}, which is refused without a reason`);
  const others = types.filter((each) => defined[each].includes(modifier));
  return type === 'special' ? 'a special parameter has no modifiers' : `R4 defines it for ${others.join(', ')} parameters`;
}

function modifierCell(type: SearchParameterType, name: string): Cell {
  const cell: Cell = { row: type, kind: 'modifier', name };
  return answered(type).includes(name) ? cell : { ...cell, refused: reasonOf(type, name) };
}

function prefixCell(type: SearchParameterType, name: string): Cell {
  const cell: Cell = { row: type, kind: 'prefix', name };
  if ((parameterTypes[type].prefixes as readonly string[]).includes(name)) return cell;
  if (ordered.includes(type)) throw new Error(`${type} parameters do not take the prefix ${name}`);
  const reason = type === 'composite' ? 'prefixes stand in front of its parts' : 'its letters are part of the value';
  return { ...cell, refused: reason };
}

/** Parameters that are read in a way of their own. */
export const ownParameters = new Map([...specialParameters, ['phonetic', phoneticParameter] as const]);

const rowOf = (code: string): readonly Cell[] => {
  const { modifiers: own, prefixes: before } = ownParameters.get(code) ?? { modifiers: [], prefixes: [] };
  const names = ['', 'missing', ...own];
  return [
    ...names.map((name): Cell => ({ row: code, kind: 'modifier', name })),
    ...before.map((name): Cell => ({ row: code, kind: 'prefix', name })),
  ];
};

/** Every parameter type with every modifier and prefix of R4, and the parameters that are read in a way of their own with theirs. */
export const cells: readonly Cell[] = [
  ...types.flatMap((type) => ['', ...modifiers].map((name) => modifierCell(type, name))),
  ...types.flatMap((type) => prefixes.map((name) => prefixCell(type, name))),
  ...[...ownParameters.keys()].flatMap(rowOf),
];

/** Modifiers of the code that R4 does not know: the page must not leave them out. */
export const beyond = types.flatMap((type) =>
  parameterTypes[type].modifiers.filter((modifier) => !modifiers.includes(modifier)).map((modifier) => `${type}:${modifier}`),
);

export const nameOf = ({ row, kind, name }: Cell): string => (kind === 'prefix' ? `${row} ${name}` : name === '' ? row : `${row}:${name}`);
