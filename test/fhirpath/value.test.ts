import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimalBoundary, temporalBoundary } from '../../src/fhir/fhirpath/boundary.ts';
import { Decimal } from '../../src/fhir/fhirpath/decimal.ts';
import { distinct, ItemSet } from '../../src/fhir/fhirpath/distinct.ts';
import { equalItems } from '../../src/fhir/fhirpath/equality.ts';
import { type Item, Node } from '../../src/fhir/fhirpath/item.ts';
import { Pattern } from '../../src/fhir/fhirpath/pattern.ts';
import { Quantity } from '../../src/fhir/fhirpath/quantity.ts';
import { addQuantities, compareQuantities, multiplyQuantities } from '../../src/fhir/fhirpath/quantity-operation.ts';
import { Run } from '../../src/fhir/fhirpath/run.ts';
import type { Temporal } from '../../src/fhir/fhirpath/temporal.ts';
import { plusDuration } from '../../src/fhir/fhirpath/temporal-arithmetic.ts';
import { compareTemporals, temporalKey } from '../../src/fhir/fhirpath/temporal-compare.ts';
import { parseTemporal } from '../../src/fhir/fhirpath/temporal-parse.ts';
import { typesOf } from '../../src/fhir/fhirpath/type.ts';
import { productUnit } from '../../src/fhir/fhirpath/unit.ts';
import { canonicalUnit } from '../../src/fhir/ucum.ts';
import { isDate, isDateTime, isTime } from '../../src/validation/calendar.ts';
import { definitions } from '../support/fhirpath.ts';

const decimal = (text: string): Decimal => Decimal.parse(text) as Decimal;

const digits = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat({ max: 8 }))
  .map(([sign, value, scale]) => ({ scaled: sign === '-' ? -value : value, scale }));

/** `scaled / 10^scale` as text. */
function written({ scaled, scale }: { scaled: bigint; scale: number }): string {
  const [sign, text] = [scaled < 0n ? '-' : '', String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')];
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

describe('decimals', () => {
  test('print as they were written, but that there is one zero', () => {
    fc.assert(fc.property(digits, (one) => expect(decimal(written(one)).toString()).toBe(written(one))));
    expect(decimal('-0.0').toString()).toBe('0.0');
  });

  test('add, subtract, multiply and compare as whole numbers of their last places do', () => {
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const [x, y] = [decimal(written(a)), decimal(written(b))];
        const scale = Math.max(a.scale, b.scale);
        const [p, q] = [a.scaled * 10n ** BigInt(scale - a.scale), b.scaled * 10n ** BigInt(scale - b.scale)];
        expect(x.plus(y).toString()).toBe(written({ scaled: p + q, scale }));
        expect(x.minus(y).toString()).toBe(written({ scaled: p - q, scale }));
        expect(x.times(y).toString()).toBe(written({ scaled: a.scaled * b.scaled, scale: a.scale + b.scale }));
        expect(x.compare(y)).toBe(p < q ? -1 : p > q ? 1 : 0);
      }),
    );
  });

  test.each(['', '1.', '.5', '1e', '1e9999', '0x1', 'Infinity', `${'1'.repeat(500)}`])('%s is none', (text) => {
    expect(Decimal.parse(text)).toBeUndefined();
  });

  test('a value lies between its boundaries, which are as precise as was asked', () => {
    fc.assert(
      fc.property(digits, fc.nat({ max: 10 }), (one, places) => {
        const value = decimal(written(one));
        const [low, high] = [decimalBoundary(value, 'low', places) as Decimal, decimalBoundary(value, 'high', places) as Decimal];
        expect(low.compare(value)).toBeLessThanOrEqual(0);
        expect(high.compare(value)).toBeGreaterThanOrEqual(0);
        expect([low.scale, high.scale]).toEqual([places, places]);
      }),
    );
  });
});

const two = (value: number): string => String(value).padStart(2, '0');

const dateText = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), fc.nat({ max: 2 }))
  .map(([year, month, day, parts]) => [String(year).padStart(4, '0'), two(month), two(day)].slice(0, parts + 1).join('-'));

const clockText = fc
  .tuple(fc.nat({ max: 25 }), fc.nat({ max: 61 }), fc.nat({ max: 61 }), fc.constantFrom('', '.', '.5', '.123', '.123456'))
  .map(([hour, minute, second, fraction]) => `${two(hour)}:${two(minute)}:${two(second)}${fraction}`);

const zoneText = fc.constantFrom('', 'Z', '+02:00', '-05:30', '+14:00', '+14:30', '-12:00', 'z', '+0200');

const momentText = fc.tuple(dateText, clockText, zoneText).map(([date, clock, zone]) => `${date}T${clock}${zone}`);

const moments = (kind: 'date' | 'dateTime' | 'time', text: fc.Arbitrary<string>): fc.Arbitrary<Temporal> =>
  text.map((one) => parseTemporal(kind, one)).filter((one) => one !== undefined);

