/**
 * Where the answer to a form may lead: browsers hold every redirect after a form to it, the one to the client and those that the client makes at
 * once. So the origins that the client has registered, and no other. https://www.w3.org/TR/CSP3/#directive-form-action
 */
import type { Client } from '../../auth/client.ts';

/** What a policy can say of an origin; an IPv6 address is not of it, nor what could begin another directive. */
const origin = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/;

/** `org.example.app:/callback` of an application on a phone. */
const scheme = /^[a-z][a-z0-9+.-]*:$/;

function sourceOf(uri: string): readonly string[] {
  if (!URL.canParse(uri)) return [];
  const url = new URL(uri);
  if (origin.test(url.origin)) return [url.origin];
  return scheme.test(url.protocol) ? [url.protocol] : [];
}

/** Sources of `form-action`, besides the server itself. `uri` is where this answer goes, with the port of a program on the machine. */
export function answerSources(
  uri: string | undefined,
  client: Pick<Client, 'redirectUris' | 'launchUri' | 'details'> | undefined,
): readonly string[] {
  if (uri === undefined) return [];
  const home = client?.details['client_uri'];
  const registered = [...(client?.redirectUris ?? []), client?.launchUri, home].filter((each) => typeof each === 'string');
  return [...new Set([uri, ...registered].flatMap(sourceOf))];
}
