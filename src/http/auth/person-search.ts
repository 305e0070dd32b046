/** The search of the API in a person's own name: it finds what they may see, and nothing else. https://hl7.org/fhir/R4/http.html#search */
import { type Account, personOf } from '../../auth/account.ts';
import type { FhirRequest, FhirResponse } from '../../interactions/interaction.ts';
import { searchType } from '../../interactions/search-type.ts';
import type { AuthContext } from './context.ts';

export const perPage = 8;

export type Pair = readonly [name: string, value: string];

export interface Found {
  readonly resources: readonly object[];
  /** Where the next page begins. */
  readonly next?: string | undefined;
}

interface SearchSet {
  readonly entry?: readonly { readonly resource: object }[];
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
}

/** A comma, a dollar or a bar is what a person typed, not an operator. */
export const escaped = (text: string, characters = /[\\,$|]/g): string => text.replace(characters, (character) => `\\${character}`);

async function textOf(body: FhirResponse['body']): Promise<string> {
  if (typeof body === 'string' || body === undefined) return body ?? '{}';
  if (!(Symbol.asyncIterator in body)) return JSON.stringify(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}

const nothing = (): never => {
  throw new Error('a search by GET has no body');
};

export interface PersonSearch {
  readonly type: string;
  readonly pairs: readonly Pair[];
  readonly cursor?: string | undefined;
  /** FHIR base. */
  readonly base: string;
}

/** One page. Throws FhirError. */
export async function findAs(context: AuthContext, account: Account, { type, pairs, cursor, base }: PersonSearch): Promise<Found> {
  const query: Pair[] = [...pairs, ['_count', String(perPage)], ...(cursor === undefined ? [] : [['_cursor', cursor] as const])];
  const request: FhirRequest = {
    ...{ method: 'GET', path: [type], query, headers: {}, base, principal: personOf(account) },
    body: { contentType: '', bytes: Buffer.alloc(0), resource: nothing, json: nothing },
  };
  const { entry = [], link = [] } = JSON.parse(await textOf((await searchType(request, await context.services())).body)) as SearchSet;
  const next = link.find(({ relation }) => relation === 'next')?.url;
  return {
    resources: entry.map(({ resource }) => resource),
    ...(next === undefined ? {} : { next: new URL(next).searchParams.get('_cursor') ?? undefined }),
  };
}

/** The same page of the picker with another question, or further on. */
export function linkTo(path: string, asked: Readonly<Record<string, string>>, cursor?: string): string {
  const given = Object.entries(asked).filter(([, value]) => value !== '');
  return `${path}?${new URLSearchParams(cursor === undefined ? given : [...given, ['after', cursor]])}`;
}
