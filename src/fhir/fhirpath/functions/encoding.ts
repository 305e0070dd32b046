/** Strings in other notations. https://hl7.org/fhirpath/#additional-string-functions */
import { type Compiled, shapeOf, single } from '../compiled.ts';
import { text } from '../single.ts';
import { systemTypes } from '../type.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

type Turn = (value: string) => string | undefined;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** SHALL: what is no UTF-8 is empty — hl7.org/fhirpath/#decode */
function decoded(value: string, encoding: 'hex' | 'base64', form: RegExp): string | undefined {
  if (!form.test(value)) return undefined;
  try {
    return utf8.decode(Buffer.from(value, encoding));
  } catch {
    return undefined;
  }
}

const plus = { '-': '+', _: '/' } as const;

const encodings: Readonly<Record<string, Turn>> = {
  hex: (value) => Buffer.from(value, 'utf8').toString('hex'),
  base64: (value) => Buffer.from(value, 'utf8').toString('base64'),
  urlbase64: (value) => Buffer.from(value, 'utf8').toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  ascii: (value) => [...value].map((char) => (char > '\x7f' ? '?' : char)).join(''),
};

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

const decodings: Readonly<Record<string, Turn>> = {
  hex: (value) => decoded(value, 'hex', /^(?:[0-9a-fA-F]{2})*$/),
  base64: (value) => decoded(value, 'base64', base64),
  urlbase64: (value) =>
    decoded(
      value.replace(/[-_]/g, (char) => plus[char as '-']),
      'base64',
      base64,
    ),
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const chars: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

const escapes: Readonly<Record<string, Turn>> = {
  html: (value) => value.replace(/[&<>"']/g, (char) => entities[char] ?? char),
  json: (value) => JSON.stringify(value).slice(1, -1),
};

function entity(whole: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return chars[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

const unescapes: Readonly<Record<string, Turn>> = {
  html: (value) => value.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, entity),
  json: (value) => {
    try {
      return JSON.parse(`"${value.replace(/\\[\s\S]|"/g, (found) => (found === '"' ? '\\"' : found))}"`) as string;
    } catch {
      return undefined;
    }
  },
};

/** SHALL: without a format the result is empty — hl7.org/fhirpath/#encode */
const turned =
  (turns: Readonly<Record<string, Turn>>) =>
  (call: Call): Compiled => {
    const { input, asker } = call;
    const [value, format] = [text(input, asker), text(call.argument(0), asker)];
    return single(shapeOf(systemTypes.String), (self, run) => {
      const [found, wanted] = [value(self, run), format(self, run)];
      if (found === undefined || wanted === undefined) return undefined;
      const turn = Object.hasOwn(turns, wanted) ? turns[wanted] : undefined;
      if (turn === undefined) throw call.fault('execution', `${asker.name} knows ${Object.keys(turns).join(', ')}.`);
      run.spendText(found.length * 2);
      return turn(found);
    });
  };

export const encoding: readonly FunctionDefinition[] = [
  define('encode', 1, 1, turned(encodings)),
  define('decode', 1, 1, turned(decodings)),
  define('escape', 1, 1, turned(escapes)),
  define('unescape', 1, 1, turned(unescapes)),
];
