/**
 * The index rows of a resource: search parameters compiled once per type, then plain walks over the JSON.
 * https://hl7.org/fhir/R4/search.html
 */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { bucketOf } from '../fhir/id.ts';
import type { Resource } from '../fhir/resource.ts';
import { type CompartmentPatients, compartmentPatients } from './compartment.ts';
import { compositeIndexer, type IndexComposite } from './composite-rows.ts';
import { type Step, walk } from './expression.ts';
import { hash64 } from './hash.ts';
import type { DocumentRow, IndexRows } from './index-rows.ts';
import { absentText, parameterText, presentText, textOf } from './index-text.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import type { Interpret, TypedValue } from './interpret.ts';
import { anyReferenceLink, compartmentToken, selfHash, versionedLink } from './link-token.ts';
import { literalReferences } from './literal-reference.ts';
import { type Indexer, type IndexKey, RowCollector } from './row-collector.ts';
import { type Content, contentReader } from './text/content.ts';
import { documentOf } from './text/document.ts';
import { dateReaders, instantText, outerLimits, type ReadInterval } from './types/date.ts';
import { type DateInterval, zoneOf } from './types/date-interval.ts';
import { positionIndexers } from './types/near.ts';
import { noUnit, numberIndexers } from './types/number.ts';
import { quantityIndexers } from './types/quantity.ts';
import { canonical as canonicalIndexer, type ReferenceContext, referenceIndexers } from './types/reference.ts';
import { stringIndexers } from './types/string.ts';
import { tokenIndexers } from './types/token.ts';
import { uriIndexers } from './types/uri.ts';

export interface ExtractOptions {
  /** IANA name of the zone of dates and times without one; UTC by default. */
  readonly timeZone?: string;
  /** Absolute bases of this server, without trailing slash: references to them count as local. */
  readonly bases?: readonly string[];
}

export type Extract = (resource: Resource) => IndexRows;

interface Column {
  readonly steps: readonly Step[];
  /** First property on the way: without it there is nothing to do. */
  readonly first: string | undefined;
  readonly index: Indexer;
}

interface CompiledParameter {
  readonly key: IndexKey;
  /** Token of a resource with a value, or of one without where the element is mandatory. */
  readonly present: string | undefined;
  readonly absent: string | undefined;
  readonly columns: readonly Column[];
}

interface CompiledType {
  readonly parameters: readonly CompiledParameter[];
  readonly composites: readonly IndexComposite[];
  readonly primary:
    | { readonly present: string; readonly readers: readonly { readonly steps: readonly Step[]; readonly read: ReadInterval }[] }
    | undefined;
  readonly patients: (resource: Resource) => CompartmentPatients;
  /** Text of its parameter `url`, where it has an url and a version: canonicals lead to it. */
  readonly canonical: string | undefined;
}

/** Indexers of every parameter type by element type. */
type Indexers = Readonly<Record<string, ReadonlyMap<string, Indexer>>>;

function indexersOf(context: ReferenceContext, dates: ReadonlyMap<string, ReadInterval>): Indexers {
  const date = new Map<string, Indexer>();
  for (const [type, read] of dates)
    date.set(type, ({ key }, value, rows) => {
      const interval = read(value);
      if (interval) rows.number(key, noUnit, interval.low, interval.high);
    });
  return {
    date,
    token: tokenIndexers,
    string: stringIndexers,
    reference: referenceIndexers(context),
    uri: uriIndexers,
    number: numberIndexers,
    quantity: quantityIndexers,
    special: positionIndexers,
  };
}

const profile: ReadonlyMap<string, Indexer> = new Map([['canonical', canonicalIndexer]]);

const firstProperty = (steps: readonly Step[]): string | undefined => (steps[0]?.kind === 'property' ? steps[0].name : undefined);

/** The element types that a parameter's values are indexed from; others leave nothing. */
export function indexedTypes(parameter: SearchParameter): ReadonlySet<string> {
  const context: ReferenceContext = { isResourceType: () => false, bases: new Set() };
  if (parameter.code === '_profile') return new Set(profile.keys());
  return new Set(
    indexersOf(
      context,
      dateReaders(() => 0),
    )[parameter.type]?.keys() ?? [],
  );
}

/** Values that bring their types. */
function interpretedColumn(typed: Interpret, byType: ReadonlyMap<string, Indexer>): Column {
  const value = (resource: unknown): readonly TypedValue[] => typed(resource).filter(({ type }) => byType.has(type));
  const index: Indexer = (parameter, each, rows) => {
    const { type, value: found } = each as TypedValue;
    byType.get(type)?.(parameter, found, rows);
  };
  return { steps: [{ kind: 'compute', value }], first: undefined, index };
}

function compileParameter(type: string, parameter: SearchParameter, indexing: Indexing, indexers: Indexers): CompiledParameter | undefined {
  if (indexing.refused !== undefined || indexing.parts || indexing.primaryDate) return undefined;
  const byType = parameter.code === '_profile' ? profile : indexers[parameter.type];
  const columns: Column[] = [];
  for (const { steps, type: elementType, typed } of indexing.branches) {
    const index = byType?.get(elementType);
    if (index) columns.push({ steps, first: firstProperty(steps), index });
    if (byType && typed) columns.push(interpretedColumn(typed, byType));
  }
  if (columns.length === 0) return undefined;
  const text = textOf(type, parameter);
  const key = { text, key: hash64(text), systems: indexing.systems, sharesLiterals: indexing.literalsOf !== undefined };
  return indexing.mandatory
    ? { key, present: undefined, absent: absentText(text), columns }
    : { key, present: presentText(text), absent: undefined, columns };
}

