/** Input that is made to keep a validator busy, or to break it, costs no more than its size. */
import { describe, expect, test } from '@jest/globals';
import type { Definitions } from '../../src/fhir/definitions.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { moduleText } from '../../src/validation/emit/module.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { cpuClock } from '../support/cpu.ts';

const definitions = loadDefinitions();
const validate = compileValidator(definitions);
const textsOf = (resource: unknown): string[] => validate(resource as Resource).map(({ diagnostics }) => diagnostics);

function spent(run: () => void): number {
  const clock = cpuClock();
  run();
  return clock();
}

/** An object inside of an object, so many times. */
function nested(levels: number, wrap: (inner: object) => object): object {
  let inner: object = {};
  for (let i = 0; i < levels; i++) inner = wrap(inner);
  return inner;
}

describe('Deep input is refused, not followed', () => {
  test.each([
    ['extensions', nested(1_000_000, (inner) => ({ url: 'x', extension: [inner] })), (inner: object) => ({ extension: [inner] })],
    [
      'contained resources',
      nested(100_000, (inner) => ({ resourceType: 'Patient', id: 'a', contained: [inner] })),
      (inner: object) => ({ contained: [inner] }),
    ],
    [
      'identifiers of those who assign them',
      nested(100_000, (inner) => ({ assigner: { identifier: inner } })),
      (inner: object) => ({ identifier: [inner] }),
    ],
  ])('%s', (_, inner, elements) => {
    expect(spent(() => expect(textsOf({ resourceType: 'Patient', ...elements(inner) }).join()).toContain('Too deep'))).toBeLessThan(5000);
  });

  test('resources in parameters of parameters', () => {
    const inner = nested(100_000, (resource) => ({ resourceType: 'Parameters', parameter: [{ name: 'x', resource }] }));
    expect(textsOf(inner).join()).toContain('Too deep');
  });
});

describe('Wide input', () => {
  test('of fifty megabytes is checked in the time that its size takes', () => {
    const name = { family: 'x'.repeat(30), given: ['y'.repeat(20)] };
    const patient = { resourceType: 'Patient', name: Array.from({ length: 600_000 }, () => name) };
    expect(spent(() => expect(textsOf(patient)).toHaveLength(1))).toBeLessThan(5000);
  });

  test('full of faults ends after the first hundred of them', () => {
    const patient = { resourceType: 'Patient', name: Array.from({ length: 500_000 }, () => ({ family: 1, x: 2 })) };
    expect(spent(() => expect(textsOf(patient).length).toBeLessThan(110))).toBeLessThan(10_000);
  });

  test('of many contained resources and references costs what it has', () => {
    const contained = Array.from({ length: 3000 }, (_, i) => ({ resourceType: 'Patient', id: `p${i}` }));
    const participant = contained.map(({ id }) => ({ actor: { reference: `#${id}` }, status: 'accepted' }));
    const appointment = { resourceType: 'Appointment', status: 'proposed', contained, participant };
    expect(spent(() => expect(textsOf(appointment).filter((text) => !text.startsWith('dom-6'))).toEqual([]))).toBeLessThan(5000);
  });
});

describe('Texts that regular expressions wander in', () => {
  const definition = (path: string) => ({
    resourceType: 'StructureDefinition',
    url: 'http://example.org/x',
    name: `A${'a'.repeat(50_000)}!`,
    status: 'draft',
    kind: 'logical',
    abstract: true,
    type: 'X',
    differential: { element: [{ id: 'a', path }] },
  });

  test.each([
    ['dots', '.'.repeat(50_000)],
    ['names', `${'a.'.repeat(50_000)}!`],
    ['slices', `a${'.b:c'.repeat(20_000)}`],
  ])('%s of a path', (_, path) => {
    expect(spent(() => void validate(definition(path) as unknown as Resource))).toBeLessThan(3000);
  });

  test.each([
    ['tags that are never closed', '<b>'.repeat(100_000)],
    ['quotes that are never closed', '<b a="'.repeat(100_000)],
    ['attributes without end', `<b ${Array.from({ length: 20_000 }, (_, i) => `a${'b'.repeat(i % 50)}="1" `).join('')}>`],
    ['references without end', '&amp'.repeat(100_000)],
  ])('%s in a narrative', (_, text) => {
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`;
    expect(spent(() => void validate({ resourceType: 'Patient', text: { status: 'generated', div } } as Resource))).toBeLessThan(3000);
  });
});

describe('Definitions that are made to be read as programs', () => {
  const name = 'x"+process.exit(1)+"\u2028`${1}';
  const element = { name, min: 1, max: 1, types: [{ code: 'string' }], choice: false, summary: false, modifier: false };
  const rule = {
    key: 'k',
    severity: 'error' as const,
    human: 'It is there',
    expression: `\`${name.replace(/`/g, '\\`')}\`.exists() and 'p0' != '");}'`,
  };
  const type = { name: 'Trap', kind: 'resource' as const, abstract: false, url: 'http://x', elements: [element], invariants: [rule] };
  const trapped: Definitions = {
    ...definitions,
    resourceTypes: [...definitions.resourceTypes, 'Trap'],
    additionalTypes: [...definitions.additionalTypes, 'Trap'],
    isResourceType: (wanted) => wanted === 'Trap' || definitions.isResourceType(wanted),
    type: (wanted) => (wanted === 'Trap' ? type : definitions.type(wanted)),
    properties: (wanted) => (wanted === 'Trap' ? new Map([[name, { element, type: { code: 'string' } }]]) : definitions.properties(wanted)),
  };

  test('stay texts', () => {
    const check = compileValidator(trapped);
    expect(check({ resourceType: 'Trap', [name]: 'y' })).toEqual([]);
    const [missing] = check({ resourceType: 'Trap' });
    expect(missing?.diagnostics).toContain('Trap must have x"+process');
  });
});

describe('The module of a type', () => {
  test('that was generated is the text that would be made now', async () => {
    const { readFileSync } = await import('node:fs');
    const { moduleFile } = await import('../../src/validation/runtime/modules.ts');
    for (const name of ['Patient', 'Questionnaire', 'Extension', 'Quantity'])
      expect(readFileSync(moduleFile(name), 'utf8')).toBe(moduleText(definitions, name));
  });
});
