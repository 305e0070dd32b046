/** For the EHR: prepares the launch of an application for the record that a person has open. https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch */
import express, { type RequestHandler, Router } from 'express';
import { type Account, findAccount, findAccountByName } from '../../auth/account.ts';
import { findClient } from '../../auth/client.ts';
import { createLaunch } from '../../auth/launch.ts';
import type { LaunchContext } from '../../auth/launch-context.ts';
import { type LaunchRequest, readLaunchRequest } from '../../auth/launch-request.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import type { Principal } from '../../auth/principal.ts';
import { withParameters } from '../../auth/redirect-uri.ts';
import type { AuthContext } from './context.ts';
import { refused } from './refused.ts';
import { insufficient, tokenHolder } from './token-holder.ts';
import { tell } from './told.ts';

const mayLaunch = ({ scopes }: Principal): boolean =>
  scopes.some((scope) => scope === '*' || scope === 'launch' || scope.startsWith('user/') || scope.startsWith('system/'));

const invalid = (description: string): OAuthError => new OAuthError('invalid_request', description);

/** A person launches for themselves; a system may say for whom. */
async function launcherOf({ database }: AuthContext, { account }: Principal, { user }: LaunchRequest): Promise<Account | undefined> {
  const found = account === undefined ? undefined : await findAccount(database, account);
  if (user === undefined) return found;
  const named = await findAccountByName(database, user);
  if (named === undefined || named.disabled) throw invalid('user is not the name of an account that may sign in.');
  if (found !== undefined && found.id !== named.id) throw invalid('user must be left out: a person launches for themselves.');
  return named;
}

async function read(context: AuthContext, principal: Principal, type: string, id: string): Promise<object | undefined> {
  const found = await (await context.services()).repository(principal).read(type, id);
  return found?.body == null ? undefined : (JSON.parse(found.body) as object);
}

/** Nothing is opened that the token could not read. Out of reach is told like not there. */
async function checkedContext(context: AuthContext, principal: Principal, asked: LaunchContext): Promise<LaunchContext> {
  const { patient, encounter } = asked;
  if (patient !== undefined && (await read(context, principal, 'Patient', patient)) === undefined)
    throw invalid('patient is not the id of a Patient within reach.');
  if (encounter === undefined) return asked;
  const found = (await read(context, principal, 'Encounter', encounter)) as { subject?: { reference?: string } } | undefined;
  const subject = /^Patient\/(.+)$/.exec(found?.subject?.reference ?? '')?.[1];
  if (found === undefined || (patient !== undefined && subject !== patient))
    throw invalid('encounter is not the id of an Encounter of the patient within reach.');
  return subject === undefined ? asked : { ...asked, patient: subject };
}

const create =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const principal = await tokenHolder(context, request);
    if (!mayLaunch(principal))
      throw insufficient(context, request, 'launch', 'A launch is prepared with the scope launch, or with a scope of user/ or system/.');
    const asked = readLaunchRequest(request.body as unknown);
    const client = await findClient(context.database, asked.client);
    if (client === undefined) throw invalid('client is not the id of a client that may be launched.');
    const account = await launcherOf(context, principal, asked);
    const launched = await checkedContext(context, principal, asked.context);
    const launch = await createLaunch(context.database, { context: launched, account: account?.id }, client.id);
    await tell(context, request, {
      ...{ kind: 'launch', outcome: 'success', account: account?.name, fhirUser: account?.fhirUser, client: principal.client },
      ...{ subject: `client/${client.id}`, patient: launched.patient },
    });
    const iss = context.baseOf(request);
    const url = client.launchUri === undefined ? {} : { launch_url: withParameters(client.launchUri, { iss, launch }) };
    response.status(201).json({ launch, iss, ...url, expires_in: 300 });
  };

export const launch = (context: AuthContext): Router =>
  Router()
    .post('/', express.json({ limit: 65_536 }), create(context))
    .use(refused);
