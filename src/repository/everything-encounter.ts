/**
 * What belongs to an Encounter: its compartment, what this refers to in the record of the same patient, and what either refers to outside
 * of records. https://hl7.org/fhir/R4/encounter-operation-everything.html, https://hl7.org/fhir/R4/compartmentdefinition-encounter.html
 */
import { parameterText } from '../search/index-text.ts';
import { indexingOf } from '../search/indexing.ts';
import { compartmentToken, referenceLink } from '../search/link-token.ts';
import { literalTexts } from '../search/types/reference-parameter.ts';
import { carryingOf, standing } from '../store/statement/everything.ts';
import { gatherAround } from './everything-around.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import { isFollowed } from './everything-filter.ts';
import { accepted, type Gathering, Known, type Listening } from './everything-gather.ts';
import { People } from './everything-people.ts';
import { eachReference, patientsIn } from './everything-reference.ts';
import { targetOf } from './target.ts';

/** Of the elements by which resources are in the compartment of the Encounter. */
function tokensOf({ definitions }: EverythingContext, id: string): readonly string[] {
  return [...definitions.compartment('Encounter')].flatMap(([type, codes]) =>
    codes.flatMap((code) => {
      const indexing = indexingOf(definitions, type).get(code);
      const texts = indexing === undefined ? [] : literalTexts({ indexing, texts: [parameterText(type, code)], type });
      return texts.map((text) => referenceLink(text, `Encounter/${id}`));
    }),
  );
}

/** What the rows refer to in records, as far as it is in the record of their patient. */
async function namedBy({ session, context }: Gathering, known: Known, rows: readonly OwnedVersion[], pat: string): Promise<OwnedVersion[]> {
  const members = context.definitions.compartment('Patient');
  const names = new Map<string, { readonly type: string; readonly id: string }>();
  for (const { body } of rows)
    eachReference(
      body ?? '',
      context.bases,
      (type) => type === 'Patient' || members.has(type),
      (to) => names.set(`${to.type}/${to.id}`, to),
    );
  const targets = [...names.values()].flatMap(({ type, id }) => targetOf(context.typeCodes, type, id) ?? []);
  const found = await session.run<OwnedVersion>(standing(context.schema, targets, context.marks));
  return found.filter((row) => row.pat === pat && !known.rows.has(row.rid));
}

const byRow = (a: OwnedVersion, b: OwnedVersion): number => (BigInt(a.rid) < BigInt(b.rid) ? -1 : 1);

/** False where the Encounter does not stand. */
export async function gatherEncounter(listening: Listening, id: string): Promise<boolean> {
  const { session, context, options } = listening;
  const target = targetOf(context.typeCodes, 'Encounter', id);
  const [encounter] = target === undefined ? [] : await session.run<OwnedVersion>(standing(context.schema, [target], context.marks));
  if (encounter === undefined) return false;
  const patients = [...patientsIn(encounter.body ?? '', context.bases)].filter((each) => compartmentToken(each) === encounter.pat);
  const gathering = { ...listening, people: new People(patients) };
  const known = new Known();
  known.loose = true;
  const others = await session.run<OwnedVersion>(carryingOf(context.schema, encounter.pat, tokensOf(context, id), context.marks));
  const own = [encounter, ...others.filter(({ rid }) => rid !== encounter.rid)];
  gathering.take(await accepted(gathering, known, own));
  const named = encounter.pat === '0' ? [] : await namedBy(gathering, known, own, encounter.pat);
  gathering.take(await accepted(gathering, known, named.sort(byRow)));
  if (isFollowed(context, options)) await gatherAround(gathering, known);
  return true;
}
