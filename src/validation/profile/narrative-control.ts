/**
 * What profiles may ask of a narrative: sections in languages, and that each part of it tells where it comes from.
 * https://hl7.org/fhir/extensions/StructureDefinition-narrative-language-control.html,
 * https://hl7.org/fhir/extensions/StructureDefinition-narrative-source-control.html
 */
import { isObject } from '../../fhir/resource.ts';
import type { ValueCheck } from './compiler.ts';
import type { NarrativeControl } from './element-node.ts';

export function narrativeCheck(control: NarrativeControl | undefined, type: string): ValueCheck | undefined {
  if (control === undefined || type !== 'Narrative') return undefined;
  const { languages, hasSources } = control;
  return (run, value) => {
    const div = isObject(value) ? value['div'] : undefined;
    if (typeof div !== 'string') return;
    for (const fault of languageFaults(languagesOf(div), languages)) run.add('error', 'business-rule', () => fault);
    if (!hasSources) return;
    for (const text of textsWithoutSource(div)) run.add('error', 'business-rule', () => noSource(text));
  };
}

const noSource = (text: string): string =>
  `The text "${text}" tells no source; expected it in an element of class boilerplate, generated or original`;

/** `_yes`, `_no`, or languages of which there have to be sections. */
function languageFaults(found: ReadonlySet<string>, wanted: readonly string[]): string[] {
  const named = wanted.filter((code) => !code.startsWith('_'));
  const missing = named.filter((code) => !found.has(code));
  if (wanted.includes('_no') && found.size > 0) return ['The narrative has sections in languages; expected none'];
  if (wanted.includes('_yes') && found.size === 0)
    return ['The narrative has no sections in languages; expected <div lang="…"> in its <div>'];
  return missing.map((code) => `The narrative has no section in the language ${code}; expected <div lang="${code}"> in its <div>`);
}

const tag = /<!--.*?-->|<(\/?)([A-Za-z][\w:.-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/gs;

interface Piece {
  readonly kind: 'open' | 'close' | 'empty' | 'text';
  readonly name: string;
  readonly attributes: string;
  readonly text: string;
}

/** Tags and texts in their order; the narrative is well formed, or refused elsewhere. */
function* piecesOf(div: string): Generator<Piece> {
  let end = 0;
  for (const found of div.matchAll(tag)) {
    const text = div.slice(end, found.index).trim();
    end = found.index + found[0].length;
    if (text !== '') yield { kind: 'text', name: '', attributes: '', text };
    const [, slash, name, attributes = '', empty] = found;
    if (name === undefined) continue;
    yield { kind: slash === '/' ? 'close' : empty === '/' ? 'empty' : 'open', name, attributes, text: '' };
  }
}

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];

/** Of the divisions directly within the narrative's own. */
function languagesOf(div: string): ReadonlySet<string> {
  const languages = new Set<string>();
  let level = 0;
  for (const { kind, name, attributes } of piecesOf(div)) {
    const language = level === 1 && kind === 'open' && name === 'div' ? attribute(attributes, 'lang') : undefined;
    if (language !== undefined) languages.add(language);
    if (kind === 'open') level++;
    if (kind === 'close') level--;
  }
  return languages;
}

const source = /(?:^|\s)(?:boilerplate|generated|original)(?:\s|$)/;
const longest = 60;

function textsWithoutSource(div: string): string[] {
  const texts: string[] = [];
  const open: boolean[] = [];
  for (const { kind, attributes, text } of piecesOf(div)) {
    const isSourced = open.at(-1) === true;
    if (kind === 'open') open.push(isSourced || source.test(attribute(attributes, 'class') ?? ''));
    if (kind === 'close') open.pop();
    if (kind === 'text' && !isSourced) texts.push(text.slice(0, longest));
  }
  return texts;
}
