/** A resource made ready for the store: validated, printed but for its version, and indexed. */
import { carryExact, printJson } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { IndexRows } from '../../search/index-rows.ts';
import { headOf } from '../stored-version.ts';
import type { CommitContext } from './context.ts';

export interface Prepared {
  readonly type: string;
  readonly id: string;
  /** The text that is stored: everything behind `lastUpdated`. */
  readonly tail: string;
  readonly index: IndexRows;
}

/** Prints and indexes a valid resource under its id. The resource itself is left as it is. */
export function prepare(context: CommitContext, resource: Resource, id: string): Prepared {
  const printable = withServerMeta(resource, id);
  const tail = printJson(printable).slice(headOf(resource.resourceType, id, '', '').length);
  return { type: resource.resourceType, id, tail, index: context.extract(printable) };
}

/** Type, id and meta first, in the form that the store keeps; what a client sent as version and time is dropped. */
function withServerMeta(resource: Resource, id: string): Resource {
  const { resourceType, id: _id, meta, ...rest } = resource;
  const { versionId: _v, lastUpdated: _u, _versionId, _lastUpdated, ...metaRest } = meta ?? {};
  const printable: Resource = { resourceType, id, meta: { versionId: '', lastUpdated: '', ...metaRest }, ...rest };
  carryExact(resource, printable);
  if (meta && printable.meta) carryExact(meta, printable.meta);
  return printable;
}
