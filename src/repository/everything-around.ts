/**
 * What a record refers to outside of records, directly or by way of others, and the Provenances of all that is told.
 * SHOULD: "any resource referenced from those" — patient-operation-everything.html
 */
import { referenceLink } from '../search/link-token.ts';
import { carrying, standing } from '../store/statement/everything.ts';
import type { OwnedVersion } from './everything-context.ts';
import { accepted, chunk, type Gathering, isOfThem, type Known } from './everything-gather.ts';
import { targetOf } from './target.ts';

const byRow = (a: OwnedVersion, b: OwnedVersion): number => (BigInt(a.rid) < BigInt(b.rid) ? -1 : 1);

/** Round after round, until nothing is found any more. */
export async function gatherAround(gathering: Gathering, known: Known): Promise<void> {
  const asked = new Set<string>();
  const told: OwnedVersion[] = [];
  for (let found = true; found && !gathering.isStopped(); ) {
    const fresh = [...known.references].filter((reference) => !asked.has(reference));
    for (const reference of fresh) asked.add(reference);
    const targets = known.targets.splice(0);
    told.push(...(await referredTo(gathering, known, fresh)), ...(await provenancesOf(gathering, known, targets)));
    found = known.references.size > asked.size || known.targets.length > 0;
  }
  if (told.length > 0) gathering.take(told.sort(byRow));
}

/** Never what speaks of a patient whose record is not asked for. */
async function referredTo(gathering: Gathering, known: Known, references: readonly string[]): Promise<readonly OwnedVersion[]> {
  const { session, context } = gathering;
  const told: OwnedVersion[] = [];
  for (let from = 0; from < references.length; from += chunk) {
    const targets = references.slice(from, from + chunk).flatMap((reference) => {
      const slash = reference.indexOf('/');
      return targetOf(context.typeCodes, reference.slice(0, slash), reference.slice(slash + 1)) ?? [];
    });
    const rows = await session.run<OwnedVersion>(standing(context.schema, targets, context.marks));
    const own = rows.filter((row) => !known.rows.has(row.rid) && isOfThem(gathering, row));
    told.push(...(await accepted(gathering, known, own)));
  }
  return told;
}

async function provenancesOf(gathering: Gathering, known: Known, names: readonly string[]): Promise<readonly OwnedVersion[]> {
  const { session, context } = gathering;
  const typeCode = context.typeCodes.get('Provenance');
  const told: OwnedVersion[] = [];
  for (let from = 0; typeCode !== undefined && from < names.length; from += chunk) {
    const tokens = names.slice(from, from + chunk).map((name) => referenceLink('Provenance|target', name));
    const rows = await session.run<OwnedVersion>(carrying(context.schema, typeCode, tokens, context.marks));
    told.push(
      ...(await accepted(
        gathering,
        known,
        rows.filter(({ rid }) => !known.rows.has(rid)),
      )),
    );
  }
  return told;
}
