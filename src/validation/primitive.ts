/**
 * The primitive types: which JSON value they take and how its text must look; every test is linear in the length of the text.
 * https://hl7.org/fhir/R4/datatypes.html#primitive
 */
import { isId } from '../fhir/id.ts';
import { isBase64 } from './base64.ts';
import { isDate, isDateTime, isInstant, isTime } from './calendar.ts';
import { isNarrative } from './narrative.ts';

export interface Primitive {
  readonly json: 'string' | 'number' | 'boolean';
  /** For values of the JSON type; a string is not empty here. */
  accepts(value: unknown): boolean;
  /** What would be right, in words that follow "expected". */
  readonly expected: string;
  /** Numbers written without fraction and exponent. */
  readonly whole?: true;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids them
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
// White space is what XML Schema calls so; a no-break space is a character like others.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are never right here
const whitespace = /[\u0000-\u0020]/;
const strayWhitespace = /^[ \t\r\n]|[ \t\r\n]{2}|[ \t\r\n]$/;
const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const maxInteger = 2_147_483_647;
// SHALL: strings at most 1 MB — datatypes.html#string
const maxLength = 1024 * 1024;

const isText = (text: string): boolean => text.length <= maxLength && !control.test(text);
const isUri = (text: string): boolean => !whitespace.test(text);
const isCode = (text: string): boolean => !whitespace.test(text) || (!strayWhitespace.test(text) && !control.test(text));

/** `urn:oid:` and numbers between dots, none with a leading zero. */
export const isOid = (text: string): boolean => /^urn:oid:[0-2]\.\d/.test(text) && !/[^0-9.]|\.\.|\.0\d|\.$/.test(text.slice(9));

const textual = (accepts: (text: string) => boolean, expected: string): Primitive => ({
  json: 'string',
  accepts: accepts as (value: unknown) => boolean,
  expected,
});

const whole = (least: number, expected: string): Primitive => ({
  json: 'number',
  accepts: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= maxInteger,
  expected,
  whole: true,
});

const text = 'at most 1,048,576 characters and no control characters other than tab, line feed and carriage return';
const xhtml = 'XHTML in one <div>: every tag closed, attributes in quotes, "&" and "<" of the text written as &amp; and &lt;';
const uri = 'a URI without white space';

const primitives: ReadonlyMap<string, Primitive> = new Map([
  ['string', textual(isText, text)],
  ['markdown', textual(isText, text)],
  ['code', textual(isCode, 'a code without leading, trailing or repeated white space')],
  ['id', textual(isId, 'an id: 1 to 64 letters, digits, "-" and "."')],
  ['uri', textual(isUri, uri)],
  ['url', textual(isUri, uri)],
  ['canonical', textual(isUri, uri)],
  ['oid', textual(isOid, 'an OID such as urn:oid:1.2.3.4.5')],
  ['uuid', textual((value) => uuid.test(value), 'a UUID in lower case such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520')],
  ['base64Binary', textual(isBase64, 'base64 in groups of four characters, padded with "=" at the end')],
  ['date', textual(isDate, 'a date of the calendar: YYYY, YYYY-MM or YYYY-MM-DD')],
  ['dateTime', textual(isDateTime, 'a date and time: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a zone (Z or +hh:mm)')],
  ['instant', textual(isInstant, 'an instant: YYYY-MM-DDThh:mm:ss with a zone (Z or +hh:mm)')],
  ['time', textual(isTime, 'a time of the day: hh:mm:ss')],
  ['xhtml', textual(isNarrative, xhtml)],
  ['boolean', { json: 'boolean', accepts: () => true, expected: 'true or false' }],
  ['decimal', { json: 'number', accepts: Number.isFinite, expected: 'a decimal number' }],
  ['integer', whole(-maxInteger - 1, 'a whole number from -2,147,483,648 to 2,147,483,647')],
  ['unsignedInt', whole(0, 'a whole number from 0 to 2,147,483,647')],
  ['positiveInt', whole(1, 'a whole number from 1 to 2,147,483,647')],
]);

/** An additional primitive type that is not in the table is taken as text. */
export const primitiveOf = (code: string): Primitive => primitives.get(code) ?? textual(isText, text);
