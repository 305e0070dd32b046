/** One step up or down a hierarchy: from resources to what they are part of, or to what is part of them. https://hl7.org/fhir/R4/search.html#recursive */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';

export interface HierarchyStep {
  /** Hashes of the resources to go on from. */
  readonly from: readonly string[];
  /** Key of the parameter by which a resource says what it is part of. */
  readonly parentKey: string;
  readonly typeCode: number;
}

const values = ({ from, parentKey, typeCode }: HierarchyStep): unknown[] => [plain(from), parentKey, typeCode];

/** Rows of {self}: those that say they are part of one of the given. */
export const partsOf = (schemaName: string, step: HierarchyStep): Statement => ({
  text: `select distinct p.self::text from unnest($1::bigint[]) f(self) cross join lateral (
  select r.self from ${identifier(schemaName)}.res r where r.toks @> array[f.self # $2::bigint] and r.tc + 0 = $3 and not r.del offset 0) p`,
  values: values(step),
  name: 'hierarchy-below',
});

/** Rows of {self}: what the given say they are part of. Of a row's tokens the one that the parameter made, taken apart, is the hash of it. */
export const wholesOf = (schemaName: string, step: HierarchyStep): Statement => ({
  text: `select distinct p.self::text from unnest($1::bigint[]) f(self)
cross join lateral (select r.toks from ${identifier(schemaName)}.res r where r.self = f.self offset 0) r
cross join lateral unnest(r.toks) w(k)
cross join lateral (select p.self from ${identifier(schemaName)}.res p where p.self = w.k # $2::bigint and p.tc = $3 offset 0) p`,
  values: values(step),
  name: 'hierarchy-above',
});
