/**
 * The keys that sign id tokens. A new one is published a day before it signs, so that clients that keep the set know it by then;
 * one that has been followed stays in the set while what it signed counts. https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys
 */
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import type { Database } from '../store/database.ts';
import {
  deleteSigningKeys,
  insertSigningKey,
  lockSigningKeys,
  type NewSigningKey,
  readSigningKeys,
  retireSigningKeys,
  type SigningKeyRow,
  sealSigningKey,
} from '../store/statement/authorization/signing-key.ts';
import { openBox, type SecretBox } from './secret-box.ts';
import { inOneTransaction, type Tables } from './tables.ts';

/** What every client of OpenID Connect can verify. https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
export const signingAlgorithm = 'RS256';

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly key: CryptoKey;
}

const day = 86_400;
/** A key signs for so long before another is made, which follows it a day later. */
const lifetime = 90 * day;
const publishedBefore = day;
/** Beyond the life of everything that is signed. */
const publishedAfter = 2 * day;

const signs = ({ active_for, retired_for }: SigningKeyRow): boolean => active_for >= 0 && retired_for === null;

const rowsOf = (tables: Tables): Promise<SigningKeyRow[]> => tables.run<SigningKeyRow>(readSigningKeys(tables.schema));

async function makeKey(activeIn: number): Promise<NewSigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, { modulusLength: 3072, extractable: true });
  const kid = crypto.randomUUID();
  const about = { kid, alg: signingAlgorithm, use: 'sig' };
  const [privateJwk, publicJwk] = [
    { ...(await exportJWK(privateKey)), ...about },
    { ...(await exportJWK(publicKey)), ...about },
  ];
  return { kid, algorithm: signingAlgorithm, privateJwk, publicJwk, activeIn };
}

/** Seconds until the key that is needed next must sign; undefined = none is needed yet. */
function neededIn(rows: readonly SigningKeyRow[], life: number): number | undefined {
  const last = rows.filter(({ retired_for }) => retired_for === null).at(-1);
  if (last === undefined) return 0;
  return last.active_for >= life - publishedBefore ? publishedBefore : undefined;
}

/** Makes what is needed, retires what was followed, forgets what counts no more. One process at a time. */
export async function rotateSigningKeys(database: Database, box: SecretBox = openBox, life = lifetime): Promise<void> {
  const rows = await rowsOf(database);
  await sealLoose(database, rows, box);
  if (neededIn(rows, life) === undefined) {
    await database.run(retireSigningKeys(database.schema));
    await database.run(deleteSigningKeys(database.schema, publishedAfter));
    return;
  }
  const key = await makeKey(0);
  await inOneTransaction(database, async (tables) => {
    await tables.run(lockSigningKeys(tables.schema));
    const activeIn = neededIn(await rowsOf(tables), life);
    if (activeIn !== undefined)
      await tables.run(insertSigningKey(tables.schema, { ...key, privateJwk: box.seal(key.privateJwk, key.kid), activeIn }));
  });
}

/** What was made before there was a SECRET_KEY is sealed with it. */
async function sealLoose(database: Database, rows: readonly SigningKeyRow[], box: SecretBox): Promise<void> {
  for (const { kid, private_jwk: key } of rows.filter((row) => box.isLoose(row.private_jwk)))
    await database.run(sealSigningKey(database.schema, kid, box.seal(key as object, kid)));
}

const imported = new WeakMap<object, Map<string, SigningKey>>();

/** Importing a key costs more than signing with it. */
async function importedKey(database: Database, row: SigningKeyRow, box: SecretBox): Promise<SigningKey> {
  const known = imported.get(database) ?? new Map<string, SigningKey>();
  imported.set(database, known);
  const found = known.get(row.kid);
  if (found !== undefined) return found;
  const key = (await importJWK(box.open(row.private_jwk, row.kid) as JWK, row.algorithm)) as CryptoKey;
  const made = { kid: row.kid, algorithm: row.algorithm, key };
  known.clear();
  known.set(row.kid, made);
  return made;
}

/** The key that signs now; the first is made when it is asked for. */
export async function signingKey(database: Database, box: SecretBox = openBox): Promise<SigningKey> {
  const current = (await rowsOf(database)).findLast(signs);
  if (current !== undefined) return importedKey(database, current, box);
  await rotateSigningKeys(database, box);
  return signingKey(database, box);
}

/** Public keys of what still counts and of what is to come. */
export async function signingKeySet(database: Database, box: SecretBox = openBox): Promise<JSONWebKeySet> {
  await signingKey(database, box);
  const rows = await rowsOf(database);
  return { keys: rows.filter(({ retired_for }) => (retired_for ?? 0) < publishedAfter).map((row) => row.public_jwk as JWK) };
}
