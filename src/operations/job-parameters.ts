/** A job as a Parameters resource. https://hl7.org/fhir/R4/parameters.html */
import type { JsonObject, Resource } from '../fhir/resource.ts';
import type { JobReport } from '../jobs/reindexing.ts';

export const statusUrl = (base: string, { id }: JobReport): string => `${base}/$reindex-status?job=${id}`;

/** Whole percents; a job that has not counted yet is at its beginning. */
function percentOf({ state, done, total }: JobReport): number {
  if (state === 'finished') return 100;
  return total === undefined || total === 0 ? 0 : Math.min(Math.floor((100 * done) / total), 99);
}

/** Parameters without a value are left out: FHIR knows no empty ones. */
export function jobParameters(job: JobReport, before: readonly JsonObject[] = []): Resource {
  const { id, state, types = [], done, total, created, started, finished, error } = job;
  const some = (name: string, key: string, value: string | number | undefined): JsonObject[] =>
    value === undefined ? [] : [{ name, [key]: value }];
  return {
    resourceType: 'Parameters',
    parameter: [
      ...before,
      { name: 'job', valueString: id },
      { name: 'state', valueCode: state },
      ...types.map((type) => ({ name: 'type', valueCode: type })),
      { name: 'percent', valueDecimal: percentOf(job) },
      { name: 'done', valueDecimal: done },
      ...some('total', 'valueDecimal', total),
      { name: 'created', valueInstant: created },
      ...some('started', 'valueInstant', started),
      ...some('finished', 'valueInstant', finished),
      ...some('error', 'valueString', error),
    ],
  };
}
