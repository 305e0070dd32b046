/** Small numbers for resource type names: two bytes a row instead of a word. */
import type { Session } from './database.ts';
import { identifier } from './statement.ts';

export type TypeCodes = ReadonlyMap<string, number>;

/** The codes of all given types; types that are new get one. */
export async function loadTypeCodes(session: Session, schemaName: string, types: readonly string[]): Promise<TypeCodes> {
  const schema = identifier(schemaName);
  const read = () =>
    session.run<{ tc: number; name: string }>({ text: `select tc, name from ${schema}.type_code order by tc`, values: [] });
  const known = new Set((await read()).map((row) => row.name));
  const fresh = types.filter((type) => !known.has(type));
  if (fresh.length > 0) {
    const text = `insert into ${schema}.type_code (name) select unnest($1::text[]) on conflict do nothing`;
    await session.run({ text, values: [fresh] });
  }
  return new Map((await read()).map((row) => [row.name, row.tc]));
}
