/** The list of operations: one line each. */
import { docref } from './docref.ts';
import { document } from './document.ts';
import { everything } from './everything.ts';
import { bulkExport } from './export.ts';
import { fhirpath } from './fhirpath.ts';
import { importOperation } from './import.ts';
import type { Operation } from './operation.ts';
import { reindex } from './reindex.ts';
import { reindexStatus } from './reindex-status.ts';
import { summary } from './summary.ts';
import { timeline } from './timeline.ts';
import { validate } from './validate.ts';

export const operations: readonly Operation[] = [
  bulkExport,
  docref,
  document,
  everything,
  fhirpath,
  importOperation,
  reindex,
  reindexStatus,
  summary,
  timeline,
  validate,
];