function compileType(
  definitions: Definitions,
  type: string,
  context: ReferenceContext,
  indexers: Indexers,
  dates: ReadonlyMap<string, ReadInterval>,
): CompiledType {
  const indexing = indexingOf(definitions, type);
  const parameters: CompiledParameter[] = [];
  const composites: IndexComposite[] = [];
  let primary: CompiledType['primary'];
  for (const parameter of definitions.searchParameters(type).values()) {
    const how = indexing.get(parameter.code) as Indexing;
    if (how.composite) composites.push(compositeIndexer(textOf(type, parameter), how.composite, indexers));
    const compiled = compileParameter(type, parameter, how, indexers);
    if (compiled) parameters.push(compiled);
    if (!how.primaryDate) continue;
    const readers = how.branches.flatMap(({ steps, type: elementType }) => {
      const read = dates.get(elementType);
      return read ? [{ steps, read }] : [];
    });
    primary = { present: presentText(parameterText(type, parameter.code)), readers };
  }
  return {
    parameters,
    composites,
    primary,
    patients: compartmentPatients(definitions, type, context),
    canonical: canonicalText(definitions, type),
  };
}

function canonicalText(definitions: Definitions, type: string): string | undefined {
  const properties = definitions.properties(type);
  const parameter = definitions.searchParameters(type).get('url');
  return parameter !== undefined && properties.has('url') && properties.has('version') ? textOf(type, parameter) : undefined;
}

function indexVersioned(text: string, { url, version }: Resource, rows: RowCollector): void {
  if (typeof url === 'string' && typeof version === 'string') rows.hash(versionedLink(text, url, version));
}

function indexParameter({ key, present, absent, columns }: CompiledParameter, resource: Resource, rows: RowCollector): void {
  let found = false;
  for (const { steps, first, index } of columns) {
    if (first !== undefined && resource[first] === undefined) continue;
    walk(resource, steps, 0, (value) => {
      found = true;
      index(key, value, rows);
    });
  }
  const mark = found ? present : absent;
  if (mark !== undefined) rows.token(mark);
}

function primaryInterval(primary: CompiledType['primary'], resource: Resource, rows: RowCollector): DateInterval | undefined {
  const found: (DateInterval | undefined)[] = [];
  for (const { steps, read } of primary?.readers ?? []) walk(resource, steps, 0, (value) => found.push(read(value)));
  if (primary && found.length > 0) rows.token(primary.present);
  return outerLimits(found);
}

/** Texts are mandatory as it were, and narratives are not: so `:missing` is cheapest. */
function indexContent(type: string, content: Content, rows: RowCollector): DocumentRow | undefined {
  const document = documentOf(type, content);
  if (document) rows.hash(document.token);
  else rows.token(absentText(parameterText(type, '_content')));
  if (content.narrative !== undefined) rows.token(presentText(parameterText(type, '_text')));
  return document;
}

/**
 * Makes the function that gives a resource's rows. The first compartment patient is `patient`; each further one is a compartment
 * token.
 */
export function compileExtractor(definitions: Definitions, options: ExtractOptions = {}): Extract {
  const context: ReferenceContext = { isResourceType: (name) => definitions.isResourceType(name), bases: new Set(options.bases ?? []) };
  const dates = dateReaders(zoneOf(options.timeZone));
  const indexers = indexersOf(context, dates);
  const readContent = contentReader(definitions);
  const types = new Map<string, CompiledType>();
  const typeOf = (name: string): CompiledType => {
    const known = types.get(name);
    if (known) return known;
    const compiled = compileType(definitions, name, context, indexers, dates);
    types.set(name, compiled);
    return compiled;
  };

  return (resource) => {
    const { parameters, composites, primary, patients, canonical } = typeOf(resource.resourceType);
    const rows = new RowCollector();
    for (const parameter of parameters) indexParameter(parameter, resource, rows);
    for (const index of composites) index(resource, rows);
    const interval = primaryInterval(primary, resource, rows);
    const content = readContent(resource);
    const references = literalReferences(content.references, context);
    const document = indexContent(resource.resourceType, content, rows);
    const { primary: patient, others } = patients(resource);
    // The row's own column says that it refers to its patient.
    const own = patient === undefined ? undefined : `Patient/${patient}`;
    for (const reference of references) if (reference !== own) rows.hash(anyReferenceLink(reference));
    for (const other of others) rows.hash(compartmentToken(other));
    if (canonical !== undefined) indexVersioned(canonical, resource, rows);
    return {
      self: selfHash(resource.resourceType, resource.id ?? ''),
      patient: patient === undefined ? '0' : compartmentToken(patient),
      bucket: bucketOf(patient ?? resource.id ?? ''),
      low: interval ? instantText(interval.low) : null,
      high: interval ? instantText(interval.high) : null,
      tokens: rows.tokens,
      numbers: rows.numbers,
      strings: rows.strings,
      references,
      ...(document && { document }),
      terms: rows.terms,
    };
  };
}
