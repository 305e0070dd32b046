/** Places within a distance. https://hl7.org/fhir/R4/location.html#positional */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { holds } from '../../src/search/holds.ts';
import { boxAround, type Cap, earthRadius, isWithin, type Position } from '../../src/search/sphere.ts';
import { definitions, parse, refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

const location = (id: string, position?: object): Resource => ({ resourceType: 'Location', id, ...(position ? { position } : {}) });

/** Places, and how far they are from Vienna. */
const places: Record<string, Position> = {
  vienna: { latitude: 48.2082, longitude: 16.3738 },
  bratislava: { latitude: 48.1486, longitude: 17.1077 },
  graz: { latitude: 47.0707, longitude: 15.4395 },
  prague: { latitude: 50.0755, longitude: 14.4378 },
  lisbon: { latitude: 38.7223, longitude: -9.1393 },
  fijiWest: { latitude: -17, longitude: 179.9 },
  fijiEast: { latitude: -17, longitude: -179.9 },
  dateLine: { latitude: -17, longitude: 180 },
  dateLineToo: { latitude: -17, longitude: -180 },
  northPole: { latitude: 90, longitude: 0 },
  arctic: { latitude: 89, longitude: 90 },
  arcticBeyond: { latitude: 89, longitude: -90 },
  southPole: { latitude: -90, longitude: 55 },
  equator: { latitude: 0, longitude: 0 },
};

let db: SearchDatabase;
beforeAll(async () => {
  db = await searchDatabase();
  await db.load([
    ...Object.entries(places).map(([id, position]) => location(id, { ...position, altitude: 200 })),
    location('nowhere'),
    location('half', { latitude: 48.2 }),
    location('beyond', { latitude: 48.2, longitude: 376.3738 }),
    location('text', { latitude: '48.2', longitude: '16.3' }),
    {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      location: [{ location: { reference: 'Location/graz' } }],
    },
  ]);
});
afterAll(() => db.close());

const near = async (value: string): Promise<string[]> => (await db.ids('Location', `near=${value}&_count=100`)).sort();

describe('near finds places', () => {
  test.each<[rule: string, value: string, ids: string[]]>([
    ['within a specified distance of the provided coordinates', '48.2082|16.3738|60|km', ['bratislava', 'vienna']],
    ['and no others', '48.2082|16.3738|54|km', ['vienna']],
    ['at the coordinates themselves', '48.2082|16.3738|0|km', ['vienna']],
    ['if the units are omitted, then kms should be assumed', '48.2082|16.3738|150', ['bratislava', 'graz', 'vienna']],
    ['units may be empty', '48.2082|16.3738|150|', ['bratislava', 'graz', 'vienna']],
    ['if the distance is omitted, 50 km are near', '48.2082|16.3738', ['vienna']],
    ['units are irrelevant then', '48.15|17||parsecs', ['bratislava', 'vienna']],
    ['in metres', '48.2082|16.3738|60000|m', ['bratislava', 'vienna']],
    ['in statute miles', '48.2082|16.3738|36|[mi_i]', ['bratislava', 'vienna']],
    ['in nautical miles', '48.2082|16.3738|29|[nmi_i]', ['vienna']],
    ['as an exponent', '4.82082e1|16.3738|6e1|km', ['bratislava', 'vienna']],
    ['across the date line from the west', '-17|179.95|20|km', ['dateLine', 'dateLineToo', 'fijiEast', 'fijiWest']],
    ['across the date line from the east', '-17|-179.95|20|km', ['dateLine', 'dateLineToo', 'fijiEast', 'fijiWest']],
    ['up to the date line only', '-17|179.9|11|km', ['dateLine', 'dateLineToo', 'fijiWest']],
    ['on the date line', '-17|180|0|km', ['dateLine', 'dateLineToo']],
    ['on the other side of a pole', '89|90|230|km', ['arctic', 'arcticBeyond', 'northPole']],
    ['at a pole, whatever the longitude', '90|-120|112|km', ['arctic', 'arcticBeyond', 'northPole']],
    ['at a pole itself', '-90|0|1|m', ['southPole']],
    ['near a pole and not beyond', '89|90|100|km', ['arctic']],
    ['everywhere', '48|16|20100|km', Object.keys(places).sort()],
    ['near one or another', '48.2082|16.3738|1|km,38.7|-9.1|10|km', ['lisbon', 'vienna']],
    ['near one and another', '48.2082|16.3738|60|km&near=48.1486|17.1077|10|km', ['bratislava']],
  ])('%s: %s', async (_rule, value, expected) => {
    expect(await near(value)).toEqual(expected);
  });

  test('in chains', async () => {
    expect(await db.ids('Encounter', 'location.near=47|15.4|20|km')).toEqual(['e1']);
    expect(await db.ids('Encounter', 'location.near=48|15.4|20|km')).toEqual([]);
  });

  test('only where there is a position', async () => {
    expect((await db.ids('Location', 'near:missing=true')).sort()).toEqual(['nowhere']);
    expect((await near('48.2|16.3738|9|km')).sort()).toEqual(['vienna']);
  });
});

test.each([
  '',
  '48',
  '48|',
  '|16',
  '48|16|-1|km',
  '48|16|x|km',
  '48|16|5|kg',
  '48|16|5|mile',
  '48|16|5|km|x',
  '91|16',
  '48|181',
  '48,16',
  'gt48|16|5|km',
  'NaN|16',
  '48|16|5|[iU]',
  '48|16|1e999|km',
])('near=%s is refused with what would be right', (value) => {
  const refused = refusalOf('Location', `near=${encodeURIComponent(value)}`);
  expect(refused.status).toBe(400);
  expect(refused.text).toMatch(value === '' ? /it is empty/ : /latitude\|longitude\|distance\|units/);
});

const anywhere = fc.record({
  latitude: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 0, 89.9999)),
  longitude: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 179.9999)),
});
const distance = fc.oneof(fc.double({ min: 0, max: 21e6, noNaN: true }), fc.double({ min: 0, max: 1000, noNaN: true }));

