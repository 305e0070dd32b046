/** Gives every created resource its id and rewrites the links of a transaction. https://hl7.org/fhir/R4/http.html#trules */
import {
  type EntryIdentity,
  type LinkMap,
  linkMap,
  type OpenLinks,
  rewriteBundleLinks,
  type SearchReference,
  unresolvedIssues,
  unresolvedStatus,
  wantedLinks,
} from '../../fhir/bundle-links.ts';
import { bucketOf, newId, randomBucket } from '../../fhir/id.ts';
import { FhirError, type Issue } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Change } from '../change.ts';
import type { CommitContext } from './context.ts';

type Ids = readonly (string | undefined)[];

/** An id for every change that has none yet; deletes and unanswered criteria keep none. Patients come first: others go to their bucket. */
export function identify(context: CommitContext, changes: readonly Change[], given: Ids): Ids {
  const ids = [...given];
  const now = context.now().getTime();
  const patients = new Map<string, string>();
  changes.forEach((change, i) => {
    if (change.type === 'Patient' && 'resource' in change) ids[i] ??= newId(now, randomBucket());
    if (change.type === 'Patient' && change.fullUrl !== undefined && ids[i] !== undefined) patients.set(change.fullUrl, ids[i]);
  });
  const patientOf = (reference: string): string | undefined => patients.get(reference) ?? localPatient(reference);
  changes.forEach((change, i) => {
    if ('resource' in change) ids[i] ??= newId(now, bucketFor(context, change.resource, patientOf));
  });
  return ids;
}

/** The bucket of the first patient that the resource refers to, so that a person's record stays together. */
function bucketFor(context: CommitContext, resource: Resource, patientOf: (reference: string) => string | undefined): number {
  let patient: string | undefined;
  context.findLinks(resource, (value, kind) => {
    if (patient === undefined && kind === 'reference') patient = patientOf(value);
    return false;
  });
  return patient === undefined ? randomBucket() : bucketOf(patient);
}

/** The id in `Patient/id`; undefined for every other reference. */
const localPatient = (reference: string): string | undefined => (reference.startsWith('Patient/') ? reference.slice(8) : undefined);

/** Rewrites links between the changes in place. Answers the references by search that are still open. Throws for links to nowhere. */
export function linksOfTransaction(context: CommitContext, changes: readonly Change[], ids: Ids): readonly (readonly SearchReference[])[] {
  const map = linksBetween(changes, ids);
  const issues: Issue[] = [];
  const open = changes.map((change) => {
    const left = openLinks(context, change, map);
    if (left && left.unresolved.length > 0) issues.push(...unresolvedIssues(left.unresolved, change.at));
    return left?.conditional ?? [];
  });
  if (issues.length > 0) throw new FhirError(issues, unresolvedStatus);
  return open;
}

/** What the changes of a transaction call each other, and what they are called here. */
export const linksBetween = (changes: readonly Change[], ids: Ids): LinkMap =>
  linkMap(changes.flatMap((change, i) => identityOf(change, ids[i])));

function identityOf(change: Change, id: string | undefined): EntryIdentity[] {
  if (id === undefined || change.kind === 'delete') return [];
  // The version of a create is known beforehand, so that version-specific links to it stay so.
  const version = change.kind === 'create' ? { version: '1' } : {};
  if (change.names === undefined)
    return change.fullUrl === undefined ? [] : [{ fullUrl: change.fullUrl, type: change.type, id, ...version }];
  return change.names.flatMap((name) => (name.fullUrl === undefined ? [] : [{ id, ...name, fullUrl: name.fullUrl, ...version }]));
}

function openLinks(context: CommitContext, change: Change, map: LinkMap): OpenLinks | undefined {
  if (!('resource' in change)) return undefined;
  const links = context.findLinks(change.resource, wantedLinks(map, change.fullUrl));
  return rewriteBundleLinks(links, map, change.fullUrl);
}
