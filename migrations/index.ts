/** All migrations in their order. Names are recorded in the database: never rename, reorder or change one that was released. */
import type { Knex } from 'knex';
import * as store from './0001-store.ts';
import * as searchParameters from './0002-search-parameters.ts';
import * as authorization from './0003-authorization.ts';
import * as jobs from './0004-jobs.ts';
import * as everythingList from './0005-everything-list.ts';
import * as exports from './0006-export.ts';
import * as imports from './0007-import.ts';
import * as exportAsItIs from './0008-export-as-it-is.ts';
import * as relatingChange from './0009-relating-change.ts';

export interface Migration {
  readonly name: string;
  readonly up: (knex: Knex, schema: string) => Promise<void>;
}

export const migrations: readonly Migration[] = [
  { name: '0001-store', up: store.up },
  { name: '0002-search-parameters', up: searchParameters.up },
  { name: '0003-authorization', up: authorization.up },
  { name: '0004-jobs', up: jobs.up },
  { name: '0005-everything-list', up: everythingList.up },
  { name: '0006-export', up: exports.up },
  { name: '0007-import', up: imports.up },
  { name: '0008-export-as-it-is', up: exportAsItIs.up },
  { name: '0009-relating-change', up: relatingChange.up },
];