describe('dates and times', () => {
  test('are read where FHIR allows them, and print as they were written', () => {
    fc.assert(
      fc.property(dateText, momentText, clockText, (date, moment, clock) => {
        expect(parseTemporal('date', date) !== undefined).toBe(isDate(date));
        // FHIR wants a zone with a time, the language does not.
        const isZoned = /T.*(?:Z|[+-]\d\d:\d\d)$/.test(moment);
        expect(parseTemporal('dateTime', moment) !== undefined).toBe(isDateTime(isZoned ? moment : `${moment}Z`));
        expect(parseTemporal('time', clock) !== undefined).toBe(isTime(clock));
        for (const [kind, text] of [
          ['date', date],
          ['dateTime', moment],
          ['time', clock],
        ] as const)
          expect(String(parseTemporal(kind, text) ?? text)).toBe(text.replace(/[+-]00:00$/, 'Z'));
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(['2015T', '2015-02T', '2015-02-04T', '2015-02-04T14', '2015-02-04T14:30', '2015-02-04T14:30+01:00'])(
    '%s is partial',
    (text) => {
      expect(String(parseTemporal('dateTime', text))).toBe(text.replace(/T$/, ''));
    },
  );

  test.each(['2015T14', '2015-02T14:30', '2015-1', '15', '2015-02-04 14:30', '2015-02-04T14:30:', '2015-02-04TZ', '2015-02-04T1:30'])(
    '%s is none',
    (text) => {
      expect(parseTemporal('dateTime', text)).toBeUndefined();
    },
  );

  const zoned = moments('dateTime', momentText).filter(({ offset }) => offset !== undefined);

  test('with zones have the order of their instants', () => {
    const instant = (value: Temporal) => Date.parse(String(value).replace(':60', ':59'));
    fc.assert(
      fc.property(
        zoned.filter(({ second }) => second < 60),
        zoned.filter(({ second }) => second < 60),
        (a, b) => {
          const order = compareTemporals(a, b);
          if (order !== undefined && instant(a) !== instant(b)) expect(Math.sign(order)).toBe(Math.sign(instant(a) - instant(b)));
        },
      ),
    );
  });

  test('compare the other way round the other way, and equal ones have one key', () => {
    const any = fc.oneof(moments('date', dateText), moments('dateTime', momentText));
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [order, back] = [compareTemporals(a, b), compareTemporals(b, a)];
        expect(back === undefined ? undefined : -Math.sign(back) + 0).toBe(order === undefined ? undefined : Math.sign(order) + 0);
        expect(order === 0).toBe(temporalKey(a) === temporalKey(b));
        expect(compareTemporals(a, a)).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('days, hours and seconds are added as a clock runs, and taken away again', () => {
    const units = fc.constantFrom('week', 'day', 'hour', 'minute', 'second', 'millisecond') as fc.Arbitrary<'week'>;
    const plain = moments('dateTime', momentText).filter(({ year, second }) => year > 1000 && year < 9000 && second < 60);
    fc.assert(
      fc.property(plain, units, fc.integer({ min: -10_000, max: 10_000 }), (value, unit, amount) => {
        const sum = plusDuration(value, Decimal.of(amount), unit) as Temporal;
        const back = plusDuration(sum, Decimal.of(-amount), unit) as Temporal;
        expect(compareTemporals(back, value)).toBe(0);
        const length = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 }[unit];
        expect(sum.local - value.local).toBe(amount * length);
      }),
    );
  });

  test('months lead to the same day or to the last of the month', () => {
    const dates = moments('date', dateText).filter(({ precision, year }) => precision === 2 && year > 1000 && year < 9000);
    fc.assert(
      fc.property(dates, fc.integer({ min: -500, max: 500 }), (value, months) => {
        const sum = plusDuration(value, Decimal.of(months), 'month') as Temporal;
        expect(sum.year * 12 + sum.month - (value.year * 12 + value.month)).toBe(months);
        expect(sum.day === value.day || (sum.day < value.day && new Date(Date.UTC(sum.year, sum.month, 0)).getUTCDate() === sum.day)).toBe(
          true,
        );
      }),
    );
  });

  test('no boundary lies on the wrong side', () => {
    const any = fc.oneof(moments('date', dateText), moments('dateTime', momentText), moments('time', clockText));
    fc.assert(
      fc.property(any, (value) => {
        const [low, high] = [temporalBoundary(value, 'low') as Temporal, temporalBoundary(value, 'high') as Temporal];
        expect(compareTemporals(low, high) ?? 0).toBeLessThanOrEqual(0);
        expect((compareTemporals(low, value) ?? 0) <= 0 && (compareTemporals(value, high) ?? 0) <= 0).toBe(true);
      }),
    );
  });
});

describe('quantities', () => {
  const codes = ['mg', 'g', 'kg', '[lb_av]', 'cm', 'm', '[in_i]', 's', 'min', 'h', 'd', 'wk', 'mg/dL', 'g/L', '%', '1', 'mm[Hg]', 'kPa'];
  const quantity = fc.tuple(digits, fc.constantFrom(...codes)).map(([one, code]) => Quantity.of(decimal(written(one)), code));

  const inBase = ({ value, unit }: Quantity): [string, number] => {
    const canonical = canonicalUnit(unit);
    return [canonical?.unit ?? '', canonical?.toCanonical(value.toRational()) ?? 0];
  };

  test('have the order of their values in base units, exactly', () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        const [[unitA, valueA], [unitB, valueB]] = [inBase(a), inBase(b)];
        const order = compareQuantities(a, b);
        if (unitA !== unitB) expect(order).toBeUndefined();
        else if (valueA !== valueB) expect(Math.sign(order ?? 0)).toBe(Math.sign(valueA - valueB));
      }),
      { numRuns: 1_000 },
    );
  });

  test('a sum less one of its parts is the other', () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        const sum = addQuantities(a, b, 1);
        const rest = sum && addQuantities(sum, b, -1);
        expect(rest === undefined).toBe(inBase(a)[0] !== inBase(b)[0]);
        if (rest !== undefined) expect(Math.abs(rest.value.minus(a.value).toNumber())).toBeLessThan(1e-9);
      }),
    );
  });

  test('the unit of a product is a unit, of the dimension of the product', () => {
    const plain = fc.constantFrom(...codes.filter((code) => code !== '%'));
    fc.assert(
      fc.property(plain, plain, fc.constantFrom(1 as const, -1 as const), (a, b, sign) => {
        const unit = productUnit(a, b, sign);
        const expected = canonicalUnit(`(${a})${sign === 1 ? '.' : '/'}(${b})`);
        expect([unit, canonicalUnit(unit)?.unit]).toEqual([unit, expected?.unit]);
        expect(canonicalUnit(unit)?.toCanonical(1)).toBeCloseTo(expected?.toCanonical(1) ?? Number.NaN, 9);
      }),
    );
    expect(multiplyQuantities(Quantity.of(decimal('2'), 'cm'), Quantity.of(decimal('3'), 'cm'))?.toString()).toBe("6 'cm2'");
  });
});

