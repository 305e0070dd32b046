/** The tables of resources, the codes of resource types, settings of the tenant, and the sequence of row numbers. */
import type { Knex } from 'knex';

const tables = (schema: string): string => `
create table ${schema}.type_code (
  tc smallint primary key generated always as identity,
  name text not null unique
);

create table ${schema}.setting (
  name text primary key,
  value text not null
);

-- Every step hands out a block of 1024 row numbers, the ones below it, to one process; 0 is never one.
create sequence ${schema}.rid_block increment by 1024 start with 2048;

-- One narrow row per resource: what search and authorization look at. self is the hash of Type/id: resources are looked up by it, and
-- tokens of references are made of it. Contained resources are rows too: with negative numbers, and del set.
create table ${schema}.res (
  rid bigint not null,
  self bigint not null,
  pat bigint not null,
  lo timestamptz,
  hi timestamptz,
  sk smallint not null,
  ver integer not null,
  tc smallint not null,
  del boolean not null,
  id text collate "C" not null,
  toks bigint[] not null,
  primary key (rid, sk)
) with (fillfactor = 95);
create unique index res_self on ${schema}.res (self);
alter table ${schema}.res alter column toks set statistics 1000;
create index res_toks on ${schema}.res using gin (toks) with (fastupdate = off);
create index res_type_date on ${schema}.res (tc, lo desc, rid desc) where not del;
-- Histories within an access look at what was deleted.
create index res_deleted on ${schema}.res (tc) where del and rid > 0;
create index res_patient_date on ${schema}.res (pat, tc, lo desc, rid desc) where not del;

-- Every version ever written, the current one included; append-only. The body is the JSON text behind meta.lastUpdated:
-- what stands before it (type, id, version, time) is in the columns. A null body is a deletion.
create table ${schema}.ver (
  rid bigint not null,
  upd timestamptz not null,
  sk smallint not null,
  ver integer not null,
  tc smallint not null,
  method smallint not null,
  body text,
  primary key (rid, ver, sk)
);
create index ver_updated on ${schema}.ver (upd);

-- Numbers, quantities and secondary dates (milliseconds since 1970) as intervals.
create table ${schema}.num (
  rid bigint not null,
  key bigint not null,
  unit bigint not null,
  lo double precision not null,
  hi double precision not null,
  sk smallint not null,
  primary key (key, lo, rid, unit, hi, sk)
);
create index num_rid on ${schema}.num (rid);

-- Normalised strings.
create table ${schema}.str (
  rid bigint not null,
  key bigint not null,
  sk smallint not null,
  val text collate "C" not null,
  primary key (key, val, rid, sk)
);
create index str_rid on ${schema}.str (rid);

-- Texts of resources as words with positions, for full-text search: those of the narrative have the weight A. Resources of one type with
-- the same text share it, and carry tok among their tokens. Texts are never changed.
create table ${schema}.txt (
  tok bigint not null,
  tc smallint not null,
  vec tsvector not null,
  primary key (tok)
);
create index txt_vec on ${schema}.txt using gin (vec) with (fastupdate = off);

-- Texts of codes, normalised, each once for a parameter; resources that have one carry tok among their tokens.
create table ${schema}.term (
  key bigint not null,
  tok bigint not null,
  val text collate "C" not null,
  primary key (key, val)
);
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
