/** A registration of search parameters as statements, which others hear of when they are committed. */
import type { Registration } from '../search/registration.ts';
import { setStamp } from '../store/statement/index-version.ts';
import { amendParameter, insertActive, insertBuilding, notify, retireParameters } from '../store/statement/search-parameter.ts';
import type { Statement } from '../store/statement.ts';

/** The kind of the job that builds an index, and its input where it is for registered parameters alone. */
export const reindexKind = 'reindex';
export const forParameters = { parameters: true };

/** Where all processes on a database hear of each other; the payload says the schema and what is new. */
export const channel = 'anamnesis';
export const newIndex = (schema: string): string => `${schema} index`;

/** `isEmpty`: there are no resources, so that nothing has to be built. The stamp must be locked. */
export function registrationSql(schema: string, registration: Registration, stamp: string, isEmpty = false): Statement[] {
  const { retired, amended, built } = registration;
  const rows = built.map(({ owner, parameter }) => ({ owner, definition: JSON.stringify(parameter) }));
  const job = { kind: reindexKind, input: forParameters };
  const building = isEmpty ? insertActive(schema, rows) : [insertBuilding(schema, rows, job)];
  return [
    ...(retired.length === 0 ? [] : [retireParameters(schema, retired)]),
    ...amended.map(({ generation, parameter }) => amendParameter(schema, generation, JSON.stringify(parameter))),
    ...(rows.length === 0 ? [] : building),
    setStamp(schema, stamp),
    notify(channel, newIndex(schema)),
  ];
}
