/** Accounts, clients, what was authorized, tokens, keys and the log of accesses. Secrets stand here as hashes only. */
import type { Knex } from 'knex';

const tables = (schema: string): string => `
-- A person who can sign in. password is an argon2id text; totp_step the last that was used; fhir_user a reference such as Practitioner/7.
create table ${schema}.account (
  id uuid primary key,
  name text not null unique check (name = lower(name)),
  password text not null,
  totp text,
  totp_step bigint,
  role text not null check (role in ('practitioner', 'patient', 'related-person', 'administrator')),
  fhir_user text,
  policy text,
  language text,
  disabled boolean not null default false,
  created timestamptz not null
);

-- An application. secret is a SHA-256; what may be asked for stands in scopes, separated by blanks.
create table ${schema}.client (
  id text primary key,
  name text not null,
  kind text not null check (kind in ('public', 'confidential')),
  secret bytea,
  jwks jsonb,
  jwks_uri text,
  redirect_uris text[] not null,
  post_logout_redirect_uris text[] not null,
  launch_uri text,
  grant_types text[] not null,
  scopes text not null,
  policy text,
  purpose text,
  trusted boolean not null default false,
  details jsonb not null,
  registration_token bytea,
  disabled boolean not null default false,
  created timestamptz not null
);

-- One consent of one person to one client, or a client for itself: every token belongs to one, and the launch context to it alone.
create table ${schema}.authorization (
  id uuid primary key,
  client text not null references ${schema}.client on delete cascade,
  account uuid references ${schema}.account on delete cascade,
  session bytea,
  scopes text not null,
  context jsonb not null,
  purpose text,
  created timestamptz not null,
  revoked timestamptz
);
create index authorization_account on ${schema}.authorization (account);
create index authorization_session on ${schema}.authorization (session);
create index authorization_client on ${schema}.authorization (client);

-- Everywhere below, hash is the SHA-256 of what the client holds.
create table ${schema}.code (
  hash bytea primary key,
  authorization_id uuid not null references ${schema}.authorization on delete cascade,
  redirect_uri text not null,
  challenge text not null,
  nonce text,
  authenticated timestamptz not null,
  expires timestamptz not null,
  used timestamptz
);

create table ${schema}.access_token (
  hash bytea primary key,
  authorization_id uuid not null references ${schema}.authorization on delete cascade,
  scopes text not null,
  created timestamptz not null,
  expires timestamptz not null
);
create index access_token_authorization on ${schema}.access_token (authorization_id);
create index access_token_expires on ${schema}.access_token (expires);

-- A refresh token is used once; to use it again ends the authorization.
create table ${schema}.refresh_token (
  hash bytea primary key,
  authorization_id uuid not null references ${schema}.authorization on delete cascade,
  scopes text not null,
  expires timestamptz not null,
  used timestamptz
);
create index refresh_token_authorization on ${schema}.refresh_token (authorization_id);

-- What an EHR prepared for an application that it is about to launch.
create table ${schema}.launch (
  hash bytea primary key,
  client text references ${schema}.client on delete cascade,
  account uuid references ${schema}.account on delete cascade,
  context jsonb not null,
  expires timestamptz not null,
  used timestamptz
);

-- A person who has signed in with a browser.
create table ${schema}.login_session (
  hash bytea primary key,
  account uuid not null references ${schema}.account on delete cascade,
  authenticated timestamptz not null,
  expires timestamptz not null
);

-- A page that waits for a person: what the client asked for.
create table ${schema}.interaction (
  hash bytea primary key,
  request jsonb not null,
  session bytea,
  state jsonb not null,
  expires timestamptz not null
);

create table ${schema}.signing_key (
  kid text primary key,
  algorithm text not null,
  private_jwk jsonb not null,
  public_jwk jsonb not null,
  created timestamptz not null,
  active_from timestamptz not null,
  retired_at timestamptz
);

-- Assertions that were used, until they would have expired.
create table ${schema}.assertion (
  hash bytea primary key,
  expires timestamptz not null
);

-- Failed attempts to sign in, by what is throttled: an account's name, an address.
create table ${schema}.attempt (
  subject bytea primary key,
  failures integer not null,
  last timestamptz not null
);

create table ${schema}.policy (
  name text primary key,
  body jsonb not null,
  changed timestamptz not null
);

-- Provisions of active Consent resources: one row for a provision (place, such as 0.2.1) and each provision above it, all of which must
-- apply. The deepest that applies decides within its consent, and one denial is enough. A criterion that is null is none.
create table ${schema}.consent_rule (
  consent bigint not null,
  place text collate "C" not null,
  depth smallint not null,
  pat bigint not null,
  deny boolean not null,
  research boolean not null,
  valid_from timestamptz,
  valid_to timestamptz,
  data_from timestamptz,
  data_to timestamptz,
  actions text[],
  actors bigint[],
  purposes text[],
  types smallint[],
  labels bigint[],
  codes bigint[],
  instances bigint[],
  sk smallint not null,
  row smallint not null,
  primary key (consent, place, row, sk)
);
create index consent_rule_pat on ${schema}.consent_rule (pat);

-- Every access, in the order of the chain: a row is a sheet, which holds the entries that were stored together, a line each. "seq" is the
-- number of its first entry; the hash covers it, the entries, and the hash of the sheet before. Rows are never changed.
create table ${schema}.audit (
  seq bigint primary key,
  count integer not null,
  entries text not null,
  hash bytea not null
);
insert into ${schema}.audit (seq, count, entries, hash) values (0, 1, '', '\\x');

-- Where the chain begins after earlier entries were given up.
create table ${schema}.audit_base (
  one boolean primary key default true check (one),
  seq bigint not null,
  hash bytea not null
);
insert into ${schema}.audit_base (seq, hash) values (0, '\\x');

-- Up to which entry the two tables below know of the chain.
create table ${schema}.audit_sorted (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into ${schema}.audit_sorted (seq) values (0);

-- AuditEvents that are still to be made of an entry: one for each patient, and one that speaks of all (patient '*').
create table ${schema}.audit_open (
  patient text collate "C" not null,
  seq bigint not null,
  primary key (patient, seq)
);

-- Entries that a write brings into its own transaction; directly afterwards they go to the end of the chain.
create table ${schema}.audit_pending (
  id uuid primary key,
  at timestamptz not null,
  entry text not null
);
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