describe('sets of items', () => {
  const types = typesOf(definitions);
  const coding = types.fhir('Coding');
  if (coding === undefined) throw new Error('no Coding');
  const item: fc.Arbitrary<Item> = fc.oneof(
    fc.constantFrom('a', 'b', '1', 'true', '2015'),
    fc.constantFrom(0, 1, 2),
    fc.boolean(),
    fc.constantFrom('1', '1.0', '2.50', '0').map(decimal),
    fc
      .constantFrom('1 g', '1000 mg', '1 d', '24 h', '1 1', '5 mg')
      .map((text) => Quantity.of(decimal(text.split(' ')[0] ?? ''), text.split(' ')[1] ?? '')),
    moments('dateTime', fc.constantFrom('2015', '2015-02', '2015-02-04T10:00:00Z', '2015-02-04T12:00:00+02:00', '2015-02-04T10:00:00.0Z')),
    fc.record({ system: fc.constantFrom('s', 't'), code: fc.constantFrom('a', 'b') }).map((value) => new Node(value, coding)),
  );

  test('hold what equals holds equal, found by keys as by pairs', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), item, (items, one) => {
        const isEqual = (a: Item, b: Item) => equalItems(a, undefined, b, undefined, types) === true;
        const run = new Run({});
        expect(new ItemSet(types, run).addAll(items, undefined).has(one, undefined)).toBe(items.some((other) => isEqual(other, one)));
        const byPairs = items.filter((a, i) => !items.slice(0, i).some((b) => isEqual(a, b)));
        expect(distinct(items, undefined, types, run)).toEqual(byPairs);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('patterns', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(a)', '(?:ab)', '(a|b)', '^', '$', '\\w');
  const source = fc
    .array(fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}')), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([one, quantifier]) => (one === '^' || one === '$' ? one : one + quantifier)).join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '1', ' '), { maxLength: 12 }).map((all) => all.join(''));

  test('match as those of JavaScript do, on either engine', () => {
    fc.assert(
      fc.property(source, text, fc.boolean(), (pattern, short, isLong) => {
        // Behind so many letters of another kind only the linear engine is quick enough for some.
        const subject = isLong ? short + 'c'.repeat(600) : short;
        const found = new Pattern(pattern, { ignoreCase: false, multiline: false }).test(subject);
        expect([pattern, subject.slice(0, 20), found]).toEqual([pattern, subject.slice(0, 20), new RegExp(pattern, 'su').test(subject)]);
      }),
      { numRuns: 1_000 },
    );
  });
});
