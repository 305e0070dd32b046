/** The mark of the last write of a conformance resource: who sees another one knows that what is valid may have changed. */
import { identifier, type Statement } from '../statement.ts';

const name = 'conformance-mark';

export const setConformance = (schemaName: string, mark: string): Statement => ({
  text: `insert into ${identifier(schemaName)}.setting (name, value) values ('${name}', $1) on conflict (name) do update set value = excluded.value`,
  values: [mark],
});

/** Rows of {value}; none before the first write. */
export const readConformance = (schemaName: string): Statement => ({
  text: `select value from ${identifier(schemaName)}.setting where name = '${name}'`,
  values: [],
});
