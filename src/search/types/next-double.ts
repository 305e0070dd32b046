/** The doubles next to a double: an open end of an interval of doubles is the closed end beside it. */

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The least double that is greater. */
export function above(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return value;
  double[0] = value === 0 ? 0 : value;
  bits[0] = (bits[0] ?? 0n) + (value < 0 ? -1n : 1n);
  return double[0];
}

/** The greatest double that is less. */
export const below = (value: number): number => -above(-value);
