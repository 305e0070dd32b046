/** The interactions that a request or an entry of a Bundle may ask for. https://hl7.org/fhir/R4/http.html#summary */
import { capabilities } from './capabilities.ts';
import { create, createChange } from './create.ts';
import { conditionalDelete, conditionalDeleteChange, deleteChange, deletion } from './delete.ts';
import { dispatcher } from './dispatch.ts';
import { history } from './history.ts';
import { operation } from './operation.ts';
import { conditionalPatch, conditionalPatchChange, patch, patchChange } from './patch.ts';
import { read } from './read.ts';
import type { Route } from './route.ts';
import { searchCompartment } from './search-compartment.ts';
import { searchSystem } from './search-system.ts';
import { searchType } from './search-type.ts';
import { conditionalUpdate, conditionalUpdateChange, update, updateChange } from './update.ts';
import { vread } from './vread.ts';

export const entryRoutes: readonly Route[] = [
  { method: 'GET', path: '[type]/[id]', name: 'read', run: read },
  { method: 'GET', path: '[type]/[id]/_history/[vid]', name: 'vread', run: vread },
  { method: 'PUT', path: '[type]/[id]', name: 'update', run: update, change: updateChange },
  { method: 'PUT', path: '[type]', name: 'update', run: conditionalUpdate, change: conditionalUpdateChange, conditional: true },
  { method: 'PATCH', path: '[type]/[id]', name: 'patch', run: patch, change: patchChange },
  { method: 'PATCH', path: '[type]', name: 'patch', run: conditionalPatch, change: conditionalPatchChange, conditional: true },
  { method: 'DELETE', path: '[type]/[id]', name: 'delete', run: deletion, change: deleteChange },
  { method: 'DELETE', path: '[type]', name: 'delete', run: conditionalDelete, change: conditionalDeleteChange, conditional: true },
  { method: 'GET', path: '[type]/[id]/_history', name: 'history-instance', run: history },
  { method: 'GET', path: '[type]/_history', name: 'history-type', run: history },
  { method: 'POST', path: '[type]', name: 'create', run: create, change: createChange },
  { method: 'GET', path: '[type]', name: 'search-type', run: searchType },
  { method: 'POST', path: '[type]/_search', name: 'search-type', run: searchType },
  { method: 'GET', path: '[type]/[id]/[type]', name: 'search-compartment', run: searchCompartment },
  { method: 'POST', path: '[type]/[id]/[type]/_search', name: 'search-compartment', run: searchCompartment },
  { method: 'GET', path: '', name: 'search-system', run: searchSystem },
  { method: 'POST', path: '_search', name: 'search-system', run: searchSystem },
  { method: 'GET', path: '_history', name: 'history-system', run: history },
  { method: 'GET', path: 'metadata', name: 'capabilities', run: capabilities(() => [...entryRoutes, ...bundleRows]) },
  { method: 'GET', path: '$[name]', name: 'operation', run: operation },
  { method: 'POST', path: '$[name]', name: 'operation', run: operation },
  { method: 'GET', path: '[type]/$[name]', name: 'operation', run: operation },
  { method: 'POST', path: '[type]/$[name]', name: 'operation', run: operation },
  { method: 'GET', path: '[type]/[id]/$[name]', name: 'operation', run: operation },
  { method: 'POST', path: '[type]/[id]/$[name]', name: 'operation', run: operation },
];

/** The rows of batch and transaction; their function stands in routes.ts, since it calls the table above for each entry. */
export const bundleRows = [
  { method: 'POST', path: '', name: 'transaction' },
  { method: 'POST', path: '', name: 'batch' },
] as const;

/** `find` for the changes of a transaction, `dispatch` for the entries of a batch. */
export const entryDispatcher = dispatcher(entryRoutes);
