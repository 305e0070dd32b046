/** What the searches of one type, of a compartment and of the whole system have in common. https://hl7.org/fhir/R4/http.html#search */
import { baseText, bundleText, type Link, outcomeEntry, pageLinks, type SearchMode, searchEntry } from '../fhir/bundle.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import type { SearchPage } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { plainType } from '../search/contained/type.ts';
import { parseSearch } from '../search/parse.ts';
import type { Query } from '../search/query.ts';
import type { SearchScope } from '../search/scope.ts';
import { formPairs, formType } from './form.ts';
import type { FhirRequest, Interaction, Services } from './interaction.ts';
import { isFormatParameter, isStrict, type Pairs } from './parameter.ts';
import { checkElements, type Subset, subsetText } from './subset.ts';

/** The pairs of a form body, behind those of the URL: both count. */
function bodyPairs({ body }: FhirRequest): Pairs {
  if (body.bytes.length === 0) return [];
  if (body.contentType === formType) return formPairs(body);
  throw refusal('not-supported', `The parameters of _search are sent as ${formType}, not as "${body.contentType.slice(0, 64)}".`, {
    status: 415,
  });
}

const pairsOf = (request: FhirRequest): Pairs => (request.method === 'POST' ? [...request.query, ...bodyPairs(request)] : request.query);

/** A search that is asked in text, as data. Throws 400. */
function queryOf(request: FhirRequest, services: Services, scope: SearchScope, pairs: Pairs): Query {
  const { defaultCount, maxCount, timeZone, searchExplain = false } = services.settings;
  const zone = timeZone === undefined ? {} : { timeZone };
  const options = {
    strict: isStrict(request),
    defaultCount,
    maxCount,
    explain: searchExplain,
    now: services.now(),
    base: request.base,
    ...zone,
  };
  const asked = pairs.some(([name]) => isFormatParameter(name)) ? pairs.filter(([name]) => !isFormatParameter(name)) : pairs;
  const query = parseSearch(services.definitions, scope, asked, options);
  checkElements(services.definitions, [...new Set(query.types.map(plainType))], [...(query.elements ?? []), ...(query.excluded ?? [])]);
  return query;
}

// SHALL: self link with what was really used — search.html#conformance
function linksOf(request: FhirRequest, query: Query, pairs: Pairs, next: string | undefined): Link[] {
  const format = pairs.filter(([name]) => isFormatParameter(name));
  return pageLinks([request.base, ...request.path.filter((segment) => segment !== '_search')].join('/'), [...query.used, ...format], next);
}

function subsetOf({ summary, elements, excluded }: Query): Subset | undefined {
  if (elements !== undefined) return { elements };
  if (excluded !== undefined) return { excluded };
  return summary === 'true' || summary === 'text' || summary === 'data' ? { summary } : undefined;
}

function entriesOf(request: FhirRequest, services: Services, query: Query, page: SearchPage): string[] {
  if (query.summary === 'count') return [];
  const base = baseText(request.base);
  const entries = (
    versions: readonly StoredVersion[],
    mode: SearchMode,
    subset: Subset | undefined,
    scores: readonly string[] = [],
  ): string[] =>
    versions.map((version, i) =>
      searchEntry(base, version, mode, subset && subsetText(services.definitions, version.body ?? '', subset), scores[i]),
    );
  const subset = subsetOf(query);
  // "The list of elements does not apply to included resources" — search.html#elements
  const ofIncluded = subset && 'summary' in subset ? subset : undefined;
  return [...entries(page.matches, 'match', subset, page.scores), ...entries(page.included, 'include', ofIncluded)];
}

/** How the search was run, where that was asked: an entry of its own. */
const outcomeOf = ({ plans = [] }: SearchPage): string[] =>
  plans.length === 0 ? [] : [outcomeEntry(plans.map((diagnostics) => ({ severity: 'information', code: 'informational', diagnostics })))];

/** A search within what the path of the request says. */
export const search =
  (scopeOf: (path: readonly string[], definitions: Definitions) => SearchScope): Interaction =>
  async (request, services) => {
    const asked = { scope: scopeOf(request.path, services.definitions), pairs: pairsOf(request), said: [] };
    const { scope, pairs, said } = services.widened?.(asked.scope, asked.pairs) ?? asked;
    const query = queryOf(request, services, scope, pairs);
    const page = await services.repository(request.principal).search(query);
    const links = linksOf(request, { ...query, used: [...said, ...query.used] }, pairs, query.summary === 'count' ? undefined : page.next);
    const head = { type: 'searchset', links, ...(page.total === undefined ? {} : { total: page.total }) } as const;
    return { status: 200, body: bundleText(head, [...entriesOf(request, services, query, page), ...outcomeOf(page)]) };
  };
