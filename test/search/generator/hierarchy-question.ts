/** Questions with `:above` and `:below` of uris and references. */
import { hierarchyTest, parents } from '../oracle/hierarchy.ts';
import { literalOf } from '../oracle/literal.ts';
import { isTarget, referenceText } from '../oracle/reference.ts';
import { escaped } from '../oracle/text.ts';
import type { World } from '../oracle/world.ts';
import { searchable } from './parameter-question.ts';
import { type Question, question } from './question.ts';
import type { Random } from './random.ts';

interface Place {
  readonly type: string;
  readonly code: string;
  /** What is referred to, or a URI. */
  readonly text: string;
  readonly canonical: boolean;
}

const placesOf = (world: World, kind: 'uri' | 'reference'): Place[] =>
  world.types.flatMap((type) =>
    searchable(type)
      .filter((parameter) => parameter.type === kind && parameter.code !== '_profile')
      .flatMap((parameter) =>
        world.of(type).flatMap((resource) =>
          world.items(resource, parameter).flatMap((item) => {
            const text = referenceText(item);
            if (text === undefined || !isTarget(parameter.target, literalOf(text)?.type ?? parameter.target[0] ?? '')) return [];
            return [{ type, code: parameter.code, text, canonical: typeof item.value === 'string' }];
          }),
        ),
      ),
  );

function uriQuestion(random: Random, { type, code, text }: Place): Question[] {
  if (!/^https?:\/\/./.test(text)) return [];
  const cut = text.slice(0, 9 + random.below(text.length - 8));
  const modifier = random.of('above', 'below');
  const value = modifier === 'below' ? random.of(cut, text, `${text}x`) : random.of(`${text}/x`, text, `${text}x`, cut);
  return [question(`uri:${modifier}`, type, [`${code}:${modifier}`, escaped(value)])];
}

function versionQuestion(random: Random, { type, code, text }: Place): Question[] {
  const [url = '', version = '1.0'] = text.split('|');
  const value = random.of(url, `${url}|${version}`, `${url}|${version.split('.')[0]}`, `${url}|${version}.7`, `${url}x`);
  const modifier = random.of('above', 'below');
  return [question(`reference:${modifier}`, type, [`${code}:${modifier}`, escaped(value)])];
}

/** Also what is above or below what is referred to, so that more than the reference itself is found. */
function partQuestion(random: Random, world: World, { type, code, text }: Place): Question[] {
  const literal = literalOf(text);
  if (literal === undefined || !literal.local || !parents.has(literal.type)) return [];
  const modifier = random.of('above', 'below');
  const related = world.of(literal.type).filter(({ id }) => {
    const item = { type: 'Reference', value: { reference: `${literal.type}/${literal.id}` }, path: '' };
    return hierarchyTest(world, modifier, `${literal.type}/${id}`)(item);
  });
  const other = random.maybe(related);
  return [question(`reference:${modifier}`, type, [`${code}:${modifier}`, `${literal.type}/${other?.id ?? literal.id}`])];
}

export function hierarchyQuestions(random: Random, world: World, count: number): Question[] {
  const references = placesOf(world, 'reference');
  const canonicals = references.filter(({ canonical }) => canonical);
  const parts = references.filter(({ text }) => parents.has(literalOf(text)?.type ?? ''));
  return [
    ...random.some(placesOf(world, 'uri'), count).flatMap((each) => uriQuestion(random, each)),
    ...random.some(canonicals, count).flatMap((each) => versionQuestion(random, each)),
    ...random.some(parts, count).flatMap((each) => partQuestion(random, world, each)),
  ];
}
