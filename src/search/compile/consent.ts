/**
 * The test that no Consent withholds a row. Within one Consent the deepest provision that applies decides, and of several there a
 * denial; one Consent that denies is enough. https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision
 */
import type { ConsentedCondition } from '../consented.ts';
import { anyReferenceKey } from '../link-token.ts';
import { bigints } from '../sql.ts';
import { codesOf, type Row, rowOf } from './row.ts';

export function consentedSql(condition: ConsentedCondition, row: Row): string {
  const patients = patientsSql(row);
  const others = condition.own === undefined ? '' : ` and c.pat <> ${row.bind(condition.own)}::bigint`;
  const where = `c.pat = any(${patients})${others}`;
  if (condition.contained) {
    const denied = `exists (select from ${row.schema}.consent_rule c where ${where} and c.deny
group by c.consent, c.place having bool_and(${actionSql(condition, row)}) offset 0)`;
    return condition.research ? 'false' : `not ${denied}`;
  }
  const rule = ruleSql(condition, row);
  const denied = `not exists (select from (${decisionsSql(row.schema, where, rule)}) d where d.deny offset 0)`;
  return condition.research ? `(${denied} and ${permittedSql(row, patients, rule)})` : denied;
}

/** Hashes of all whose record the row is in; outside of the compartment, of all that it refers to. */
const patientsSql = ({ alias, bind }: Row): string =>
  `(${alias}.toks || ${alias}.pat || case when ${alias}.pat = 0 then array(select w.k # ${bind(anyReferenceKey)}::bigint from unnest(${alias}.toks) w(k)) end)`;

/** What each Consent comes to: rows of {deny, research}. */
const decisionsSql = (schema: string, where: string, rule: string): string =>
  `select distinct on (g.consent) g.deny, g.research from (
select c.consent, c.depth, c.deny, c.research from ${schema}.consent_rule c where ${where}
group by c.consent, c.place, c.depth, c.deny, c.research having bool_and(${rule})) g order by g.consent, g.depth desc, g.deny desc, g.research`;

/** Of all patients whose record it is in, and there is one. */
function permittedSql(row: Row, patients: string, rule: string): string {
  const { schema } = row;
  const type = codesOf(row, ['Patient'])[0] ?? -1;
  const whose = `select p.self from ${schema}.res p where p.self = any(${patients}) and p.tc + 0 = ${type}`;
  const permit = `exists (select from (${decisionsSql(schema, 'c.pat = s.self', rule)}) d where d.research and not d.deny offset 0)`;
  return `(select coalesce(bool_and(${permit}), false) from (${whose} offset 0) s)`;
}

/** Whether a row of the table applies to the resource, to who asks, and now. */
const actionSql = ({ action }: ConsentedCondition, { bind }: Row): string =>
  `(c.actions is null or ${bind(action)}::text = any(c.actions))`;

function ruleSql(condition: ConsentedCondition, row: Row): string {
  const { purposes, ...asker } = condition;
  const { alias, bind } = row;
  const inside = `${alias}.lo >= coalesce(c.data_from, '-infinity') and ${alias}.hi <= coalesce(c.data_to, 'infinity')`;
  const overlaps = `${alias}.lo is null or (${alias}.hi > coalesce(c.data_from, '-infinity') and ${alias}.lo < coalesce(c.data_to, 'infinity'))`;
  return [
    'coalesce(c.valid_from <= now(), true) and coalesce(c.valid_to > now(), true)',
    actionSql(condition, row),
    `(c.actors is null or c.actors && ${actorsSql(asker, row)})`,
    `(c.purposes is null or c.purposes && ${bind([...purposes])}::text[])`,
    `(c.types is null or ${alias}.tc = any(c.types))`,
    `(c.labels is null or ${alias}.toks && c.labels)`,
    `(c.codes is null or ${alias}.toks && c.codes)`,
    `(c.instances is null or ${alias}.self = any(c.instances))`,
    `(coalesce(c.data_from, c.data_to) is null or case when c.deny then ${overlaps} else coalesce(${inside}, false) end)`,
  ].join(' and ');
}

/** It speaks of no row outside, so that the planner makes it once. */
function actorsSql({ actors, memberships, through }: Omit<ConsentedCondition, 'purposes'>, row: Row): string {
  const fixed = `select w.k from unnest(${row.bind(bigints(actors))}::bigint[]) w(k)`;
  const members = memberships.map((source) => {
    const other = rowOf(row, [source.type]);
    return `select ${other.alias}.self from ${row.sourceSql([source.condition], other)}`;
  });
  const led = through.map(({ by, keys }) => {
    const other = rowOf(row, [by.type]);
    const from = row.sourceSql([by.condition], other);
    const targets = `select w.k # x.k as k from unnest(${other.alias}.toks) w(k), unnest(${row.bind(bigints(keys))}::bigint[]) x(k)`;
    return `select t.k from (select ${other.alias}.toks from ${from}) ${other.alias} cross join lateral (${targets}) t`;
  });
  return `(select array(${[fixed, ...members, ...led].join(' union all ')}))`;
}
