/** The keys that sign id tokens: https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { secretBox } from '../../src/auth/secret-box.ts';
import { rotateSigningKeys, type SigningKey, signingKey, signingKeySet } from '../../src/auth/signing-key.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runSql } from '../support/run-sql.ts';

let tables: TestDatabase;
let database: Database;

beforeAll(async () => {
  tables = await testDatabase();
  database = openDatabase({ connection: tables.connection, schema: 'anamnesis', poolSize: 4, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await database.close();
  await tables.drop();
});

const sign = ({ key, kid, algorithm }: SigningKey): Promise<string> =>
  new SignJWT({}).setProtectedHeader({ alg: algorithm, kid }).setSubject('x').sign(key);
const kids = async (): Promise<(string | undefined)[]> => (await signingKeySet(database)).keys.map(({ kid }) => kid);
const older = (days: number): Promise<void> =>
  runSql(
    tables.connection,
    `update anamnesis.signing_key set active_from = active_from - interval '${days} d', retired_at = retired_at - interval '${days} d'`,
  );

describe('A signing key', () => {
  test('is made once, however many ask for it at the same time, and verifies by the published set', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => signingKey(database)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    const set = await signingKeySet(database);
    expect(set.keys).toHaveLength(1);
    await expect(jwtVerify(await sign(keys[0] as SigningKey), createLocalJWKSet(set))).resolves.toMatchObject({ payload: { sub: 'x' } });
  });

  test('is published without its private part', async () => {
    const { keys } = await signingKeySet(database);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(JSON.stringify(keys)).not.toMatch(/"(d|p|q|dp|dq|qi)"/);
  });

  test('is followed by one that is published a day before it signs, and stays published while what it signed counts', async () => {
    const first = await signingKey(database);
    const signed = await sign(first);
    await older(90);
    await rotateSigningKeys(database);
    await rotateSigningKeys(database);
    const both = await kids();
    expect(both).toHaveLength(2);
    expect((await signingKey(database)).kid).toBe(first.kid);

    await older(1);
    await rotateSigningKeys(database);
    const second = await signingKey(database);
    expect(second.kid).toBe(both.find((kid) => kid !== first.kid));
    expect(await kids()).toEqual(both);
    await expect(jwtVerify(signed, createLocalJWKSet(await signingKeySet(database)))).resolves.toBeDefined();

    await older(3);
    await rotateSigningKeys(database);
    expect(await kids()).toEqual([second.kid]);
  });
});

describe('With a SECRET_KEY', () => {
  const box = secretBox('a secret of at least 32 characters');
  const stored = async (): Promise<string> => {
    const rows = await database.run<{ private_jwk: unknown }>({ text: 'select private_jwk from anamnesis.signing_key', values: [] });
    return JSON.stringify(rows);
  };

  test('keys that lay open are sealed, and sign as before', async () => {
    const before = await signingKey(database);
    expect(await stored()).toContain('"d":');
    await rotateSigningKeys(database, box);
    expect(await stored()).not.toMatch(/"(d|p|q|dp|dq|qi|n)":/);
    expect((await signingKey(database, box)).kid).toBe(before.kid);
  });

  test('a key that is made is sealed from the beginning, and the set verifies what it signs', async () => {
    await runSql(tables.connection, 'delete from anamnesis.signing_key');
    const key = await signingKey(database, box);
    expect(await stored()).not.toContain('"d":');
    await expect(jwtVerify(await sign(key), createLocalJWKSet(await signingKeySet(database, box)))).resolves.toBeDefined();
  });

  test('nobody signs without it, or with another one', async () => {
    const other = openDatabase({ connection: tables.connection, schema: 'anamnesis', poolSize: 1, statementTimeoutMs: 10_000 });
    await expect(signingKey(other)).rejects.toThrow('SECRET_KEY');
    await expect(signingKey(other, secretBox('another secret of 32 characters or more'))).rejects.toThrow('SECRET_KEY');
    await other.close();
  });

  test('what was sealed about one key is not opened as another', () => {
    const sealed = box.seal({ d: 'x' }, 'one');
    expect(box.open(sealed, 'one')).toEqual({ d: 'x' });
    expect(() => box.open(sealed, 'two')).toThrow('SECRET_KEY');
    expect(box.seal({ d: 'x' }, 'one')).not.toEqual(sealed);
  });
});
