/** Places within a distance. https://hl7.org/fhir/R4/location.html#positional */
import { type Item, object } from './item.ts';
import { unitOf } from './unit.ts';

const meanRadius = 6_371_008.8;

/** A place as a vector of length one. */
function vector(latitude: number, longitude: number): readonly [number, number, number] {
  const [phi, lambda] = [latitude, longitude].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** By the angle between the vectors, in metres. */
export function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const [[x, y, z], [u, v, w]] = [vector(...a), vector(...b)];
  const across = Math.hypot(y * w - z * v, z * u - x * w, x * v - y * u);
  return meanRadius * Math.atan2(across, x * u + y * v + z * w);
}

/** `latitude|longitude|distance|unit`. */
export function nearTest(value: string): (item: Item) => boolean {
  const [latitude = '', longitude = '', distance = '', unit = ''] = value.split('|');
  const factor = unitOf(unit)?.factor;
  // "If the units are omitted, then kms should be assumed."
  const most = Number(distance) * (factor ? Number(factor.n) / Number(factor.d) : 1000);
  return (item) => {
    const { latitude: north, longitude: east } = object(item.value);
    if (typeof north !== 'number' || typeof east !== 'number') return false;
    return metresBetween([Number(latitude), Number(longitude)], [north, east]) <= most;
  };
}
