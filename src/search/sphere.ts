/** Distances on the earth, taken as a sphere of its mean radius (WGS 84): at most 0.6 % off. https://en.wikipedia.org/wiki/Haversine_formula */

/** In degrees. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** All positions that are not farther from the centre than the distance in metres. */
export interface Cap {
  readonly center: Position;
  readonly distance: number;
}

export const earthRadius = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;
const squareOfSine = (angle: number): number => Math.sin(angle) ** 2;

/** sin²(d / 2R): it grows with the distance, and is all that a comparison needs. */
export function haversine(a: Position, b: Position): number {
  const [from, to] = [radians(a.latitude), radians(b.latitude)];
  return squareOfSine((to - from) / 2) + Math.cos(from) * Math.cos(to) * squareOfSine(radians(b.longitude - a.longitude) / 2);
}

/** Nothing is told apart more finely: the date line has two names, and a pole as many as there are meridians. */
const millimetre = 1e-20;

/** The haversine of the distance, which is also the share of the sphere that lies within; 2 where it is more than half way round. */
export const haversineOf = ({ distance }: Cap): number =>
  distance >= Math.PI * earthRadius ? 2 : Math.max(millimetre, squareOfSine(distance / earthRadius / 2));

export const isWithin = (position: Position, cap: Cap): boolean => haversine(cap.center, position) <= haversineOf(cap);

/** A rectangle of degrees that holds the cap: a first look for an index. */
export interface Box {
  readonly south: number;
  readonly north: number;
  /** Beyond the date line one is greater than the other; absent = all the way round. */
  readonly meridians?: { readonly west: number; readonly east: number };
}

/** Metres, so that no rounding leaves out what lies on the edge. */
const slack = 0.1;

export function boxAround({ center: { latitude, longitude }, distance }: Cap): Box {
  const angle = (distance + slack) / earthRadius;
  const [south, north] = [latitude - degrees(angle), latitude + degrees(angle)];
  // Round a pole all meridians meet.
  if (south <= -90 || north >= 90) return { south, north };
  const width = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(latitude)))));
  const [west, east] = [longitude - width, longitude + width];
  return { south, north, meridians: { west: west < -180 ? west + 360 : west, east: east > 180 ? east - 360 : east } };
}
