/** In which language a page speaks: as the person chose, as the client asks, as the browser prefers. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4 */
import { purposesOf } from '../../../auth/purpose.ts';
import { own } from '../../../fhir/own.ts';
import { de } from './text/de.ts';
import { en, type TextKey, type Texts } from './text/en.ts';
import { es } from './text/es.ts';
import { fr } from './text/fr.ts';
import { deKinds, deParts } from './text/kind-de.ts';
import { enKinds, enParts } from './text/kind-en.ts';
import { esKinds, esParts } from './text/kind-es.ts';
import { frKinds, frParts } from './text/kind-fr.ts';

export interface Language {
  /** BCP 47. */
  readonly code: string;
  readonly name: string;
  /** The text with what stands in braces put in: it is plain text, and is escaped where it is shown. */
  text(key: TextKey, values?: Readonly<Record<string, string>>): string;
  /** A resource type in plain words. */
  kind(type: string): string;
  /** A part of a kind: a category, a group of types. */
  part(code: string): string;
  /** A purpose of v3-ActReason, or the nearest one above it that has a plain name. */
  purpose(code: string): string;
  /** `add, change and delete` */
  list(words: readonly string[]): string;
  /** `2 minutes` */
  time(seconds: number): string;
  /** As people of the language write a date of which the day or the month may be unknown. */
  date(text: string): string;
}

/** `MedicationKnowledge` → `Medication Knowledge`. */
const inWords = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

function timeIn(code: string, seconds: number): string {
  const [unit, size] = seconds >= 3600 ? (['hour', 3600] as const) : seconds >= 90 ? (['minute', 60] as const) : (['second', 1] as const);
  return new Intl.NumberFormat(code, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(seconds / size));
}

function dateIn(code: string, text: string): string {
  const [year, month, day] = text.split('-');
  const date = new Date(`${year}-${month ?? '01'}-${day?.slice(0, 2) ?? '01'}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || month === undefined) return text;
  const options = { year: 'numeric', month: 'long', ...(day === undefined ? {} : { day: 'numeric' as const }), timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(code, options).format(date);
}

function languageOf(texts: Texts, kinds: Readonly<Record<string, string>>, parts: Readonly<Record<string, string>>): Language {
  const { code, name } = texts;
  const lists = new Intl.ListFormat(code, { type: 'conjunction' });
  return {
    ...{ code, name },
    text: (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, word: string) => own(values, word) ?? whole),
    kind: (type) => own(kinds, type) ?? inWords(type),
    part: (part) => own(parts, part) ?? part,
    purpose: (code) => {
      const known = purposesOf(code).find((each) => Object.hasOwn(texts, `purpose-${each}`));
      return known === undefined ? texts['purpose-other'].replace('{code}', code) : texts[`purpose-${known}` as TextKey];
    },
    list: (words) => lists.format(words),
    time: (seconds) => timeIn(code, seconds),
    date: (text) => dateIn(code, text),
  };
}

/** The first is for whom none of the others is. */
export const languages: readonly Language[] = [
  languageOf(en, enKinds, enParts),
  languageOf(es, esKinds, esParts),
  languageOf(de, deKinds, deParts),
  languageOf(fr, frKinds, frParts),
];

export const languageByCode = (code: string | undefined): Language | undefined => languages.find((each) => each.code === code);

/** `de-CH, fr;q=0.5` → de-ch, fr. */
const preferred = (header: string): string[] =>
  header
    .slice(0, 500)
    .split(',')
    .map((each) => {
      const [tag = '', ...parameters] = each
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);

export interface Wishes {
  /** What the person chose with the switch. */
  readonly chosen?: string | undefined;
  /** https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest */
  readonly uiLocales?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

export function languageFor({ chosen, uiLocales = '', acceptLanguage = '' }: Wishes): Language {
  const tags = [chosen ?? '', ...uiLocales.toLowerCase().split(' '), ...preferred(acceptLanguage)];
  const found = tags.map((tag) => languageByCode(tag.split('-')[0])).find((each) => each !== undefined);
  return found ?? (languages[0] as Language);
}
