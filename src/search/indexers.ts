/** What puts the values of each parameter type into the rows, by the type of the element. */
import type { SearchParameter } from '../fhir/definitions.ts';
import type { Indexer } from './row-collector.ts';
import { dateReaders } from './types/date.ts';
import { utc, type Zone } from './types/date-interval.ts';
import { positionIndexers } from './types/near.ts';
import { noUnit, numberIndexers } from './types/number.ts';
import { quantityIndexers } from './types/quantity.ts';
import { canonical, type ReferenceContext, referenceIndexers } from './types/reference.ts';
import { soundIndexers } from './types/sound.ts';
import { stringIndexers } from './types/string.ts';
import { tokenIndexers } from './types/token.ts';
import { uriIndexers } from './types/uri.ts';

type ByElement = ReadonlyMap<string, Indexer>;

export interface Indexers {
  /** Undefined for parameters of types without rows. */
  readonly of: (parameter: Pick<SearchParameter, 'code' | 'type' | 'phonetic'>) => ByElement | undefined;
  /** The date that stands in the columns of the row. */
  readonly primaryDate: ByElement;
}

const profile: ByElement = new Map([['canonical', canonical]]);

export function indexersOf(context: ReferenceContext, zone: Zone): Indexers {
  const date = new Map<string, Indexer>();
  const primaryDate = new Map<string, Indexer>();
  for (const [type, read] of dateReaders(zone)) {
    date.set(type, ({ key }, value, rows) => {
      const interval = read(value);
      if (interval) rows.number(key, noUnit, interval.low, interval.high);
    });
    primaryDate.set(type, (_key, value, rows) => {
      const interval = read(value);
      if (interval) rows.primaryDate(interval);
    });
  }
  const byType: Readonly<Record<string, ByElement>> = {
    date,
    token: tokenIndexers,
    string: stringIndexers,
    reference: referenceIndexers(context),
    uri: uriIndexers,
    number: numberIndexers,
    quantity: quantityIndexers,
    special: positionIndexers,
  };
  const of: Indexers['of'] = ({ code, type, phonetic }) => (code === '_profile' ? profile : phonetic ? soundIndexers : byType[type]);
  return { of, primaryDate };
}

/** The element types that a parameter's values are indexed from; others leave nothing. */
export function indexedTypes(parameter: SearchParameter): ReadonlySet<string> {
  const indexers = indexersOf({ isResourceType: () => false, bases: new Set() }, utc);
  return new Set(indexers.of(parameter)?.keys() ?? []);
}
