/** Places within a distance as SQL: a rectangle of degrees that an index can look for, then the distance. */
import type { Condition } from '../condition.ts';
import { boxAround, haversineOf } from '../sphere.ts';
import type { Bind } from '../sql.ts';
import { keySql } from './row.ts';

/** Over a row of `num` under the alias: `lo` is the latitude, `hi` the longitude. */
export function nearSql({ keys, cap }: Condition & { readonly kind: 'near' }, alias: string, bind: Bind): string {
  const { south, north, meridians } = boxAround(cap);
  const number = (value: number): string => `${bind(value)}::float8`;
  const parallels = `${alias}.lo between ${number(south)} and ${number(north)}`;
  const [west, east] = meridians ? [number(meridians.west), number(meridians.east)] : [];
  // Across the date line the rectangle is what is not between its sides.
  const together = meridians && meridians.west > meridians.east ? 'or' : 'and';
  const round = meridians ? ` and (${alias}.hi >= ${west} ${together} ${alias}.hi <= ${east})` : '';
  const [latitude, longitude] = [number(cap.center.latitude), number(cap.center.longitude)];
  const haversine = `sin(radians(${alias}.lo - ${latitude}) / 2) ^ 2 + cos(radians(${latitude})) * cos(radians(${alias}.lo)) * sin(radians(${alias}.hi - ${longitude}) / 2) ^ 2`;
  return `${keySql(`${alias}.key`, keys, bind)} and ${parallels}${round} and ${haversine} <= ${number(haversineOf(cap))}`;
}