/** The angle between two places by their vectors: another way than the product's. */
function angle(a: Position, b: Position): number {
  const vector = ({ latitude, longitude }: Position): [number, number, number] => {
    const [lat, lon] = [(latitude / 180) * Math.PI, (longitude / 180) * Math.PI];
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  };
  const [[x, y, z], [u, v, w]] = [vector(a), vector(b)];
  return Math.atan2(Math.hypot(y * w - z * v, z * u - x * w, x * v - y * u), x * u + y * v + z * w);
}

describe('A distance on the earth', () => {
  test('is what the vectors of the places say', () => {
    fc.assert(
      fc.property(anywhere, anywhere, distance, (center, position, far) => {
        const exact = angle(center, position) * earthRadius;
        if (Math.abs(exact - far) > 0.5) expect(isWithin(position, { center, distance: far })).toBe(exact < far);
      }),
      { numRuns: 3000 },
    );
  });

  test('is never cut off by the rectangle of the first look', () => {
    const inBox = ({ latitude, longitude }: Position, cap: Cap): boolean => {
      const { south, north, meridians } = boxAround(cap);
      if (latitude < south || latitude > north) return false;
      if (!meridians) return true;
      const { west, east } = meridians;
      return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
    };
    const besideIt = fc.record({
      latitude: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
      longitude: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
    });
    let within = 0;
    fc.assert(
      fc.property(anywhere, anywhere, besideIt, fc.boolean(), distance, (center, far, beside, isBeside, most) => {
        const wrapped = ((center.longitude + beside.longitude + 540) % 360) - 180;
        const position = isBeside ? { latitude: Math.max(-90, Math.min(90, center.latitude + beside.latitude)), longitude: wrapped } : far;
        const cap = { center, distance: most };
        if (!isWithin(position, cap)) return;
        within++;
        expect([position, cap, inBox(position, cap)]).toEqual([position, cap, true]);
      }),
      { numRuns: 5000 },
    );
    expect(within).toBeGreaterThan(1000);
  });
});

test('What SQL finds near a place, and what holds of resources on their way, are the same', async () => {
  const extract = compileExtractor(definitions);
  const candidates = Object.entries(places).map(([id, position]) => ({
    type: 'Location',
    id,
    rows: extract(location(id, position)),
    updated: 0,
  }));
  const samples = fc.sample(fc.tuple(anywhere, fc.double({ min: 0, max: 20_000, noNaN: true })), { numRuns: 60, seed: 7 });
  for (const [{ latitude, longitude }, far] of samples) {
    const value = `${latitude.toFixed(6)}|${longitude.toFixed(6)}|${far.toFixed(3)}|km`;
    const { conditions } = parse('Location', `near=${value}`);
    const held = candidates.filter((candidate) => conditions.every((condition) => holds(condition, candidate)));
    expect([value, held.map(({ id }) => id).sort()]).toEqual([value, await near(value)]);
  }
});
