/** The statements of accounts: people who can sign in. */
import { identifier, type Statement } from '../../statement.ts';

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly totp: string | null;
  readonly role: 'practitioner' | 'patient' | 'related-person' | 'administrator';
  readonly fhir_user: string | null;
  readonly policy: string | null;
  readonly language: string | null;
  readonly disabled: boolean;
}

const columns = 'id, name, password, totp, role, fhir_user, policy, language, disabled';

/** At most one row. */
export const readAccountByName = (schemaName: string, name: string): Statement => ({
  text: `select ${columns} from ${identifier(schemaName)}.account where name = $1`,
  values: [name],
  name: 'authorization-account-name',
});

export const readAccount = (schemaName: string, id: string): Statement => ({
  text: `select ${columns} from ${identifier(schemaName)}.account where id = $1`,
  values: [id],
  name: 'authorization-account',
});

export const listAccounts = (schemaName: string): Statement => ({
  text: `select ${columns} from ${identifier(schemaName)}.account order by name`,
  values: [],
});

/** No row when the name is taken. */
export const insertAccount = (schemaName: string, row: AccountRow): Statement => ({
  text: `insert into ${identifier(schemaName)}.account (${columns}, created)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()) on conflict do nothing returning id`,
  values: [row.id, row.name, row.password, row.totp, row.role, row.fhir_user, row.policy, row.language, row.disabled],
});

export interface AccountChange {
  readonly password?: string;
  readonly totp?: string | null;
  readonly role?: AccountRow['role'];
  readonly fhir_user?: string | null;
  readonly policy?: string | null;
  readonly language?: string | null;
  readonly disabled?: boolean;
}

/** Column names are those of the type, never a client's. */
export function updateAccount(schemaName: string, id: string, change: AccountChange): Statement {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const sets = given.map(([name], i) => `${identifier(name)} = $${i + 2}`);
  return {
    text: `update ${identifier(schemaName)}.account set ${sets.join(', ')} where id = $1 returning id`,
    values: [id, ...given.map(([, value]) => value)],
  };
}

/** A row when the step of time was not used before, nor one after it. https://www.rfc-editor.org/rfc/rfc6238#section-5.2 */
export const useTotpStep = (schemaName: string, id: string, step: number): Statement => ({
  text: `update ${identifier(schemaName)}.account set totp_step = $2 where id = $1 and (totp_step is null or totp_step < $2) returning id`,
  values: [id, step],
});

export interface TotpRow {
  readonly id: string;
  readonly totp: string;
}

/** Accounts with a second factor. */
export const listTotp = (schemaName: string): Statement => ({
  text: `select id, totp from ${identifier(schemaName)}.account where totp is not null`,
  values: [],
});

/** The same secret, kept in another way; another secret that came meanwhile stays. */
export const sealTotp = (schemaName: string, id: string, before: string, after: string): Statement => ({
  text: `update ${identifier(schemaName)}.account set totp = $3 where id = $1 and totp = $2`,
  values: [id, before, after],
});
