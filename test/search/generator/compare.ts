/** Asks the server and the oracle the same question. */
import type { Ask } from '../../support/fake-server.ts';
import { ask as expectedOf } from '../oracle/ask.ts';
import { base } from '../oracle/literal.ts';
import { compareBy } from '../oracle/sort.ts';
import type { World } from '../oracle/world.ts';
import type { Question } from './question.ts';

interface Entry {
  readonly resource: { readonly resourceType: string; readonly id: string };
  readonly search: { readonly mode: string };
}

interface Page {
  readonly matches: readonly string[];
  readonly included: readonly string[];
}

interface Answered {
  readonly pages: readonly Page[];
  readonly total?: number;
}

const nameOf = ({ resource }: Entry): string => `${resource.resourceType}/${resource.id}`;

/** All pages, or what the server refuses with. */
async function answer(ask: Ask, { path, query }: Question): Promise<Answered | string> {
  const pages: Page[] = [];
  let total: number | undefined;
  const counted = /(^|&)_count=/.test(query) ? query : `${query}${query === '' ? '' : '&'}_count=1000`;
  for (let url: string | undefined = `${path}?${counted}`; url !== undefined; ) {
    const { status, json, diagnostics } = await ask('GET', url, { headers: { prefer: 'handling=strict' } });
    if (status !== 200) return `${status} ${diagnostics}`;
    const entries = (json['entry'] ?? []) as Entry[];
    const of = (mode: string): string[] => entries.filter(({ search }) => search.mode === mode).map(nameOf);
    pages.push({ matches: of('match'), included: of('include') });
    total = (json['total'] as number | undefined) ?? total;
    const link = (json['link'] as { relation: string; url: string }[]).find(({ relation }) => relation === 'next');
    url = link?.url.slice(base.length).replace(/^\//, '');
  }
  return { pages, ...(total === undefined ? {} : { total }) };
}

const listed = (names: readonly string[]): string => names.slice(0, 3).join(', ');

export interface Comparison {
  /** Resources that match. */
  readonly expected: number;
  /** Absent when both say the same. */
  readonly difference?: string;
}

export async function compare(ask: Ask, world: World, asked: Question): Promise<Comparison> {
  const expected = expectedOf(world, asked.path, asked.query);
  const difference = await differenceOf(ask, world, asked, expected);
  return { expected: expected.matches.length, ...(difference === undefined ? {} : { difference }) };
}

/** In words. */
async function differenceOf(
  ask: Ask,
  world: World,
  asked: Question,
  { matches, orders, includedFor }: ReturnType<typeof expectedOf>,
): Promise<string | undefined> {
  const text = `${asked.path}?${decodeURIComponent(asked.query)}`;
  const got = await answer(ask, asked);
  if (typeof got === 'string') return `${text}\n    is refused: ${got.slice(0, 300)}; expected ${matches.length}`;
  const expected = new Set(matches.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const found = got.pages.flatMap((page) => page.matches);
  const [missing, extra] = [[...expected].filter((name) => !found.includes(name)), found.filter((name) => !expected.has(name))];
  if (missing.length + extra.length > 0)
    return `${text}\n    got ${found.length}, expected ${expected.size}; missing ${listed(missing) || 'none'}; too many ${listed(extra) || 'none'}`;
  if (new Set(found).size !== found.length) return `${text}\n    some are found twice`;
  if (got.total !== undefined && got.total !== expected.size) return `${text}\n    total is ${got.total}, expected ${expected.size}`;
  const resources = found.map((name) => world.find(...(name.split('/') as [string, string])));
  for (let at = 1; at < resources.length; at++) {
    const [one, other] = [resources[at - 1], resources[at]];
    if (one && other && compareBy(orders, one, other) > 0) return `${text}\n    ${found[at]} stands behind ${found[at - 1]}`;
  }
  return pagesDifference(world, got.pages, includedFor, text);
}

function pagesDifference(
  world: World,
  pages: readonly Page[],
  includedFor: ReturnType<typeof expectedOf>['includedFor'],
  text: string,
): string | undefined {
  for (const { matches, included } of pages) {
    const beside = includedFor(matches.flatMap((name) => world.find(...(name.split('/') as [string, string])) ?? []));
    const [missing, extra] = [[...beside].filter((name) => !included.includes(name)), included.filter((name) => !beside.has(name))];
    if (missing.length + extra.length > 0)
      return `${text}\n    ${included.length} included, expected ${beside.size}; missing ${listed(missing) || 'none'}; too many ${listed(extra) || 'none'}`;
    if (new Set(included).size !== included.length) return `${text}\n    some are included twice`;
  }
  return undefined;
}
