/** capabilities: GET metadata. https://hl7.org/fhir/R4/http.html#capabilities */
import { createHash } from 'node:crypto';
import { readEntityTags } from '../fhir/etag.ts';
import { refusal } from '../fhir/outcome.ts';
import { operations } from '../operations/index.ts';
import { capabilityStatement } from './capability-statement.ts';
import type { FhirRequest, Interaction, Services } from './interaction.ts';
import { checkParameters, type Pairs, single } from './parameter.ts';
import type { Route } from './route.ts';
import { includesOf, reverseIncludesOf, searchParametersOf } from './search-support.ts';
import { readSubset, subsetText } from './subset.ts';

interface Statement {
  readonly text: string;
  readonly etag: string;
}

type Rows = readonly Pick<Route, 'name' | 'path' | 'conditional'>[];

/** A server is known under few addresses; a client that makes up others must not fill the memory. */
const mostBases = 16;

const statements = new WeakMap<Services, Map<string, Statement>>();

function made(services: Services, rows: Rows, base: string): Statement {
  const { definitions, settings } = services;
  const searchParameters = (type: string) => searchParametersOf(definitions, type);
  const reverse = reverseIncludesOf(definitions);
  const source = {
    definitions,
    settings,
    searchParameters,
    includes: (type: string) => includesOf(definitions, type),
    reverseIncludes: (type: string) => reverse.get(type) ?? [],
    routes: rows,
    operations: operations.map(({ definition }) => definition),
    base,
  };
  const text = JSON.stringify(capabilityStatement({ ...source, date: services.now().toISOString() }));
  return { text, etag: createHash('sha256').update(text).digest('hex').slice(0, 16) };
}

function statementFor(services: Services, rows: Rows, base: string): Statement {
  const known = statements.get(services) ?? new Map<string, Statement>();
  statements.set(services, known);
  const found = known.get(base);
  if (found !== undefined) return found;
  if (known.size >= mostBases) known.clear();
  const statement = made(services, rows, base);
  known.set(base, statement);
  return statement;
}

function checkMode(pairs: Pairs): void {
  const mode = single(pairs, 'mode');
  if (mode === undefined || mode === 'full' || mode === 'normative') return;
  if (mode === 'terminology') throw refusal('not-supported', 'mode=terminology is not supported: this server has no terminology service.');
  throw refusal('value', `mode is full or normative, not "${mode.slice(0, 20)}".`);
}

function isKnown(request: FhirRequest, etag: string): boolean {
  const header = request.headers['if-none-match'];
  const tags = header === undefined ? [] : readEntityTags('If-None-Match', header);
  return tags === '*' || tags.includes(etag);
}

/** `rows` gives the table of interactions, this one included. */
export const capabilities =
  (rows: () => Rows): Interaction =>
  async (request, services) => {
    checkParameters(request, ['mode', '_summary', '_elements']);
    checkMode(request.query);
    const subset = readSubset(services.definitions, request.query, 'CapabilityStatement');
    const { text, etag } = statementFor(services, rows(), request.base);
    const headers = { etag: `W/"${etag}"` };
    if (isKnown(request, etag)) return { status: 304, headers };
    return { status: 200, headers, body: subset === undefined ? text : subsetText(services.definitions, text, subset) };
  };
