/** People who can sign in, each linked to the resource that speaks of them. */
import { randomUUID } from 'node:crypto';
import { refusal } from '../fhir/outcome.ts';
import type { Database } from '../store/database.ts';
import {
  type AccountChange,
  type AccountRow,
  insertAccount,
  listAccounts,
  readAccount,
  readAccountByName,
  updateAccount,
} from '../store/statement/authorization/account.ts';
import { tellWithdrawn } from '../store/statement/authorization/notice.ts';
import { deleteSessionsOf } from '../store/statement/authorization/session.ts';
import { endAuthorizationsOf } from './authorization.ts';
import { checkPassword, hashPassword } from './password.ts';
import type { Principal } from './principal.ts';
import { hashOf } from './secret.ts';
import { openBox, type SecretBox } from './secret-box.ts';
import { inOneTransaction, type Tables } from './tables.ts';
import { sealedTotp } from './totp-secret.ts';

export type Role = AccountRow['role'];

export interface Account {
  readonly id: string;
  readonly name: string;
  /** argon2id text. */
  readonly password: string;
  /** Secret of the second factor as it is kept: see totp-secret.ts; absent: there is none. */
  readonly totp?: string;
  readonly role: Role;
  /** Such as `Practitioner/7`. */
  readonly fhirUser?: string;
  /** Name of the policy that limits the scopes of `user/`; absent: that of the role. */
  readonly policy?: string;
  readonly language?: string;
  readonly disabled: boolean;
}

const given = <Name extends string>(name: Name, value: string | null): { readonly [N in Name]?: string } =>
  value === null ? {} : ({ [name]: value } as { readonly [N in Name]: string });

const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  password: row.password,
  role: row.role,
  disabled: row.disabled,
  ...given('totp', row.totp),
  ...given('fhirUser', row.fhir_user),
  ...given('policy', row.policy),
  ...given('language', row.language),
});

export const roles: readonly Role[] = ['practitioner', 'patient', 'related-person', 'administrator'];

/** What an account of the role may be linked to. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-identity-data */
const usersOf: Readonly<Record<Role, readonly string[]>> = {
  practitioner: ['Practitioner', 'PractitionerRole'],
  patient: ['Patient'],
  'related-person': ['RelatedPerson'],
  administrator: ['Practitioner', 'PractitionerRole', 'Person'],
};

export interface NewAccount {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
  readonly fhirUser?: string | undefined;
  readonly policy?: string | undefined;
  readonly language?: string | undefined;
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,99}$/u;

/** As names are kept: without regard to case, and with one spelling. */
export const accountName = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

function checkName(name: string): void {
  if (!namePattern.test(name)) throw refusal('value', 'The name of an account has letters, digits and any of . _ @ + -, 100 at most');
}

/** Throws a FhirError (400) when the role and the resource do not go together. */
function checkUser(role: Role, fhirUser: string | undefined): void {
  const types = usersOf[role];
  if (fhirUser === undefined) {
    if (role === 'patient' || role === 'related-person')
      throw refusal('value', `An account of the role ${role} is linked to its ${types[0]}`);
    return;
  }
  const [, type = ''] = /^([A-Za-z]+)\/[A-Za-z0-9.-]{1,64}$/.exec(fhirUser) ?? [];
  if (!types.includes(type))
    throw refusal('value', `An account of the role ${role} is linked to a ${types.join(' or ')}, such as ${types[0]}/7`);
}

/** A practitioner sees their own patients unless a policy says more. */
const usualPolicy: Partial<Record<Role, string>> = { practitioner: 'own-patients' };

/** Name of the policy that an account is under. */
export const policyOf = ({ policy, role }: Pick<Account, 'policy' | 'role'>): string => policy ?? usualPolicy[role] ?? role;

/** Undefined when the name is taken. Throws a FhirError (400) for what cannot be. */
export async function addAccount(tables: Tables, asked: NewAccount): Promise<Account | undefined> {
  const { role, fhirUser = null, language = null } = asked;
  const name = accountName(asked.name);
  checkName(name);
  checkUser(role, asked.fhirUser);
  checkPassword(asked.password, name);
  const policy = policyOf({ role, ...(asked.policy === undefined ? {} : { policy: asked.policy }) });
  const password = await hashPassword(asked.password);
  const row: AccountRow = { id: randomUUID(), name, password, totp: null, role, fhir_user: fhirUser, policy, language, disabled: false };
  const added = await tables.run(insertAccount(tables.schema, row));
  return added.length === 1 ? accountOf(row) : undefined;
}

const first = (rows: readonly AccountRow[]): Account | undefined => rows[0] && accountOf(rows[0]);

/** PostgreSQL keeps no NUL. */
export const findAccountByName = async (tables: Tables, name: string): Promise<Account | undefined> =>
  namePattern.test(accountName(name))
    ? first(await tables.run<AccountRow>(readAccountByName(tables.schema, accountName(name))))
    : undefined;

export const findAccount = async (tables: Tables, id: string): Promise<Account | undefined> =>
  first(await tables.run<AccountRow>(readAccount(tables.schema, id)));

export const allAccounts = async (tables: Tables): Promise<Account[]> =>
  (await tables.run<AccountRow>(listAccounts(tables.schema))).map(accountOf);

const change = async (tables: Tables, id: string, changed: AccountChange): Promise<void> =>
  void (await tables.run(updateAccount(tables.schema, id, changed)));

/**
 * Whoever came in by what counted before is out: sessions and what was allowed end. The account comes first, since a login that is under way
 * either waits for it or is waited for, and so is found by what follows.
 */
const changeAndSignOut = (database: Database, id: string, changed: AccountChange): Promise<void> =>
  inOneTransaction(database, async (tables) => {
    await change(tables, id, changed);
    await tables.run(deleteSessionsOf(tables.schema, id));
    await endAuthorizationsOf(tables, id);
  });

export async function changePassword(database: Database, { id, name }: Account, password: string): Promise<void> {
  checkPassword(password, name);
  await changeAndSignOut(database, id, { password: await hashPassword(password) });
}

export const setDisabled = (database: Database, { id }: Account, disabled: boolean): Promise<void> =>
  disabled ? changeAndSignOut(database, id, { disabled }) : change(database, id, { disabled });

/** The secret of the second factor, sealed where there is a key for that; null takes it away. */
export const changeTotp = (database: Database, { id }: Account, secret: string | null, box: SecretBox = openBox): Promise<void> =>
  changeAndSignOut(database, id, { totp: secret === null ? null : sealedTotp(box, id, secret) });

/** Changes with the password: what was begun with one is not gone on with under another. */
export const passwordMark = ({ password }: Account): string => hashOf(password).toString('base64url');

/** Takes effect on the tokens that are out, too. */
export async function changePolicy(tables: Tables, { id }: Account, policy: string): Promise<void> {
  await change(tables, id, { policy });
  await tables.run(tellWithdrawn(tables.schema, 'account', id));
}

/** The person with all that their policy allows: for what the pages show them before anything is granted. */
export const personOf = (account: Account): Principal => ({
  id: `account:${account.id}`,
  scopes: ['user/*.rs'],
  account: account.id,
  policies: { user: policyOf(account) },
  ...(account.fhirUser === undefined ? {} : { fhirUser: account.fhirUser }),
});
