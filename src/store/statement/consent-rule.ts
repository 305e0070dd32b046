/** Provisions of Consents: written with the Consent, and asked for by the test of a row (search/compile/consent.ts). */
import { identifier, type Statement } from '../statement.ts';
import { nullable, plain, split, texts } from './column.ts';

/** Times are milliseconds since 1970; an absent criterion is none. */
export interface ConsentRuleRow {
  readonly consent: string;
  readonly place: string;
  readonly depth: number;
  readonly row: number;
  readonly patient: string;
  readonly bucket: number;
  readonly deny: boolean;
  readonly research: boolean;
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly dataFrom?: number;
  readonly dataTo?: number;
  readonly actions?: readonly string[];
  readonly actors?: readonly string[];
  readonly purposes?: readonly string[];
  readonly types?: readonly number[];
  readonly labels?: readonly string[];
  readonly codes?: readonly string[];
  readonly instances?: readonly string[];
}

export const dropConsentRules = (schemaName: string, consents: readonly string[]): Statement => ({
  text: `delete from ${identifier(schemaName)}.consent_rule where consent = any($1::bigint[])`,
  values: [plain(consents)],
});

const instant = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
const list = (values: readonly (string | number)[] | undefined): string | null => (values === undefined ? null : plain(values));

export function insertConsentRules(schemaName: string, rows: readonly ConsentRuleRow[]): Statement {
  const times = (['validFrom', 'validTo', 'dataFrom', 'dataTo'] as const).map((name) => nullable(rows.map((row) => instant(row[name]))));
  const lists = (['actions', 'actors', 'purposes', 'types', 'labels', 'codes', 'instances'] as const).map((name) =>
    texts(rows.map((row) => list(row[name]))),
  );
  return {
    text: `insert into ${identifier(schemaName)}.consent_rule (consent, depth, row, pat, sk, deny, research, place,
  valid_from, valid_to, data_from, data_to, actions, actors, purposes, types, labels, codes, instances)
select n.consent, n.depth, n.row, n.pat, n.sk, n.deny, n.research, n.place, n.valid_from, n.valid_to, n.data_from, n.data_to,
  n.actions::text[], n.actors::bigint[], n.purposes::text[], n.types::smallint[], n.labels::bigint[], n.codes::bigint[], n.instances::bigint[]
from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::smallint[], $6::boolean[], $7::boolean[], ${split(8)},
  $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[],
  ${[13, 14, 15, 16, 17, 18, 19].map(split).join(', ')})
  as n(consent, depth, row, pat, sk, deny, research, place, valid_from, valid_to, data_from, data_to, actions, actors, purposes, types, labels, codes, instances)`,
    values: [
      plain(rows.map(({ consent }) => consent)),
      plain(rows.map(({ depth }) => depth)),
      plain(rows.map(({ row }) => row)),
      plain(rows.map(({ patient }) => patient)),
      plain(rows.map(({ bucket }) => bucket)),
      plain(rows.map(({ deny }) => deny)),
      plain(rows.map(({ research }) => research)),
      texts(rows.map(({ place }) => place)),
      ...times,
      ...lists,
    ],
  };
}

/** One row {exists} that says whether there is any. */
export const anyConsentRule = (schemaName: string): Statement => ({
  text: `select exists (select from ${identifier(schemaName)}.consent_rule) as exists`,
  values: [],
});
