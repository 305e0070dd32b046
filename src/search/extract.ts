/**
 * The index rows of a resource: search parameters compiled once per type, then one pass over the properties of the resource.
 * https://hl7.org/fhir/R4/search.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import { bucketOf } from '../fhir/id.ts';
import type { Resource } from '../fhir/resource.ts';
import { type LocalTypes, localTypes, withLocalTypes } from './contained/resolved.ts';
import { containedMark, containedName, containedType, containerLink } from './contained/type.ts';
import { itemAt } from './expression.ts';
import { type Column, type ExtractPlan, extractPlan } from './extract-plan.ts';
import { hash64 } from './hash.ts';
import { indexKey } from './index-key.ts';
import type { ContainedRows, DocumentRow, IndexRows } from './index-rows.ts';
import { absentText, parameterText, presentText } from './index-text.ts';
import { indexersOf } from './indexers.ts';
import { anyElement, compartmentToken, versionedLink } from './link-token.ts';
import { literalReferences } from './literal-reference.ts';
import { Memo } from './memo.ts';
import { RowCollector } from './row-collector.ts';
import { type Content, contentReader } from './text/content.ts';
import { documentOf } from './text/document.ts';
import { instantText } from './types/date.ts';
import { type DateInterval, zoneOf } from './types/date-interval.ts';
import { linkOf, type ReferenceContext } from './types/reference.ts';

export interface ExtractOptions {
  /** IANA name of the zone of dates and times without one; UTC by default. */
  readonly timeZone?: string;
  /** Absolute bases of this server, without trailing slash: references to them count as local. */
  readonly bases?: readonly string[];
}

export type Extract = (resource: Resource) => IndexRows;

const anyReference = indexKey(anyElement, false);
const nothing: readonly never[] = [];

/** Indexes what stands at the end of the column's steps, and says whether there was anything. Walks as expression.ts does. */
function index(node: unknown, column: Column, at: number, rows: RowCollector): boolean {
  if (node === undefined || node === null) return false;
  if (Array.isArray(node)) {
    let found = false;
    for (const item of node) if (index(item, column, at, rows)) found = true;
    return found;
  }
  const step = column.steps[at];
  if (step === undefined) {
    column.index(column.key, node, rows);
    return true;
  }
  switch (step.kind) {
    case 'property': {
      const value = (node as Record<string, unknown>)[step.name];
      return index(step.at === undefined ? value : itemAt(value, step.at), column, at + 1, rows);
    }
    case 'filter':
      return step.test(node) === true && index(node, column, at + 1, rows);
    case 'compute':
      return index(step.value(node), column, at + 1, rows);
  }
}

function indexComposites({ composites, rootComposites }: ExtractPlan, resource: Resource, rows: RowCollector): void {
  for (const { index: indexComposite } of rootComposites) indexComposite(resource, rows);
  if (composites.size === 0) return;
  for (const name in resource) for (const { index: indexComposite } of composites.get(name) ?? nothing) indexComposite(resource, rows);
}

function indexParameters({ columns, rootColumns, marks, found }: ExtractPlan, resource: Resource, rows: RowCollector): void {
  found.fill(0);
  for (const name in resource) {
    const list = columns.get(name);
    if (list === undefined) continue;
    const value = resource[name];
    for (const column of list) if (index(value, column, 1, rows)) found[column.parameter] = 1;
  }
  for (const column of rootColumns) if (index(resource, column, 0, rows)) found[column.parameter] = 1;
  for (let i = 0; i < found.length; i++) {
    const token = found[i] === 1 ? marks[i]?.present : marks[i]?.absent;
    if (token !== undefined) rows.hash(token);
  }
}

function indexVersioned(text: string, { url, version }: Resource, rows: RowCollector): void {
  if (typeof url === 'string' && typeof version === 'string') rows.hash(versionedLink(text, url, version));
}

interface Patient {
  /** `Patient/1`. */
  readonly name: string;
  readonly token: string;
  readonly bucket: number;
}

const patients = new Memo<Patient>();

function patientOf(id: string): Patient {
  const known = patients.get(id);
  if (known) return known;
  const patient = { name: `Patient/${id}`, token: compartmentToken(id), bucket: bucketOf(id) };
  patients.set(id, patient);
  return patient;
}

/** Texts are usual, and narratives are not: so `:missing` is cheapest. */
function indexContent(type: string, content: Content, rows: RowCollector, rowType = type): DocumentRow | undefined {
  const document = documentOf(rowType, content);
  if (document) rows.hash(document.token);
  else rows.token(absentText(parameterText(type, '_content')));
  if (content.narrative !== undefined) rows.token(presentText(parameterText(type, '_text')));
  return document;
}

