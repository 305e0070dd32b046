/** $everything within an access. https://hl7.org/fhir/R4/patient-operation-everything.html */
import type { Access, PatientSet, Restriction } from '../auth/access.ts';
import { conditionOf, isOpen } from '../auth/restriction.ts';
import { withinSql } from '../search/compile/within.ts';
import { type Condition, conjuncts } from '../search/condition.ts';
import { compartmentToken, selfHash } from '../search/link-token.ts';
import type { Session } from '../store/database.ts';
import type { Marks } from '../store/statement/everything.ts';
import type { TypeCodes } from '../store/type-code.ts';
import { type Asking, askingIn } from './commit/asking.ts';
import { everything } from './everything.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import { asking, contentWithin, lackingScope } from './reaching.ts';
import { type Reading, rowWithin } from './read-within.ts';
import type { EverythingOptions, EverythingPage, EverythingSubject } from './repository.ts';

export async function everythingWithin(
  reading: Reading & EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions,
): Promise<EverythingPage | undefined> {
  const { session, access, typeCodes } = reading;
  const patients = access.condition('Patient', ['r']);
  if (subject.id === undefined && patients === undefined) throw lackingScope('Patient', 'r');
  if (subject.id !== undefined) {
    const row = await rowWithin(reading, subject.type, subject.id);
    // What is told page by page is told to its end, as it was.
    if (row === undefined || (row.body === null && options.after === undefined)) return undefined;
  }
  const limits = {
    within: withinOf(reading),
    whole: wholeOf(reading),
    ...(patients && { patients: withinSql(reading.compile, 'r', ['Patient'], patients) }),
    ...marksOf(access, reading.definitions.resourceTypes, typeCodes),
  };
  return everything(session, { ...reading, ...limits }, subject, options);
}

/** Tokens of which none may be there. */
const isBarred = (condition: Condition): condition is Condition & { readonly kind: 'tokens' } =>
  condition.kind === 'tokens' && condition.negated;

const filtersOf = ({ any }: Restriction): readonly Condition[] =>
  any.flatMap(({ filter }) => (filter === undefined ? [] : conjuncts(filter)));

const known = new WeakMap<Access, { readonly marks?: Marks }>();

/** By type, the tokens that bar a resource from being seen: labels above all. */
function marksOf(access: Access, types: readonly string[], codes: TypeCodes): { readonly marks?: Marks } {
  const made = known.get(access) ?? makeMarks(access, types, codes);
  known.set(access, made);
  return made;
}

function makeMarks(access: Access, types: readonly string[], codes: TypeCodes): { readonly marks?: Marks } {
  const [typeCodes, tokens]: [number[], string[][]] = [[], []];
  for (const type of types) {
    const barred = filtersOf(access.restriction(type, 'r') ?? { any: [] }).filter(isBarred);
    const code = codes.get(type);
    if (barred.length === 0 || code === undefined) continue;
    typeCodes.push(code);
    tokens.push(barred.flatMap(({ any }) => any));
  }
  return typeCodes.length === 0 ? {} : { marks: { typeCodes, tokens } };
}

/** Of a caller whose types are the same for all patients, or for the patient of the caller alone. */
const knownWhole = new WeakMap<Access, { readonly compartment: string; readonly codes: readonly number[] }>();

/** Types that the restrictions tell all of, as far as it is in the compartment and not marked. */
function wholeOf(reading: Reading & Pick<EverythingContext, 'definitions'>): NonNullable<EverythingContext['whole']> {
  const { access, definitions, typeCodes, compile } = reading;
  return async (compartment, session) => {
    const known = knownWhole.get(access);
    if (known?.compartment === compartment) return known.codes;
    const [ask, isAmong, codes] = [askingIn(session, compile), amongPatients(), [] as number[]];
    let isFixed = true;
    for (const type of definitions.resourceTypes) {
      const code = typeCodes.get(type);
      if (code === undefined) continue;
      for (const { patients, filter } of access.restriction(type, 'r')?.any ?? []) {
        if (filter !== undefined && !conjuncts(filter).every(isBarred)) continue;
        isFixed &&= patients?.kind !== 'matching';
        if (patients !== undefined && !(await isAmong(compartment, patients, ask))) continue;
        codes.push(code);
        break;
      }
    }
    if (isFixed) knownWhole.set(access, { compartment, codes });
    return codes;
  };
}

/** What holds of a version and is not asked of the database, or undefined. */
type Verdict = boolean | undefined;

/**
 * Versions that stand in the session are asked about together, type by type, unless their marks tell it all; others by their own content: a
 * resource that was moved meanwhile is seen as it was then, or not at all.
 */
function withinOf(reading: Reading): NonNullable<EverythingContext['within']> {
  const { access, typeNames, compile } = reading;
  const isAmong = amongPatients();
  const toldByMarks = async ({ any }: Restriction, row: OwnedVersion, ask: Asking): Promise<Verdict> => {
    if (any.some(isOpen)) return true;
    for (const { patients, filter } of any) {
      const isLeft = filter !== undefined && (row.marked !== false || !conjuncts(filter).every(isBarred));
      if (isLeft || (patients !== undefined && (row.pat === '0' || !(await isAmong(row.pat, patients, ask))))) continue;
      return true;
    }
    return undefined;
  };
  const isSeen = async (row: OwnedVersion, ask: Asking, stands: boolean): Promise<boolean> => {
    const type = typeNames.get(row.tc) ?? '';
    const restriction = access.restriction(type, 'r');
    if (restriction === undefined || row.body === null) return false;
    const told = await toldByMarks(restriction, row, ask);
    if (told !== undefined) return told;
    return stands ? ask.stored(type, selfHash(type, row.id), conditionOf(type, restriction)) : contentWithin(reading, ask, type, row);
  };
  return async (rows, session?: Session) => {
    const ask = session === undefined ? asking(reading) : askingIn(session, compile);
    const seen = await Promise.all(rows.map((row) => isSeen(row, ask, session !== undefined)));
    return rows.filter((_, i) => seen[i]);
  };
}

type IsAmong = (token: string, patients: PatientSet, ask: Asking) => Promise<boolean> | boolean;

/** Whether a patient, told by the compartment token, is one of some; each is asked once. */
function amongPatients(): IsAmong {
  const answers = new Map<PatientSet, Map<string, Promise<boolean>>>();
  return (token, patients, ask) => {
    if (patients.kind === 'one') return compartmentToken(patients.id) === token;
    const ofThese = answers.get(patients) ?? new Map<string, Promise<boolean>>();
    answers.set(patients, ofThese);
    const answer = ofThese.get(token) ?? ask.stored('Patient', token, patients.condition);
    ofThese.set(token, answer);
    return answer;
  };
}
