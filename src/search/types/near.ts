/** Positions as they are indexed: one row with latitude and longitude. https://hl7.org/fhir/R4/location.html#positional */
import { isObject } from '../../fhir/resource.ts';
import type { Indexer } from '../row-collector.ts';
import { noUnit } from './number.ts';

const isDegree = (value: unknown, most: number): value is number => typeof value === 'number' && Math.abs(value) <= most;

/** What is no place on the earth is near to nothing. */
const position: Indexer = ({ key }, value, rows) => {
  if (!isObject(value)) return;
  const { latitude, longitude } = value;
  if (isDegree(latitude, 90) && isDegree(longitude, 180)) rows.number(key, noUnit, latitude, longitude);
};

export const positionIndexers: ReadonlyMap<string, Indexer> = new Map([['Location.position', position]]);
