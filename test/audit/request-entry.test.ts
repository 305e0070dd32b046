/** The text of an entry is the JSON of what it tells, whatever a client sends. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type RequestFacts, requestEntry } from '../../src/audit/request-entry.ts';
import { Trail } from '../../src/audit/trail.ts';
import type { Principal } from '../../src/auth/principal.ts';

const text = fc.string({ unit: 'binary', maxLength: 200 }).map((each) => each.replace(/=/g, ''));

describe('the entry of a request', () => {
  test('says what was sent, and no text of a client gets out of its place', () => {
    fc.assert(
      fc.property(text, text, text, fc.option(text, { nil: undefined }), (target, base, requestId, form) => {
        const principal: Principal = { id: requestId, scopes: [target], account: base };
        const facts: RequestFacts = {
          ...{ method: target, target, base, address: requestId, requestId, interaction: 'read', path: [], query: [], principal },
          ...(form === undefined ? {} : { form: { text: form, pairs: [] } }),
        };
        const trail = new Trail('http://here/fhir');
        trail.refused('R', target, 404);
        trail.name('a');
        const { entry, patients } = requestEntry(facts, trail, { status: 404, code: 'not-found' });
        expect(entry).not.toContain('\n');
        expect(patients).toEqual(['a']);
        const told = {
          ...{ v: 1, k: 'read', m: target, t: target, ...(form === undefined ? {} : { f: form }), s: 404, e: 'not-found', b: base },
          ...(requestId === '' ? {} : { a: requestId, x: requestId }),
          ...{ i: [['R', target, [], 404]], p: ['a'], w: { id: requestId, n: base, o: [target] } },
        };
        expect(JSON.parse(entry)).toEqual(JSON.parse(JSON.stringify(told)));
      }),
    );
  });
});
