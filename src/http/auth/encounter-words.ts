/** An encounter in a few words, by which people know a visit again. https://hl7.org/fhir/R4/encounter.html */
import type { Language } from './pages/language.ts';
import type { TextKey } from './pages/text/en.ts';

type Given = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Given => (typeof value === 'object' && value !== null ? (value as Given) : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const firstOf = (value: unknown): Given => objectOf(Array.isArray(value) ? value[0] : undefined);

/** `text`, or how the first of its codes is displayed. */
const conceptOf = (value: Given): string => textOf(value['text']) || textOf(firstOf(value['coding'])['display']);

const statuses = ['planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled'] as const;
/** http://terminology.hl7.org/CodeSystem/v3-ActCode: the usual ones. */
const classes = ['AMB', 'EMER', 'HH', 'IMP', 'VR'] as const;

function classOf(language: Language, { code, display }: Given): string {
  const known = classes.find((each) => each === code);
  return known === undefined ? textOf(display) || textOf(code) : language.text(`encounter-${known}` satisfies TextKey);
}

const placeOf = ({ serviceProvider, location }: Given): string =>
  textOf(objectOf(serviceProvider)['display']) || textOf(objectOf(firstOf(location)['location'])['display']);

/** When it was: a day, or from one to another. */
export function whenOf(language: Language, encounter: object): string {
  const { start, end } = objectOf((encounter as Given)['period']);
  const [first, last] = [textOf(start), textOf(end)].map((text) => (text === '' ? '' : language.date(text)));
  if (first === '' && last === '') return language.text('encounter-undated');
  return first === last || last === '' || first === '' ? first || last || '' : `${first} – ${last}`;
}

export function aboutEncounter(language: Language, encounter: object): string {
  const given = encounter as Given;
  const status = statuses.find((each) => each === given['status']);
  const words = [
    conceptOf(firstOf(given['type'])),
    classOf(language, objectOf(given['class'])),
    conceptOf(firstOf(given['reasonCode'])),
    placeOf(given),
    status === undefined || status === 'finished' ? '' : language.text(`encounter-${status}` satisfies TextKey),
  ];
  return [...new Set(words.map((word) => word.slice(0, 200)))].filter((word) => word !== '').join(' · ');
}
