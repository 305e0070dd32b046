/** Accounts and clients, for administrators: JSON, with the access token of one. What is secret is answered once and never again. */
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import {
  type Account,
  addAccount,
  allAccounts,
  changePassword,
  changePolicy,
  changeTotp,
  findAccount,
  findAccountByName,
  policyOf,
  type Role,
  roles,
  setDisabled,
} from '../../auth/account.ts';
import { addClient, allClients, type Client, disableClient } from '../../auth/client.ts';
import { clientFields, newClient } from '../../auth/new-client.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import { newPassword } from '../../auth/password.ts';
import { assertPolicy } from '../../auth/policy-names.ts';
import { parseScopes } from '../../auth/scope.ts';
import { checkScope } from '../../auth/scope-filter.ts';
import { newTotpSecret, totpUri } from '../../auth/totp.ts';
import { FhirError } from '../../fhir/outcome.ts';
import type { AuthContext } from './context.ts';
import { languageByCode, languages } from './pages/language.ts';
import { refused } from './refused.ts';
import { insufficient, tokenHolder } from './token-holder.ts';
import { tell } from './told.ts';

/** A person of the role, and an application to which they gave all that they may do. */
async function administrator(context: AuthContext, request: Request): Promise<Account> {
  const principal = await tokenHolder(context, request);
  const account = principal.account === undefined ? undefined : await findAccount(context.database, principal.account);
  if (account?.role === 'administrator' && !account.disabled && principal.scopes.includes('user/*.cruds')) return account;
  throw insufficient(context, request, 'user/*.cruds', 'This is for administrators, with the scope user/*.cruds.');
}

type Work = (context: AuthContext, request: Request, by: Account) => Promise<{ readonly status?: number; readonly body?: object }>;

const handle =
  (context: AuthContext, work: Work): RequestHandler =>
  async (request, response) => {
    const by = await administrator(context, request);
    const { status = 200, body } = await work(context, request, by);
    response.status(status).json(body ?? {});
  };

const invalid = (description: string): OAuthError => new OAuthError('invalid_request', description);

const shown = (account: Account): object => ({
  name: account.name,
  role: account.role,
  fhirUser: account.fhirUser,
  policy: policyOf(account),
  language: account.language,
  secondFactor: account.totp !== undefined,
  disabled: account.disabled,
});

