/** Ways to damage a resource: its values, its structure, its text, its bytes. Data, so that a failing case shrinks and can be run again. */
import fc from 'fast-check';
import { isObject, type JsonObject, type Resource } from '../../../src/fhir/resource.ts';

/** Stands in mutated values; no log may ever show it. */
export const secret = 'Zebrafink';

const oddStrings = [
  '',
  ' ',
  '\u0000',
  '\u0001',
  '\u0002',
  'a\u0001b\u0002c',
  '\u007f\u0085\u2028\ufeff\ufffe\uffff',
  '\ud800',
  '\u{1f600}',
  '0000-00-00',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:60Z',
  '10000-01-01',
  '2020-02-30',
  'NaN',
  'null',
  '../..',
  'Patient/..',
  'Patient/none',
  'Patient?identifier=a|b',
  'urn:uuid:00000000-0000-4000-8000-000000000000',
  '#',
  '#a',
  'constructor',
  '__proto__',
  '%00',
  "'; drop table res; --",
  '{"a":1}',
  '\\u0001',
  '"',
  '\\',
  '<div xmlns="http://www.w3.org/1999/xhtml">&#1;</div>',
  '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>',
  '<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>',
  secret,
  'x'.repeat(5_000),
];

const odd: readonly unknown[] = [
  ...oddStrings,
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e21,
  1.7976931348623157e308,
  5e-324,
  2 ** 31,
  [],
  {},
  [[]],
  [null],
  [{}],
  { extension: [{ url: 'urn:x', valueString: secret }] },
  { reference: 'Patient/none' },
  { resourceType: 'Patient' },
  { resourceType: 'constructor' },
  Array(300).fill('x'),
];

interface Change {
  readonly place: number;
  readonly kind: 'replace' | 'remove' | 'repeat' | 'wrap' | 'unwrap' | 'add' | 'move';
  readonly value: unknown;
}

export type Changes = readonly Change[];

export const changes = (most: number): fc.Arbitrary<Changes> =>
  fc.array(
    fc.record({
      place: fc.nat({ max: 10_000 }),
      kind: fc.constantFrom<Change['kind'][]>('replace', 'replace', 'replace', 'remove', 'repeat', 'wrap', 'unwrap', 'add', 'move'),
      value: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...odd) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      ),
    }),
    { maxLength: most },
  );

interface Slot {
  readonly owner: JsonObject | unknown[];
  readonly key: string | number;
}

function slotsOf(value: unknown, found: Slot[] = []): Slot[] {
  if (Array.isArray(value)) {
    value.forEach((item, key) => {
      found.push({ owner: value, key });
      slotsOf(item, found);
    });
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      found.push({ owner: value, key });
      slotsOf(value[key], found);
    }
  }
  return found;
}

function put({ owner, key }: Slot, value: unknown): void {
  Object.defineProperty(owner, key, { value, writable: true, enumerable: true, configurable: true });
}

function take({ owner, key }: Slot): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
}

function change(root: JsonObject, { place, kind, value }: Change): void {
  const slots = slotsOf(root);
  const slot = slots[place % Math.max(slots.length, 1)];
  if (slot === undefined) return;
  const before = (slot.owner as JsonObject)[slot.key];
  if (kind === 'replace') put(slot, structuredClone(value));
  else if (kind === 'remove') take(slot);
  else if (kind === 'wrap') put(slot, [before]);
  else if (kind === 'unwrap' && Array.isArray(before)) put(slot, before[0]);
  else if (kind === 'repeat' && Array.isArray(before)) put(slot, Array(20).fill(before).flat().slice(0, 200));
  else if (kind === 'add' && isObject(before))
    put({ owner: before, key: typeof value === 'string' ? value : 'id' }, structuredClone(value));
  else if (kind === 'move') put(slots[(place * 7) % slots.length] as Slot, structuredClone(before));
}

/** A damaged copy. */
export function mutated(resource: Resource, list: Changes): Resource {
  const copy = structuredClone(resource);
  for (const one of list) change(copy, one);
  return copy;
}

export type Damage = (text: string) => string | Buffer;

const at = (text: string, share: number): number => Math.floor(text.length * share);

/** What is done to the text or its bytes on the way. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Damage>((text) => text) },
  {
    weight: 1,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map(
      (share): Damage =>
        (text) =>
          text.slice(0, at(text, share)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('\0', '\u0001', '"', '{', ']', ',', '\\u0000', '<', '&#0;', '&x;', '1e999'),
      )
      .map(
        ([share, piece]): Damage =>
          (text) =>
            text.slice(0, at(text, share)) + piece + text.slice(at(text, share)),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })).map(
      ([share, byte]): Damage =>
        (text) => {
          const bytes = Buffer.from(text);
          if (bytes.length > 0) bytes[Math.floor((bytes.length - 1) * share)] = byte;
          return bytes;
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Damage[]>(
      (text) => text.replace('{', '{"__proto__":{"a":1},'),
      (text) => text.replace('{', '{"resourceType":"Patient",'),
      (text) => text.replace(/\d/, '1e999'),
      (text) => text.replace(/"[^"]*"$/m, '"\\ud800"'),
      (text) => `\ufeff${text}`,
      (text) => `[${text}]`,
      (text) => '['.repeat(5_000) + text,
      (text) => text + text,
      () => '',
      () => 'null',
    ),
  },
);
