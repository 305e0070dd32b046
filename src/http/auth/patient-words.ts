/** A patient in a few words, by which people tell one from another. https://hl7.org/fhir/R4/patient.html */
import type { Language } from './pages/language.ts';

interface Name {
  readonly use?: unknown;
  readonly text?: unknown;
  readonly family?: unknown;
  readonly given?: unknown;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const inWords = ({ text, family, given }: Name): string =>
  [...listOf(given).map(textOf), textOf(family)].filter((word) => word !== '').join(' ') || textOf(text);

const rank = ({ use }: Name): number => ['usual', 'official', undefined].indexOf(use as undefined) + 1 || 9;

export function nameOf(language: Language, patient: object): string {
  const names = listOf((patient as { name?: unknown }).name).filter((name): name is Name => typeof name === 'object' && name !== null);
  const [best] = names.filter((name) => inWords(name) !== '').sort((one, other) => rank(one) - rank(other));
  return best === undefined ? language.text('patient-unnamed') : inWords(best);
}

const genders = ['female', 'male', 'other', 'unknown'] as const;

export function aboutPatient(language: Language, patient: object): string {
  const { birthDate, gender, identifier, address } = patient as Readonly<Record<string, unknown>>;
  const known = genders.find((each) => each === gender);
  const born = textOf(birthDate);
  const number = listOf(identifier)
    .map((each) => textOf((each as { value?: unknown } | null)?.value))
    .find((value) => value !== '' && value.length <= 24);
  const city = textOf((listOf(address)[0] as { city?: unknown } | undefined)?.city);
  const words = [born === '' ? '' : language.text('patient-born', { date: language.date(born) }), known ? language.text(known) : '', city];
  return [...words, number ?? ''].filter((word) => word !== '').join(' · ');
}
