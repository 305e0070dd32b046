/** docs/search.md: everything that can be searched, and what is refused and why. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import { hierarchies } from '../../src/search/hierarchy.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { resultParameters } from '../../src/search/parse-result.ts';
import { prefixes } from '../../src/search/types/prefix.ts';
import { beyond, type Cell, cells, modifiers, ownParameters, types } from './matrix.ts';

const head = `# Search

What of https://hl7.org/fhir/R4/search.html this server answers. Whatever is not answered is refused with status 400, an OperationOutcome that
says what would be valid, and never ignored (unknown parameters are ignored only with \`Prefer: handling=lenient\`).

<!-- Written by scripts/search-page.ts from the tables that search is run by: run \`npm run search-page\` after a change. -->
`;

const valueForms: readonly (readonly [type: string, forms: string])[] = [
  ['number', '`100`, `-5.40`, `1e-3`; digits say how precise it is: `100` finds 99.5 to 100.5'],
  [
    'date',
    '`2020`, `2020-03`, `2020-03-14`, `2020-03-14T10:30`, with seconds, their parts, `Z` or `+02:00`; without a zone the configured one',
  ],
  ['string', 'the start of the text; case, accents and runs of blanks do not count'],
  ['token', '`code`, `system\\|code`, `\\|code` (no system), `system\\|`'],
  ['reference', '`id`, `Type/id`, an absolute URL, a canonical with or without `\\|version`'],
  ['composite', 'values of its parts with `$` between'],
  ['quantity', '`5.4`, `5.4\\|http://unitsofmeasure.org\\|mg` (any unit that UCUM converts), `5.4\\|\\|mg` (the unit as it is written)'],
  ['uri', 'the whole URI; the url of a canonical resource with or without `\\|version`'],
];

const modified: readonly (readonly [name: string, text: string])[] = [
  [
    'string `:text`',
    'every word of the value begins a word of the texts, in any order, without regard to case and accents; of a name or an address each may be in another part',
  ],
  ['token `:text`', 'the start of CodeableConcept.text, Coding.display or Identifier.type.text, without regard to case and accents'],
  [
    'token `:in`, `:not-in`, `:below`, `:above`',
    'codes with their systems; where a system does not say that case matters, its codes as they are defined, in small letters and in capitals',
  ],
  [
    'reference `:below`, `:above`',
    `of canonicals: versions, \`url\\|1\` being above \`url\\|1.1\`; of references: what is part of it, or what it is part of, at any depth, along ${Object.entries(
      hierarchies,
    )
      .map(([type, code]) => `\`${type}.${code}\``)
      .join(', ')}`,
  ],
  ['uri `:below`', 'URLs that start with the value; urns have no parts'],
  ['uri `:above`', 'URLs that the value starts with'],
];

const wordNotes = `A word is a run of letters and digits; of scripts without blanks between words, such as Chinese or Thai, each character is one, and
characters that stand together are looked for together. Words are not reduced to stems, since the language of a record is not known: \`metast*\`
finds metastasis and metastases. Phrases are found within the first 16,383 words of a text, and of a text with more than about 80,000
different words the first ones are kept. What is not understood is refused.`;

const words: readonly (readonly [name: string, text: string])[] = [
  ['`bone marrow`', 'both words, anywhere; case and accents do not count'],
  ['`"bone marrow"`', 'the words one after the other'],
  ['`metast*`, `"bone metast"*`', 'words that begin so'],
  ['`AND`, `OR`, `NOT`, `( )`', '`NOT` binds closest, then `AND`, which may be left out; `and` and `or` may be small'],
];

const special: readonly (readonly [name: string, text: string])[] = [
  ['`_filter`', 'the whole grammar of [search_filter](https://hl7.org/fhir/R4/search_filter.html), with chains and brackets'],
  ['`_text`', 'words of the narrative'],
  ['`_content`', 'words of the narrative and of all strings that people read, contained resources included; not of attachments'],
  [
    '`phonetic`',
    'every word of the value sounds like a word of the family or given names (Double Metaphone; `text` where a name has neither) or of the name of an organization; other scripts and digits as they are written. So are all string parameters whose definition has `xpathUsage` phonetic. No modifier but `:missing`; no order; `eq` and `pr` in `_filter`',
  ],
  ['`_list`', 'what a List refers to'],
  ['`_has`', 'reverse chains, nested and joined with chains'],
  ['`parameter.parameter`', 'chains of up to ten steps, with or without `:Type`'],
  ['`_type`', 'chooses types where the path names none'],
  ['`_query`', 'refused: no named query is defined'],
];

const results: Readonly<Record<(typeof resultParameters)[number], string>> = {
  _sort:
    'up to eight parameters, `-` for descending order; what lacks a value comes last; `_score` for the best matches of `_text` and `_content` first, which is the usual order of these',
  _count: 'matches on a page; `0` asks for the total only',
  _summary: '`true`, `text`, `data`, `count`, `false`',
  _elements: 'element names with commas between; what is included is shown as a whole. `_elements:exclude` leaves elements out',
  _total: '`none` (the usual), `estimate`, `accurate`',
  _include: '`Type:parameter[:Type]`, `*`; `:iterate`',
  _revinclude: 'the same in the other direction',
  _contained:
    '`false` (the usual), `true` for what is contained in other resources, `both`; chains look into contained resources by themselves',
  _containedType: '`container` (the usual) for what contains the matches, `contained` for the matches themselves',
  _explain: '`true` tells how the search is run, where `SEARCH_EXPLAIN` allows it',
  _cursor: 'stands in the links to further pages',
};

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');

/** Reasons are told once, below the table. */
class Notes {
  readonly #notes: string[] = [];
  readonly #kind: Cell['kind'];

