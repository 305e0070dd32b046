/** What active Consents demand is written with them, as rows that every query asks. https://hl7.org/fhir/R4/consent.html */
import { type ConsentRow, consentRows, isInForce } from '../../auth/consent/rule.ts';
import { parseJson } from '../../fhir/json.ts';
import { refusal } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import { type ConsentRuleRow, dropConsentRules, insertConsentRules } from '../../store/statement/consent-rule.ts';
import { notify } from '../../store/statement/search-parameter.ts';
import type { VersionRow } from '../../store/statement/write.ts';
import type { Statement } from '../../store/statement.ts';
import { newConsent } from '../consent-flag.ts';
import { channel } from '../registration-sql.ts';
import type { CommitContext } from './context.ts';
import type { Unit } from './unit.ts';
import { eachLive, itemsOf, liveItems, type Work } from './work.ts';

const type = 'Consent';

export const writesConsent = ({ changes }: Unit): boolean => changes.some((change) => change.type === type);

/** Fills the rules of each Consent that is written. Throws 422 for one that cannot be enforced. */
export function settleConsents(context: CommitContext, works: readonly Work[]): void {
  eachLive(works, (work) => {
    for (const item of itemsOf(work)) {
      const body = item.change.type === type ? item.result?.version?.body : undefined;
      if (item.row === undefined || body === undefined) continue;
      item.rules = body === null ? [] : rulesOf(context, parseJson(body) as Resource, item.row, item.change.at);
    }
  });
}

function rulesOf(
  { consents }: Pick<CommitContext, 'consents'>,
  consent: Resource,
  row: Pick<VersionRow, 'index'>,
  at = '',
): readonly ConsentRuleRow[] {
  if (!isInForce(consent)) return [];
  const { self, patient, bucket } = row.index;
  if (patient === '0') throw nobodys(at);
  return consentRows(consents, consent).map((rule: ConsentRow) => ({ ...rule, consent: self, patient, bucket }));
}

const nobodys = (at: string): Error =>
  refusal(
    'required',
    'An active Consent to privacy, treatment or research refers to a Patient of this server, so that it can be kept to: as patient.reference',
    { expression: at === '' ? 'Consent.patient' : `${at}.patient` },
  );

/** What goes behind the writes. */
export function consentStatements({ schema }: Pick<CommitContext, 'schema'>, works: readonly Work[]): readonly Statement[] {
  const items = liveItems(works).filter(({ rules }) => rules !== undefined);
  const replaced = items.flatMap(({ row }) => (row === undefined || row.isNew ? [] : [row.index.self]));
  return statementsFor(
    schema,
    replaced,
    items.flatMap(({ rules }) => rules ?? []),
  );
}

function statementsFor(schema: string, replaced: readonly string[], rules: readonly ConsentRuleRow[]): readonly Statement[] {
  return [
    ...(replaced.length === 0 ? [] : [dropConsentRules(schema, replaced)]),
    ...(rules.length === 0 ? [] : [insertConsentRules(schema, rules), notify(channel, newConsent(schema))]),
  ];
}

/** For Consents that stand, where they are indexed anew; `body` is the whole text. What cannot be enforced was stored before it had to be. */
export function consentsAnew(context: CommitContext, rows: readonly VersionRow[]): readonly Statement[] {
  const consents = rows.filter(({ typeCode, body }) => typeCode === context.typeCodes.get(type) && body !== null);
  const rules = consents
    .filter(({ index }) => index.patient !== '0')
    .flatMap((row) => rulesOf(context, parseJson(row.body ?? '') as Resource, row));
  return statementsFor(
    context.schema,
    consents.map(({ index }) => index.self),
    rules,
  );
}
