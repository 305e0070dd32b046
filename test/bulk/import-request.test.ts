/** What a client asks to be loaded, as data: refused by name, whatever it is called. https://github.com/smart-on-fhir/bulk-import/blob/master/import.md */
import { expect, test } from '@jest/globals';
import { filesOfManifest } from '../../src/bulk/import-request.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import { refusalOf } from '../support/refusal.ts';

const context = { definitions: loadDefinitions(), checkUrl: () => undefined };
const read = (body: unknown) => filesOfManifest(body, context);
const parameters = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter });
const format = { name: 'inputFormat', valueCode: 'application/fhir+ndjson' };
const file = (url: string) => ({
  name: 'input',
  part: [
    { name: 'url', valueUrl: url },
    { name: 'type', valueCode: 'Patient' },
  ],
});

test('Parameters name files as a manifest does', () => {
  expect(read(parameters(format, file('https://a'), file('https://b')))).toEqual([
    { url: 'https://a', type: 'Patient' },
    { url: 'https://b', type: 'Patient' },
  ]);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a parameter %s is one that is not known', (name) => {
  const { status, issues } = refusalOf(() => read(parameters(format, file('https://a'), { name, valueString: '1' })));
  expect(status).toBe(400);
  expect(issues).toEqual([expect.objectContaining({ code: 'not-supported', diagnostics: expect.stringContaining(name) })]);
  const part = {
    name: 'input',
    part: [
      { name: 'url', valueUrl: 'https://a' },
      { name, valueString: '1' },
    ],
  };
  expect(refusalOf(() => read(parameters(format, part))).issues[0]?.diagnostics).toContain(name);
});

test.each([
  [parameters({ name: 1 }), 'A parameter has a name.'],
  [parameters({ name: 'input' }), 'has a value or parts'],
  [{ resourceType: 'Parameters', parameter: {} }, 'a list of parameters'],
  [{ resourceType: 'Patient' }, 'not a Patient'],
  [[], 'The body is a JSON object'],
  [{ inputFormat: 'text/csv', input: [{ url: 'https://a' }] }, 'text/csv'],
  [{ inputFormat: 'application/fhir+ndjson', input: [{ url: 1 }] }, 'An input has a url'],
  [{ inputFormat: 'application/fhir+ndjson', input: [{ url: 'https://a', type: 'Patiant' }] }, 'Did you mean Patient'],
  [{ inputFormat: 'application/fhir+ndjson', storageDetail: { type: 'aws' }, input: [{ url: 'https://a' }] }, 'aws'],
])('%j is refused', (body, text) => {
  expect(refusalOf(() => read(body)).message).toContain(text);
});