  constructor(kind: Cell['kind']) {
    this.#kind = kind;
  }

  of({ refused }: Cell): string {
    if (refused === undefined) return 'yes';
    if (!this.#notes.includes(refused)) this.#notes.push(refused);
    return `no <sup>${this.#notes.indexOf(refused) + 1}</sup>`;
  }

  get text(): string {
    const what = this.#kind === 'modifier' ? 'Refused' : 'No prefix';
    return this.#notes.map((note, i) => `${i + 1}. ${what}: ${note}.`).join('\n');
  }
}

function matrix(kind: Cell['kind'], names: readonly string[], shown: (name: string) => string): string {
  const notes = new Notes(kind);
  const cellOf = (type: string, name: string): Cell =>
    cells.find((cell) => cell.row === type && cell.kind === kind && cell.name === name) as Cell;
  const rows = names.map((name) => [shown(name), ...types.map((type) => notes.of(cellOf(type, name)))]);
  return `${table(['', ...types], rows)}\n\n${notes.text}`;
}

function ownRows(): string {
  const rows = [...ownParameters].map(([code, { modifiers: own, prefixes: before }]) => [
    `\`${code}\``,
    own.map((each) => `\`:${each}\``).join(' ') || '-',
    before.map((each) => `\`${each}\``).join(' ') || '-',
  ]);
  return table(['parameter', 'modifiers', 'prefixes'], rows);
}

/** Parameters of the definitions that no type can be searched by, by their reason. */
function refusedParameters(definitions: Definitions): string {
  const found = new Map<string, Set<string>>();
  for (const type of definitions.resourceTypes)
    for (const [code, { refused }] of indexingOf(definitions, type)) {
      const isComposite = definitions.searchParameters(type).get(code)?.type === 'composite';
      if (refused === undefined || isComposite) continue;
      found.set(refused, (found.get(refused) ?? new Set()).add(code.startsWith('_') ? code : `${type}.${code}`));
    }
  const rows = [...found].map(([reason, codes]) => [
    [...codes]
      .sort()
      .map((code) => `\`${code}\``)
      .join(', '),
    reason,
  ]);
  return table(['parameter', 'why it is refused'], rows.sort());
}

function counts(definitions: Definitions): string {
  const all = definitions.resourceTypes.flatMap((type) => [...definitions.searchParameters(type).values()]);
  const rows = types.map((type) => [type, String(all.filter((each) => each.type === type).length)]);
  return `${definitions.resourceTypes.length} resource types have ${all.length} parameters, those of all types counted for each:\n\n${table(['type', 'parameters'], rows)}`;
}

export function searchPage(definitions: Definitions): string {
  if (beyond.length > 0) throw new Error(`${beyond.join(', ')}: no modifier of R4, and not on the page`);
  const sections: readonly (readonly [title: string, text: string])[] = [
    ['Values', table(['type', 'forms'], valueForms)],
    ['Modifiers', matrix('modifier', ['', ...modifiers], (name) => (name === '' ? 'none' : `\`:${name}\``))],
    ['Modifiers that look further', table(['modifier', 'finds'], modified)],
    ['Prefixes', matrix('prefix', prefixes, (name) => `\`${name}\``)],
    ['Parameters that are read in a way of their own', `${ownRows()}\n\n${table(['parameter', 'meaning'], special)}`],
    ['Words', `The values of \`_text\` and \`_content\`:\n\n${table(['form', 'finds'], words)}\n\n${wordNotes}`],
    [
      'Results',
      table(
        ['parameter', 'values'],
        resultParameters.map((name) => [`\`${name}\``, results[name]]),
      ),
    ],
    ['Parameters', `${counts(definitions)}\n\nRefused are:\n\n${refusedParameters(definitions)}`],
  ];
  return `${head}\n${sections.map(([title, text]) => `## ${title}\n\n${text}\n`).join('\n')}`;
}
