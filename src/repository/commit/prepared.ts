/** A resource made ready for the store: validated, printed but for its version, and indexed. */
import { carryExact, printJson } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { IndexRows } from '../../search/index-rows.ts';
import type { PrintedResource } from '../change.ts';
import { headOf } from '../stored-version.ts';
import type { CommitContext } from './context.ts';
import { tailOfText } from './tail-of-text.ts';

export interface Prepared {
  readonly type: string;
  readonly id: string;
  /** The text that is stored: everything behind `lastUpdated`. */
  readonly tail: string;
  readonly index: IndexRows;
}

/** Prints and indexes a valid resource under its id. The resource itself is left as it is. */
export function prepare(context: CommitContext, resource: Resource, id: string, printed?: PrintedResource): Prepared {
  const text = printed?.resource === resource ? tailOfText(printed, id) : undefined;
  const printable = text === undefined ? withServerMeta(resource, id) : asStored(resource);
  const tail = text ?? printJson(printable).slice(headOf(resource.resourceType, id, '', '').length);
  return { type: resource.resourceType, id, tail, index: context.extract(printable) };
}

/** The same content in the order of its text, which nobody prints. */
function asStored(resource: Resource): Resource {
  const stored: Resource = { ...resource, meta: { ...resource.meta, versionId: '', lastUpdated: '' } };
  carryExact(resource, stored);
  return stored;
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