const lowOf = (limits: DateInterval | undefined): string | null => (limits === undefined ? null : instantText(limits.low));
const highOf = (limits: DateInterval | undefined): string | null => (limits === undefined ? null : instantText(limits.high));

const nameOf = ({ resourceType, id = '' }: Resource): string => `${resourceType}/${id}`;

/** Those that can be found: of a known type, and with an id, which is theirs alone. */
function containedOf({ contained }: Resource, { isResourceType }: ReferenceContext): readonly Resource[] {
  if (!Array.isArray(contained)) return nothing;
  const found = new Map<string, Resource>();
  for (const each of contained as readonly Resource[])
    if (typeof each?.id === 'string' && isResourceType(each.resourceType) && !found.has(each.id)) found.set(each.id, each);
  return [...found.values()];
}

/**
 * Makes the function that gives a resource's rows. The first compartment patient is `patient`; each further one is a compartment
 * token.
 */
export function compileExtractor(definitions: Definitions, options: ExtractOptions = {}): Extract {
  const context: ReferenceContext = {
    isResourceType: (name) => definitions.isResourceType(name),
    bases: new Set(options.bases ?? []),
    known: new Memo(),
  };
  const indexers = indexersOf(context, zoneOf(options.timeZone));
  const fullText = definitions.resourceTypes.some((type) => definitions.searchParameters(type).has('_content'));
  const readContent = contentReader(definitions, fullText);
  const plans = new Map<string, ExtractPlan>();
  const planOf = (type: string): ExtractPlan => {
    const known = plans.get(type);
    if (known) return known;
    const plan = extractPlan(definitions, type, context, indexers);
    plans.set(type, plan);
    return plan;
  };

  const indexed = (resource: Resource, plan: ExtractPlan, content: Content, rows: RowCollector, rowType = resource.resourceType) => {
    indexParameters(plan, resource, rows);
    indexComposites(plan, resource, rows);
    const document = fullText ? indexContent(resource.resourceType, content, rows, rowType) : undefined;
    if (plan.canonical !== undefined) indexVersioned(plan.canonical, resource, rows);
    return document;
  };

  const resolved = (resource: Resource, { references }: Content, types: LocalTypes): Resource =>
    planOf(resource.resourceType).asksForTargets && [...references].some(isLocal) ? withLocalTypes(resource, types) : resource;

  const containedRows = (resource: Resource, content: Content, name: string, link: string): ContainedRows => {
    const [type, id] = [containedType(resource.resourceType), resource.id ?? ''];
    const rows = new RowCollector(name);
    rows.hash(containedMark(resource.resourceType));
    rows.hash(link);
    const document = indexed(resource, planOf(resource.resourceType), content, rows, type);
    const { limits, tokens, numbers, strings, terms } = rows;
    const [low, high, self] = [lowOf(limits), highOf(limits), hash64(containedName(name, id))];
    return { type, id, self, low, high, tokens, numbers, strings, terms, ...(document && { document }) };
  };

  const resourceRows = (resource: Resource, content: Content, name: string): IndexRows => {
    const plan = planOf(resource.resourceType);
    const rows = new RowCollector(name);
    const document = indexed(resource, plan, content, rows);
    const references = literalReferences(content.references, context);
    const { primary, others } = plan.patients(resource);
    const patient = primary === undefined ? undefined : patientOf(primary);
    // The row's own column says that it refers to its patient.
    for (const reference of references) if (reference !== patient?.name) rows.hash(linkOf(anyReference, reference));
    for (const other of others) rows.hash(compartmentToken(other));
    const { limits, tokens, numbers, strings, terms } = rows;
    const [self, token, bucket] = [hash64(name), patient?.token ?? '0', patient?.bucket ?? bucketOf(resource.id ?? '')];
    const [low, high] = [lowOf(limits), highOf(limits)];
    return { self, patient: token, bucket, low, high, tokens, numbers, strings, terms, references, ...(document && { document }) };
  };

  return (resource) => {
    const name = nameOf(resource);
    const content = readContent(resource);
    const inner = containedOf(resource, context);
    if (inner.length === 0) return resourceRows(resource, content, name);
    const types = localTypes(resource, inner);
    const rows = resourceRows(resolved(resource, content, types), content, name);
    const link = containerLink(resource.resourceType, resource.id ?? '');
    const contained = inner.map((each) => {
      const own = readContent(each);
      return containedRows(resolved(each, own, types), own, name, link);
    });
    return { ...rows, contained };
  };
}

const isLocal = (reference: string): boolean => reference.startsWith('#');
