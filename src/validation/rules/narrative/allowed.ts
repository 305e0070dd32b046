/** The elements and attributes that a narrative may use. https://hl7.org/fhir/R4/narrative.html#xhtml (txt-1, txt-3) */

const words = (text: string): string[] => text.split(' ');

const elements: ReadonlySet<string> = new Set(
  words(
    'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd sub sup ul ol li ' +
      'dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area s strike u ins del',
  ),
);

const everywhere: ReadonlySet<string> = new Set(
  words(
    'xmlns title style class id lang xml:lang xml:space dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan',
  ),
);

const some: Readonly<Record<string, ReadonlySet<string>>> = {
  a: new Set(words('charset type name href hreflang rel rev shape coords target')),
  img: new Set(words('src border alt longdesc height width usemap ismap')),
  blockquote: new Set(['cite']),
  q: new Set(['cite']),
  ins: new Set(words('cite datetime')),
  del: new Set(words('cite datetime')),
  map: new Set(['name']),
  area: new Set(words('shape coords href nohref alt')),
  table: new Set(words('summary width border frame rules cellspacing cellpadding bgcolor')),
  pre: new Set(['space', 'width']),
  td: new Set(words('nowrap height bgcolor')),
  th: new Set(words('nowrap height bgcolor')),
  tr: new Set(['bgcolor']),
  ol: new Set(words('type start')),
  ul: new Set(['type']),
  li: new Set(words('value type')),
};

export const isAllowedElement = (name: string): boolean => elements.has(name);

export const isAllowedAttribute = (element: string, name: string): boolean =>
  everywhere.has(name) || (some[element]?.has(name) ?? false) || name.startsWith('xmlns:');
