import { createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parseJson } from '../../../src/fhir/json.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { bundleSignatureRule } from '../../../src/validation/rules/signature/bundle-signature.ts';
import { canonicalBundle } from '../../../src/validation/rules/signature/canonical-json.ts';
import { isSignedBy, parseJws } from '../../../src/validation/rules/signature/jws.ts';
import { certificate, documentSignature, plainSignature } from './certificate.ts';
import { placesTold } from './told.ts';

const method = 'http://hl7.org/fhir/canonicalization/json';
const content: Resource = {
  resourceType: 'Bundle',
  type: 'collection',
  id: 'b',
  entry: [{ resource: { resourceType: 'Patient', id: '1' } }],
};

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

const jws = (header: object, signature: string): string => `${base64url(JSON.stringify(header))}..${signature}`;

const signed = (bundle: Resource, compact: string, more: object = {}): Resource => ({
  ...bundle,
  signature: {
    sigFormat: 'application/jose',
    targetFormat: `application/fhir+json;canonicalization=${method}`,
    data: Buffer.from(compact).toString('base64'),
    ...more,
  },
});

const header = { alg: 'RS256', x5c: [certificate] };
const right = jws(header, plainSignature);

describe('the signature of a Bundle', () => {
  test('is verified over the canonical form', () => {
    expect(placesTold(bundleSignatureRule, signed(content, right))).toEqual(['information Bundle.signature']);
  });

  test('of other content is an error', () => {
    expect(placesTold(bundleSignatureRule, signed({ ...content, type: 'batch' }, right))).toEqual(['error Bundle.signature']);
  });

  test('without id and meta, where the format says so', () => {
    const document = `${method}#document`;
    const compact = jws(header, documentSignature);
    expect(
      placesTold(
        bundleSignatureRule,
        signed({ ...content, meta: { versionId: '2' } }, compact, { targetFormat: `a/b;canonicalization=${document}` }),
      ),
    ).toEqual(['information Bundle.signature']);
  });

  test('with a payload of its own is a warning', () => {
    const [start, , end] = right.split('.');
    expect(placesTold(bundleSignatureRule, signed(content, `${start}.e30.${end}`))).toEqual([
      'warning Bundle.signature.data',
      'information Bundle.signature',
    ]);
  });

  test.each([
    ['no certificate', jws({ alg: 'RS256' }, 'AAAA')],
    ['a certificate that is none', jws({ alg: 'RS256', x5c: ['AAAA'] }, 'AAAA')],
    ['an algorithm that is not known', jws({ ...header, alg: 'none' }, 'AAAA')],
    ['an algorithm for another key', jws({ ...header, alg: 'ES256' }, 'AAAA')],
  ])('with %s is not verified', (_, compact) => {
    expect(placesTold(bundleSignatureRule, signed(content, compact))).toEqual(['information Bundle.signature']);
  });

  test('that cannot be read is an error', () => {
    for (const text of ['', 'a.b', 'a.b.c', 'a.b.c.d'])
      expect(placesTold(bundleSignatureRule, signed(content, text || 'x'))).toEqual(['error Bundle.signature.data']);
  });

  test('of another format is not verified', () => {
    expect(placesTold(bundleSignatureRule, signed(content, right, { sigFormat: 'application/signature+xml' }))).toEqual([
      'information Bundle.signature',
    ]);
  });
});

test('the canonical form keeps the digits of numbers, and knows its variants', () => {
  const bundle = parseJson('{"resourceType":"Bundle","z":1.50,"a":[2.0]}') as Resource;
  expect(canonicalBundle(bundle, method)).toBe('{"a":[2.0],"resourceType":"Bundle","z":1.50}');
  expect(canonicalBundle(bundle, `${method}#data`)).toBeUndefined();
  expect(canonicalBundle(bundle, 'http://a.b')).toBeUndefined();
});

test('signatures by elliptic curves are those of JOSE, not of DER', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const start = base64url('{"alg":"ES256"}');
  const signature = createSign('sha256')
    .update(`${start}.${base64url('text')}`)
    .sign({ key: pair.privateKey, dsaEncoding: 'ieee-p1363' })
    .toString('base64url');
  const parsed = parseJws(`${start}..${signature}`);
  expect(parsed && isSignedBy(parsed, 'text', createPublicKey(pair.privateKey))).toBe(true);
  expect(parsed && isSignedBy(parsed, 'other', createPublicKey(pair.privateKey))).toBe(false);
});
