/** The statements of the keys that sign id tokens. */
import { identifier, type Statement } from '../../statement.ts';

export interface SigningKeyRow {
  readonly kid: string;
  readonly algorithm: string;
  readonly private_jwk: unknown;
  readonly public_jwk: unknown;
  /** Seconds since it signs; below zero: until it will. */
  readonly active_for: number;
  /** Seconds since it signed last; null = it may still sign. */
  readonly retired_for: number | null;
}

const seconds = (column: string): string => `extract(epoch from clock_timestamp() - ${column})::float8`;

/** All that may have signed what still counts, and those to come; the one that signs longest last. */
export const readSigningKeys = (schemaName: string): Statement => ({
  text: `select kid, algorithm, private_jwk, public_jwk, ${seconds('active_from')} as active_for, ${seconds('retired_at')} as retired_for
from ${identifier(schemaName)}.signing_key order by active_from, kid`,
  values: [],
  name: 'authorization-keys',
});

/** One process at a time looks which keys are needed; held until the transaction ends. */
export const lockSigningKeys = (schemaName: string): Statement => ({
  text: `lock table ${identifier(schemaName)}.signing_key in share row exclusive mode`,
  values: [],
});

export interface NewSigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateJwk: object;
  readonly publicJwk: object;
  /** Seconds from now on. */
  readonly activeIn: number;
}

export const insertSigningKey = (schemaName: string, key: NewSigningKey): Statement => ({
  text: `insert into ${identifier(schemaName)}.signing_key (kid, algorithm, private_jwk, public_jwk, created, active_from)
values ($1, $2, $3::jsonb, $4::jsonb, clock_timestamp(), clock_timestamp() + make_interval(secs => $5))`,
  values: [key.kid, key.algorithm, JSON.stringify(key.privateJwk), JSON.stringify(key.publicJwk), key.activeIn],
});

export const sealSigningKey = (schemaName: string, kid: string, privateJwk: object): Statement => ({
  text: `update ${identifier(schemaName)}.signing_key set private_jwk = $2::jsonb where kid = $1`,
  values: [kid, JSON.stringify(privateJwk)],
});

/** Keys that a newer one has followed sign no more. */
export const retireSigningKeys = (schemaName: string): Statement => ({
  text: `update ${identifier(schemaName)}.signing_key k set retired_at = clock_timestamp() where retired_at is null
and exists (select from ${identifier(schemaName)}.signing_key n where n.active_from > k.active_from and n.active_from <= clock_timestamp())`,
  values: [],
});

/** Keys whose last signature counts no more. */
export const deleteSigningKeys = (schemaName: string, seconds: number): Statement => ({
  text: `delete from ${identifier(schemaName)}.signing_key where retired_at < clock_timestamp() - make_interval(secs => $1)`,
  values: [seconds],
});
