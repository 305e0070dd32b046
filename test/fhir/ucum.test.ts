/** Units against the specification, the published functional tests, and exact arithmetic. https://ucum.org/ucum */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { essence } from '../../src/fhir/ucum/essence.ts';
import { canonicalUnit } from '../../src/fhir/ucum.ts';
import { projectFile } from '../../src/root.ts';
import { sharedData } from '../support/shared-data.ts';

function tagsOf(path: string): SaxesTagPlain[] {
  const tags: SaxesTagPlain[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => tags.push(tag));
  parser.write(readFileSync(path, 'utf8')).close();
  return tags;
}

const valueOf = (code: string, value = 1): number | undefined => canonicalUnit(code)?.toCanonical(value);

describe('The table of UCUM', () => {
  const tags = tagsOf(projectFile('terminology', 'ucum', 'ucum-essence.xml'));
  const codesOf = (name: string): string[] => tags.filter((tag) => tag.name === name).map(({ attributes }) => attributes['Code'] as string);

  test('is read whole: every prefix, every base unit and every unit', () => {
    expect([...essence().prefixes.keys()].sort()).toEqual(codesOf('prefix').sort());
    expect([...essence().atoms.keys()].sort()).toEqual([...codesOf('base-unit'), ...codesOf('unit')].sort());
    expect(essence().atoms.size).toBe(312);
  });

  test('defines only units that are units', () => {
    const units = tags.flatMap(({ name, attributes }) => (name === 'value' || name === 'function' ? (attributes['Unit'] ?? []) : []));
    const terms = units.filter((unit) => !/[ (]/.test(unit));
    expect(terms.length).toBeGreaterThan(250);
    expect(terms.filter((unit) => canonicalUnit(unit) === undefined)).toEqual([]);
  });

  test('has a canonical unit for every unit, with every prefix where it is metric and only there', () => {
    const { atoms, prefixes } = essence();
    for (const { code, metric } of atoms.values()) {
      const unit = canonicalUnit(code);
      expect([code, unit?.unit]).toEqual([code, expect.any(String)]);
      for (const prefix of prefixes.keys()) {
        const isAnother =
          atoms.has(prefix + code) ||
          [...prefixes.keys()].some(
            (p) => p !== prefix && (prefix + code).startsWith(p) && atoms.get((prefix + code).slice(p.length))?.metric,
          );
        if (!isAnother) expect([prefix, code, canonicalUnit(prefix + code)?.unit]).toEqual([prefix, code, metric ? unit?.unit : undefined]);
      }
    }
  });
});

const functionalTests = sharedData('terminology', 'UcumFunctionalTests-half.xml');

// Skipped where the shared data does not lie beside the project: a clone alone has nothing to read here.
(functionalTests === undefined ? describe.skip : describe)('The functional tests of UCUM: where the data lies beside the project', () => {
  const cases =
    functionalTests === undefined
      ? []
      : tagsOf(functionalTests)
          .filter(({ name }) => name === 'case')
          .map(({ attributes }) => attributes);

  test('agree on what is a unit', () => {
    const validations = cases.filter((each) => each['valid'] !== undefined);
    expect(validations).toHaveLength(248);
    expect(validations.filter(({ unit = '', valid }) => (canonicalUnit(unit) !== undefined) !== (valid === 'true'))).toEqual([]);
  });

  test('agree on conversions, to the digits that they give', () => {
    const conversions = cases.filter((each) => each['srcUnit'] !== undefined);
    expect(conversions).toHaveLength(11);
    for (const { value = '', srcUnit = '', dstUnit = '', outcome = '' } of conversions) {
      const [from, to] = [canonicalUnit(srcUnit), canonicalUnit(dstUnit)];
      expect([srcUnit, from?.unit]).toEqual([srcUnit, to?.unit]);
      const converted = (from?.toCanonical(Number(value)) ?? 0) / (to?.toCanonical(1) ?? 0);
      const digits = Math.min(12, outcome.replace(/^0\.0*|\./g, '').length);
      expect([srcUnit, converted.toPrecision(digits)]).toEqual([srcUnit, Number(outcome).toPrecision(digits)]);
    }
  });
});

describe('A unit in base units', () => {
  test.each([
    ['kg', 'g', 1000],
    ['mg/dL', 'g.m-3', 10],
    ['mm[Hg]', 'g.m-1.s-2', 133_322],
    ['[lb_av]', 'g', 453.59237],
    ['/min', 's-1', 1 / 60],
    ['{beats}/min', 's-1', 1 / 60],
    ['10*3/uL{blood}', 'm-3', 1e12],
    ['10^-3', '1', 0.001],
    ['mmol/L', 'm-3', 6.02214076e23],
    ['U/L', 'm-3.s-1', 6.02214076e20 / 60],
    ['%', '1', 0.01],
    ['{score}', '1', 1],
    ['1', '1', 1],
    ['kg.m/(s2.m2)', 'g.m-1.s-2', 1000],
    ['kg.m/s2.m2', 'g.m3.s-2', 1000],
    ['/m/s', 'm-1.s-1', 1],
    ['m0', '1', 1],
    ['m+2', 'm2', 1],
    ["[arb'U]/mL", "[arb'U].m-3", 1e6],
    ['dag', 'g', 10],
    ['dar', 'm2', 10],
    ['cd', 'cd', 1],
    ['Pa', 'g.m-1.s-2', 1000],
    ["'", 'rad', Math.PI / 10_800],
    ['KiBy', '1', 8192],
    ['12.h', 's', 43_200],
    ['mL/min/{1.73_m2}', 'm3.s-1', 1e-6 / 60],
  ])('%s is %s', (code, unit, value) => {
    expect(canonicalUnit(code)?.unit).toBe(unit);
    expect(valueOf(code)).toBeCloseTo(value, -Math.floor(Math.log10(value)) + 14);
    // What is canonical stays as it is.
    expect(canonicalUnit(unit)).toMatchObject({ unit, scale: { numerator: 1n, denominator: 1n } });
  });

  test.each([
    '',
    'lbs',
    'm/',
    'g/12h',
    'kg[H20]',
    'KG',
    '(m',
    'm)',
    'm..s',
    'm 2',
    '{a',
    'a}',
    '{a}rad2{b}',
    '0',
    '00.m',
    '(m)2',
    'm-',
    'k%',
    'µg',
    'K[iU',
    '{a{b}}',
    'm100',
    '"',
    'constructor',
    '__proto__',
  ])('%j is no unit', (code) => expect(canonicalUnit(code)).toBeUndefined());

  test('is exact', () => {
    expect(valueOf('[lb_av]', 150)).toBe(68_038.8555);
    expect(valueOf('kg', 68.0388555)).toBe(68_038.8555);
    expect(valueOf('mg', 5.4)).toBe(0.0054);
    expect(valueOf('g/dL', 13.2)).toBe(valueOf('mg/dL', 13_200));
    expect(valueOf('/h', 20)).toBe(1 / 180);
    expect(canonicalUnit('/min')?.toCanonical({ numerator: 1n, denominator: 3n })).toBe(1 / 180);
  });
});

describe('A temperature', () => {
  test.each([
    ['Cel', 37, 310.15],
    ['[degF]', 98.6, 310.15],
    ['[degRe]', 29.6, 310.15],
    ['mCel', 37_000, 310.15],
    ['K', 310.15, 310.15],
    ['[degF]', -459.67, 0],
    ['Cel{oral}', 0, 273.15],
  ])('in %s of %d is %d K', (code, value, kelvin) => {
    expect(canonicalUnit(code)?.unit).toBe('K');
    expect(valueOf(code, value)).toBe(kelvin);
  });

  test.each(['Cel/m', 'J/Cel', '/Cel', 'Cel2', '2.Cel', 'dB.m', '[pH]/L'])('SHALL NOT take part in algebra: %s is no unit', (code) => {
    expect(canonicalUnit(code)).toBeUndefined();
  });
});

describe('What is commensurable with itself only', () => {
  const alone = [
    '[pH]',
    'Np',
    'B',
    'B[SPL]',
    'B[V]',
    'B[mV]',
    'bit_s',
    "[p'diop]",
    '%[slope]',
    "[hp'_X]",
    '[hp_X]',
    '[iU]',
    "[arb'U]",
    "[USP'U]",
    '[CFU]',
    '1',
    'rad',
  ];

  test('has a canonical unit of its own', () => {
    const units = alone.map((code) => canonicalUnit(code)?.unit);
    expect(new Set(units).size).toBe(alone.length);
    expect(units).not.toContain(undefined);
  });

  test('takes prefixes and, where it is on a ratio scale, other units', () => {
    expect(canonicalUnit('dB')).toMatchObject({ unit: 'B' });
    expect(valueOf('dB', 25)).toBe(2.5);
    expect(canonicalUnit('k[iU]/L')?.unit).toBe(canonicalUnit('m[IU]/mL')?.unit);
    expect(valueOf('k[iU]/L')).toBe(valueOf('[IU]/mL'));
    expect(canonicalUnit('[iU]/L')?.unit).not.toBe(canonicalUnit('U/L')?.unit);
  });
});

describe('A hostile text', () => {
  const hostile = [
    '('.repeat(200),
    '('.repeat(1_000_000),
    `${'(m'.repeat(60)}${')'.repeat(60)}`,
    `${'Ym99.'.repeat(39)}m`,
    '[pi]99.'.repeat(28),
    `m${'9'.repeat(190)}`,
    '9'.repeat(200),
    `1/${'9'.repeat(198)}`,
    '{'.repeat(200),
    '['.repeat(200),
    `${'m.'.repeat(99)}m`,
    'm-9999999999',
    '10*99.10*99.10*99.10*99.10*99',
    '10*-99.10*-99.10*-99.10*-99.10*-99',
    '\u0000',
    '😀',
    'a'.repeat(200),
  ];

  test('takes no time', () => {
    const start = performance.now();
    for (const code of hostile) canonicalUnit(code)?.toCanonical(1e300);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('never throws, and what is a unit converts every number to one', () => {
    const piece = fc.constantFrom(
      'm',
      'kg',
      'Cel',
      '[pi]',
      '10*',
      '[iU]',
      '%',
      '.',
      '/',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '-',
      '9',
      '99',
      '0',
      "'",
      'dB',
      'é',
      '2',
      '-3',
    );
    const code = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(code, fc.double({ noNaN: true, noDefaultInfinity: true }), (text, value) => {
        const unit = canonicalUnit(text);
        if (unit) expect(unit.toCanonical(value)).not.toBeNaN();
        if (unit) expect(canonicalUnit(unit.unit)?.unit).toBe(unit.unit);
      }),
      { numRuns: 3000 },
    );
  });

  test('a term whose base units have exponents beyond what can be written is none', () => {
    expect(canonicalUnit('g50.m99.s-99')?.unit).toBe('g50.m99.s-99');
    for (const code of ['m99.m', 'kg2.m50.N50', '(m20)/(m-80)', 'J50']) expect(canonicalUnit(code)).toBeUndefined();
    const codes = [...essence().atoms.values()].filter(({ base }) => base).map(({ code }) => code);
    const terms = codes.map((_, i) => `/${codes.slice(0, i + 1).join('/')}`).filter(({ length }) => length <= 200);
    const units = terms.map((term) => canonicalUnit(term)?.unit);
    expect(units.every((unit) => unit === undefined || canonicalUnit(unit)?.unit === unit)).toBe(true);
    expect(units.filter((unit) => unit === undefined)).not.toHaveLength(0);
    expect(units.filter((unit) => unit !== undefined)).not.toHaveLength(0);
  });

  test('does not fill the memory: what was met long ago is forgotten and found again', () => {
    for (let i = 0; i < 10_000; i++) canonicalUnit(`mg{${i}}`);
    expect(valueOf('mg{0}', 3)).toBe(0.003);
  });
});
