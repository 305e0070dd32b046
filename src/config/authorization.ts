/** The settings of authorization: tokens, who may register applications, and from where keys are fetched. */
import { setting } from './setting.ts';
import { choice, duration, hosts, matching, onOff, text } from './value.ts';

export const authorizationSettings = {
  authorization: setting({
    name: 'AUTHORIZATION',
    group: 'http',
    kind: onOff,
    standard: 'on',
    help: 'off: whoever reaches the server may do anything; for a loopback HOST alone, the same as --insecure.',
  }),
  accessTokenLifetime: setting({
    name: 'ACCESS_TOKEN_LIFETIME',
    group: 'http',
    kind: duration(10, 86_400),
    standard: '1h',
    help: 'How long an access token of a person counts; those of clients for themselves count five minutes at most.',
  }),
  refreshTokenLifetime: setting({
    name: 'REFRESH_TOKEN_LIFETIME',
    group: 'http',
    kind: duration(60, 31_536_000),
    standard: '2160h',
    help: 'How long a refresh token may lie unused.',
  }),
  registration: setting({
    name: 'REGISTRATION',
    group: 'http',
    kind: choice('closed', 'open', 'token'),
    standard: 'closed',
    help: 'Who may register applications over HTTP; they get no more than what a person may allow them to read. token: who has REGISTRATION_TOKEN.',
  }),
  registrationToken: setting({
    name: 'REGISTRATION_TOKEN',
    group: 'http',
    kind: matching(/^[\x21-\x7e]{32,1000}$/, 'a text of 32 characters or more, without blanks'),
    standard: undefined,
    help: 'What whoever registers an application brings as Authorization: Bearer.',
  }),
  secretKey: setting({
    name: 'SECRET_KEY',
    group: 'database',
    kind: matching(/^.{32,}$/, 'a secret of 32 characters or more'),
    standard: undefined,
    help: 'Secret with which the keys that sign id tokens and the secrets of second factors are sealed in the database; the same for all servers on it.',
  }),
  trustedIssuers: setting({
    name: 'TRUSTED_ISSUERS',
    group: 'http',
    kind: text,
    standard: undefined,
    help: 'File that lists issuers elsewhere whose access tokens (JWT) count here: docs/trusted-issuers.md.',
  }),
  internalHosts: setting({
    name: 'INTERNAL_HOSTS',
    group: 'http',
    kind: hosts,
    standard: '',
    help: 'Hosts at private addresses from which keys of clients and issuers may be fetched; those of this machine by plain http too.',
  }),
};