const shownClient = ({
  id,
  name,
  kind,
  redirectUris,
  launchUri,
  grantTypes,
  scopes,
  policy,
  purposes,
  trusted,
  disabled,
}: Client): object => ({
  ...{ id, name, kind, redirectUris, launchUri, grantTypes, scopes, policy, purposes, trusted, disabled },
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Texts by name; anything else is refused by name. */
function fields(request: Request, known: readonly string[]): Readonly<Record<string, unknown>> {
  const body = request.body as unknown;
  if (!isObject(body)) throw invalid(`The body must be a JSON object with any of ${known.join(', ')}.`);
  if (Object.keys(body).some((name) => !known.includes(name))) throw invalid(`A property is not known; known are ${known.join(', ')}.`);
  if (Object.values(body).some((value) => typeof value === 'string' && value.includes('\0')))
    throw invalid('A property holds the character NUL.');
  return body;
}

function text(given: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = given[name];
  if (value === undefined || (typeof value === 'string' && value.length <= 1000)) return value;
  throw invalid(`${name} must be a text.`);
}

function flag(given: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
  const value = given[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalid(`${name} must be true or false.`);
}

const notFound = (what: string): OAuthError => new OAuthError('invalid_request', `There is no ${what} of this name.`, {}, 404);

async function known({ database }: AuthContext, { params }: Request): Promise<Account> {
  const account = await findAccountByName(database, String(params['name'] ?? ''));
  if (account === undefined) throw notFound('account');
  return account;
}

const told = (context: AuthContext, request: Request, by: Account, subject: string, detail: string): Promise<void> =>
  tell(context, request, {
    kind: subject.startsWith('client') ? 'client' : 'account',
    outcome: 'success',
    account: by.name,
    subject,
    detail,
  });

const add: Work = async (context, request, by) => {
  const given = fields(request, ['name', 'role', 'fhirUser', 'policy', 'language', 'password']);
  const role = roles.find((each) => each === given['role']) as Role | undefined;
  if (role === undefined) throw invalid(`role must be one of ${roles.join(', ')}.`);
  const password = text(given, 'password') ?? newPassword();
  const [name = '', fhirUser, policy, language] = ['name', 'fhirUser', 'policy', 'language'].map((each) => text(given, each));
  if (language !== undefined && languageByCode(language) === undefined)
    throw invalid(`language must be one of ${languages.map(({ code }) => code).join(', ')}.`);
  await assertPolicy(context.database, policy, (await context.services()).definitions);
  const account = await addAccount(context.database, { name, role, password, fhirUser, policy, language });
  if (account === undefined) throw new OAuthError('invalid_request', 'There is an account of this name already.', {}, 409);
  await told(context, request, by, `account/${account.name}`, 'added');
  return { status: 201, body: { ...shown(account), ...(given['password'] === undefined ? { password } : {}) } };
};

/** Each change by itself, and what it answers. */
async function apply(context: AuthContext, account: Account, given: Readonly<Record<string, unknown>>): Promise<object> {
  const { database } = context;
  const [disabled, policy, password] = [flag(given, 'disabled'), text(given, 'policy'), text(given, 'password')];
  const secondFactor = flag(given, 'secondFactor');
  await assertPolicy(database, policy, (await context.services()).definitions);
  if (password !== undefined) await changePassword(database, account, password);
  if (policy !== undefined) await changePolicy(database, account, policy);
  if (disabled !== undefined) await setDisabled(database, account, disabled);
  if (secondFactor === undefined) return {};
  const secret = secondFactor ? newTotpSecret() : null;
  await changeTotp(database, account, secret, context.box);
  return secret === null ? {} : { otpauth: totpUri(secret, account.name) };
}

const change: Work = async (context, request, by) => {
  const account = await known(context, request);
  const given = fields(request, ['disabled', 'policy', 'password', 'secondFactor']);
  const answer = await apply(context, account, given);
  await told(context, request, by, `account/${account.name}`, `changed ${Object.keys(given).join(', ')}`);
  return { body: { ...shown(await known(context, request)), ...answer } };
};

const createClient: Work = async (context, request, by) => {
  const { client, secret } = newClient(fields(request, clientFields));
  const { definitions } = await context.services();
  await assertPolicy(context.database, client.policy, definitions);
  for (const scope of parseScopes(client.scopes.join(' '))) checkScope(scope, definitions, { now: context.now });
  if (!(await addClient(context.database, client)))
    throw new OAuthError('invalid_request', 'There is a client of this id already.', {}, 409);
  await told(context, request, by, `client/${client.id}`, 'added');
  return { status: 201, body: { ...shownClient(client), ...(secret === undefined ? {} : { secret }) } };
};

const changeClient: Work = async (context, request, by) => {
  const id = String(request.params['id'] ?? '');
  if (flag(fields(request, ['disabled']), 'disabled') !== true)
    throw invalid('disabled must be true: a client that was disabled is registered anew.');
  if (id.includes('\0') || !(await disableClient(context.database, id))) throw notFound('client');
  await told(context, request, by, `client/${id}`, 'disabled');
  return {};
};

/** What the parts below refuse in FHIR's words, in those of this API. */
const inOtherWords: ErrorRequestHandler = (error, request, response, next) => {
  if (!(error instanceof FhirError)) return next(error);
  refused(new OAuthError('invalid_request', error.message, {}, error.status), request, response, next);
};

export const admin = (context: AuthContext): Router =>
  Router()
    .use(express.json({ limit: 65_536 }))
    .get(
      '/accounts',
      handle(context, async ({ database }) => ({ body: { accounts: (await allAccounts(database)).map(shown) } })),
    )
    .post('/accounts', handle(context, add))
    .get(
      '/accounts/:name',
      handle(context, async (_, request) => ({ body: shown(await known(context, request)) })),
    )
    .patch('/accounts/:name', handle(context, change))
    .get(
      '/clients',
      handle(context, async ({ database }) => ({ body: { clients: (await allClients(database)).map(shownClient) } })),
    )
    .post('/clients', handle(context, createClient))
    .patch('/clients/:id', handle(context, changeClient))
    .use(inOtherWords, refused);
