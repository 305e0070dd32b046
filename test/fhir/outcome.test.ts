/** What an OperationOutcome may hold: operationoutcome.html, datatypes.html#string. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, printJson } from '../../src/fhir/json.ts';
import { outcomeOf, refusal } from '../../src/fhir/outcome.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';

const definitions = loadDefinitions();

describe('An outcome', () => {
  test.each([
    ['a control character', '"\u0001" is no id', '"\ufffd" is no id'],
    ['half of a character that was cut', '"\ud83d" is no id', '"\ufffd" is no id'],
    ['what XML cannot hold', '"\ufffe\uffff"', '"\ufffd\ufffd"'],
    ['lines and tabs', 'a\n\tb\r\n', 'a\n\tb\r\n'],
    ['other writing', 'Ångström 漢字 \u{1f600}', 'Ångström 漢字 \u{1f600}'],
  ])('that quotes %s can be read', (_, quoted, told) => {
    expect(outcomeOf(refusal('value', quoted).issues).issue).toEqual([{ severity: 'error', code: 'value', diagnostics: told }]);
  });

  test('can be read in both formats, whatever it quotes', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(text, text, (diagnostics, expression) => {
        const { issues } = refusal('value', `x${diagnostics}x`, { expression: `x${expression}x` });
        const outcome = outcomeOf([...issues, { severity: 'error', code: 'structure', diagnostics: 'x', location: [`x${expression}x`] }]);
        const plain: unknown = JSON.parse(JSON.stringify(outcome));
        expect(parseJson(printJson(outcome))).toEqual(plain);
        expect(readXml(writeXml(outcome as unknown as Resource, definitions), definitions).resourceType).toBe('OperationOutcome');
      }),
    );
  });
});
