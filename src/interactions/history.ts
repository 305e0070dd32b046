/** history of one resource, of a type, of the whole server. https://hl7.org/fhir/R4/http.html#history */
import { baseText, bundleText, historyEntry, type PagePairs, pageLinks, withCount } from '../fhir/bundle.ts';
import { type Interval, intervalOf, readInstant } from '../fhir/instant.ts';
import { refusal } from '../fhir/outcome.ts';
import type { HistoryPage, HistoryRange, HistoryScope } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import type { FhirRequest, FhirResponse, Interaction, Services } from './interaction.ts';
import { checkParameters, isFormatParameter, type Pairs, readCount, single } from './parameter.ts';
import { readSubset, type Subset, subsetText } from './subset.ts';
import { unknownResource } from './version-response.ts';

const parameters = ['_since', '_at', '_count', '_sort', '_summary', '_elements', '_cursor'];

function refuseList(pairs: Pairs): void {
  if (!pairs.some(([name]) => name === '_list')) return;
  throw refusal('not-supported', 'History by _list is not supported; ask for the history of each resource of the list.');
}

const readSince = (pairs: Pairs): string | undefined => readInstant('_since', single(pairs, '_since'));

function readAt(pairs: Pairs): Interval | undefined {
  const text = single(pairs, '_at');
  const interval = text === undefined ? undefined : intervalOf(text);
  if (text !== undefined && interval === undefined) {
    throw refusal('value', `_at is a date, such as 2026-01 or 2026-01-31T12:00:00Z, not "${text.slice(0, 40)}".`);
  }
  return interval;
}

function isAscending(pairs: Pairs): boolean {
  const sort = single(pairs, '_sort');
  if (sort === undefined || sort === '-_lastUpdated') return false;
  if (sort === '_lastUpdated') return true;
  throw refusal('value', `_sort of a history is _lastUpdated or -_lastUpdated, not "${sort.slice(0, 40)}".`);
}

function readRange(pairs: Pairs, { settings }: Services): HistoryRange {
  const since = readSince(pairs);
  const at = readAt(pairs);
  const after = single(pairs, '_cursor');
  const count = readCount(pairs, 1, settings.defaultCount, settings.maxCount);
  return {
    count,
    ...(since === undefined ? {} : { since }),
    ...(at === undefined ? {} : { at }),
    ...(isAscending(pairs) ? { ascending: true } : {}),
    ...(after === undefined ? {} : { after }),
  };
}

const scopeOf = ([type, id]: readonly string[]): HistoryScope =>
  type === undefined || type === '_history' ? {} : id === undefined || id === '_history' ? { type } : { type, id };

/** The parameters that were used. */
const usedPairs = (request: FhirRequest): PagePairs =>
  request.query.filter(([name, value]) => value !== '' && (parameters.includes(name) || isFormatParameter(name)));

function entriesOf(request: FhirRequest, services: Services, versions: readonly StoredVersion[], subset: Subset | undefined): string[] {
  const base = baseText(request.base);
  if (subset === undefined) return versions.map((version) => historyEntry(base, version));
  return versions.map((version) => historyEntry(base, version, version.body && subsetText(services.definitions, version.body, subset)));
}

/** An instance without any version was never here; an empty page further on is only the end. */
function checkKnown(scope: HistoryScope, page: HistoryPage, known: StoredVersion | undefined): void {
  if (scope.id === undefined || page.versions.length > 0 || known !== undefined) return;
  throw unknownResource(scope.type ?? '', scope.id);
}

async function pageOf(request: FhirRequest, services: Services, scope: HistoryScope, range: HistoryRange): Promise<HistoryPage> {
  const repository = services.repository(request.principal);
  const page = await repository.history(scope, range);
  const isEmpty = scope.type !== undefined && scope.id !== undefined && page.versions.length === 0;
  checkKnown(scope, page, isEmpty ? await repository.read(scope.type, scope.id) : undefined);
  return page;
}

export const history: Interaction = async (request, services): Promise<FhirResponse> => {
  refuseList(request.query);
  checkParameters(request, parameters);
  const scope = scopeOf(request.path);
  const subset = readSubset(services.definitions, request.query, scope.type);
  const range = readRange(request.query, services);
  const { versions, next, total } = await pageOf(request, services, scope, range);
  const links = pageLinks(`${request.base}/${request.path.join('/')}`, withCount(usedPairs(request), range.count), next);
  const head = { type: 'history', links, ...(total === undefined ? {} : { total }) } as const;
  return { status: 200, body: bundleText(head, entriesOf(request, services, versions, subset)) };
};
