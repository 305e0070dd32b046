/** Units that occur in the data of the tests, made by hand from the tables of UCUM. https://ucum.org/ucum */
import { decimal, over, type Rational } from './rational.ts';

export interface Unit {
  /** Units of one dimension are converted to each other. */
  readonly dimension: string;
  readonly factor: Rational;
  /** Added behind the factor. */
  readonly offset?: Rational;
}

const unit = (dimension: string, factor: string, divisor = '1'): Unit => ({ dimension, factor: over(decimal(factor), decimal(divisor)) });

/** UCUM's mole is a number, and so is what is made of it. */
const mole = '6.02214076e23';
const [millimole, micromole] = ['6.02214076e20', '6.02214076e17'];

/** Curly brackets are annotations: they mean the unit 1. */
const table: Readonly<Record<string, Unit>> = {
  '1': unit('1', '1'),
  '%': unit('1', '0.01'),
  '{score}': unit('1', '1'),
  '{T-score}': unit('1', '1'),
  '{nominal}': unit('1', '1'),
  '{count}': unit('1', '1'),
  '{scoop}': unit('1', '1'),
  '{#}': unit('1', '1'),
  'mg/g': unit('1', '0.001'),
  'mg/kg': unit('1', '0.000001'),
  mol: unit('1', mole),
  mmol: unit('1', millimole),
  meq: unit('1', millimole),
  g: unit('mass', '1'),
  kg: unit('mass', '1000'),
  mg: unit('mass', '0.001'),
  ug: unit('mass', '0.000001'),
  pg: unit('mass', '0.000000000001'),
  '[lb_av]': unit('mass', '453.59237'),
  '[oz_av]': unit('mass', '28.349523125'),
  m: unit('length', '1'),
  km: unit('length', '1000'),
  cm: unit('length', '0.01'),
  mm: unit('length', '0.001'),
  '[in_i]': unit('length', '0.0254'),
  '[ft_i]': unit('length', '0.3048'),
  L: unit('volume', '1'),
  mL: unit('volume', '0.001'),
  ml: unit('volume', '0.001'),
  '[foz_us]': unit('volume', '0.0295735295625'),
  fL: unit('volume', '0.000000000000001'),
  s: unit('time', '1'),
  min: unit('time', '60'),
  h: unit('time', '3600'),
  d: unit('time', '86400'),
  wk: unit('time', '604800'),
  a: unit('time', '31557600'),
  mo: unit('time', '2629800'),
  '/min': unit('rate', '1'),
  '/s': unit('rate', '60'),
  '/a': unit('rate', '1', '525960'),
  U: unit('rate', micromole),
  'U/L': unit('rate concentration', '1'),
  'kU/L': unit('rate concentration', '1000'),
  'g/dL': unit('mass concentration', '10'),
  'g/L': unit('mass concentration', '1'),
  'mg/dL': unit('mass concentration', '0.01'),
  'mg/L': unit('mass concentration', '0.001'),
  'mg/mL': unit('mass concentration', '1'),
  'ng/mL': unit('mass concentration', '0.000001'),
  'ug/mL': unit('mass concentration', '0.001'),
  'pg/mL': unit('mass concentration', '0.000000001'),
  'mmol/L': unit('number concentration', '6.02214076e14'),
  'umol/L': unit('number concentration', '6.02214076e11'),
  'mol/L': unit('number concentration', '6.02214076e17'),
  'mm[Hg]': unit('pressure', '133.322'),
  'cal/mL': unit('pressure', '4184000'),
  kPa: unit('pressure', '1000'),
  Pa: unit('pressure', '1'),
  'kg/m2': unit('area density', '1'),
  'g/cm2': unit('area density', '10'),
  'mg/m2': unit('area density', '0.000001'),
  '10*3/uL': unit('number concentration', '1000'),
  '10*6/uL': unit('number concentration', '1000000'),
  '10*9/L': unit('number concentration', '1000'),
  '10*12/L': unit('number concentration', '1000000'),
  'mL/h': unit('flow', '1'),
  'mL/min': unit('flow', '60'),
  'mL/min/{1.73_m2}': unit('flow', '60'),
  'L/h': unit('flow', '1000'),
  Cel: { dimension: 'temperature', factor: decimal('1'), offset: decimal('273.15') },
  K: unit('temperature', '1'),
};

export const unitOf = (code: string): Unit | undefined => table[code];

/** Other units of the same dimension. */
export const kindred = (code: string): readonly string[] =>
  Object.keys(table).filter((other) => other !== code && table[other]?.dimension === table[code]?.dimension);
