/** Questions about coded values, equal ones once with the places where they came up. https://hl7.org/fhir/R4/terminologies.html#binding */
import { isObject } from '../../fhir/resource.ts';
import type { BindingQuestion } from '../validation.ts';

/** What a value says in codes. A plain code has no system of its own. */
export interface CodedPart {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly display?: string | undefined;
  /** Behind the path of the value: `.coding[1]`; '' for what is coded itself. */
  readonly step: string;
}

export interface Asked extends Omit<BindingQuestion, 'at' | 'value'> {
  readonly parts: readonly CodedPart[];
  /** The value has no part, but a text. */
  readonly at: readonly string[];
}

/** A Coding that stands somewhere, bound or not. */
export interface AskedCoding extends CodedPart {
  readonly at: readonly string[];
}

/** Distinct questions of one validation; further ones are counted. */
const most = 20_000;
const mostPlaces = 20;

export class Questions {
  private readonly bindings = new Map<string, Asked & { at: string[] }>();
  private readonly codings = new Map<string, AskedCoding & { at: string[] }>();
  /** Questions that were too many to be answered. */
  unasked = 0;

  add({ at, value, ...question }: BindingQuestion): void {
    const parts = partsOf(question.type, value);
    const { valueSet, strength, type, isMaximum, isChosen } = question;
    const codes = parts.map(({ system, code, display }) => (isChosen ? [system, code, display] : [system, code]));
    const key = JSON.stringify([valueSet, strength, type, isMaximum, isChosen, codes]);
    this.keep(this.bindings, key, at, () => ({ ...question, parts, at: [] }));
  }

  addCoding(value: unknown, at: string): void {
    const [part] = partsOf('Coding', value);
    if (part === undefined) return;
    this.keep(this.codings, JSON.stringify([part.system, part.code, part.display]), at, () => ({ ...part, at: [] }));
  }

  asked(): readonly Asked[] {
    return [...this.bindings.values()];
  }

  /** Places of codes from which something follows: those bound more strongly than by a recommendation. */
  boundPlaces(): ReadonlySet<string> {
    const asked = this.asked().filter(({ strength, isMaximum }) => strength === 'required' || strength === 'extensible' || isMaximum);
    return new Set(asked.flatMap(({ at, parts }) => at.flatMap((path) => parts.map(({ step }) => `${path}${step}`))));
  }

  askedCodings(): readonly AskedCoding[] {
    return [...this.codings.values()];
  }

  private keep<T extends { at: string[] }>(map: Map<string, T>, key: string, at: string, make: () => T): void {
    let known = map.get(key);
    if (known === undefined) {
      if (map.size >= most) {
        this.unasked++;
        return;
      }
      known = make();
      map.set(key, known);
    }
    if (known.at.length < mostPlaces && !known.at.includes(at)) known.at.push(at);
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const codingPart = (value: unknown, step: string): CodedPart[] =>
  isObject(value) ? [{ system: textOf(value['system']), code: textOf(value['code']), display: textOf(value['display']), step }] : [];

/** Codes of a value of a data type that can be bound. */
export function partsOf(type: string, value: unknown): readonly CodedPart[] {
  if (typeof value === 'string') return value === '' ? [] : [{ code: value, step: '' }];
  if (!isObject(value)) return [];
  if (type === 'CodeableConcept') {
    const { coding } = value;
    return Array.isArray(coding) ? coding.flatMap((each, i) => codingPart(each, `.coding[${i}]`)) : [];
  }
  if (type === 'Coding') return codingPart(value, '');
  // A Quantity and its specializations: the unit is what is coded.
  const code = textOf(value['code']);
  return code === undefined ? [] : [{ system: textOf(value['system']), code, step: '' }];
}
