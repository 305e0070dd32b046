/** $fhirpath: https://github.com/brianpos/fhirpath-lab/blob/master/server-api.md */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { compileValidator } from '../../src/validation/structure.ts';
import { definitions, newServer } from '../interactions/server.ts';
import type { Answer, FakeServer } from '../support/fake-server.ts';

const patient = {
  resourceType: 'Patient',
  id: 'p',
  active: true,
  name: [{ family: 'Chalmers', given: ['Peter', 'James'] }, { given: ['Jim'] }],
  birthDate: '1974-12-25',
  _birthDate: { extension: [{ url: 'http://time', valueString: '14:35' }] },
  contact: [{ gender: 'female' }],
  generalPractitioner: [{ reference: 'Practitioner/1' }],
};

interface Part {
  readonly name: string;
  readonly part?: readonly Part[];
  readonly extension?: readonly { readonly url: string; readonly valueString: string }[];
  readonly [value: string]: unknown;
}

let server: FakeServer;
beforeEach(() => {
  server = newServer();
});

const parameters = (expression: string, ...more: object[]) => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'expression', valueString: expression }, { name: 'resource', resource: patient }, ...more],
});

const ask = (expression: string, ...more: object[]): Promise<Answer> =>
  server.ask('POST', '$fhirpath', { body: parameters(expression, ...more) });

const partsOf = ({ json }: Answer): Part[] => (json as unknown as { parameter: Part[] }).parameter;

/** The parts of the results, context by context. */
const results = (answer: Answer): readonly Part[] =>
  partsOf(answer)
    .filter(({ name }) => name === 'result')
    .flatMap(({ part = [] }) => part);

const echoed = (answer: Answer, name: string): Part | undefined => partsOf(answer)[0]?.part?.find((part) => part.name === name);

const pathUrl = 'http://fhir.forms-lab.com/StructureDefinition/resource-path';
const jsonUrl = 'http://fhir.forms-lab.com/StructureDefinition/json-value';

describe('the results', () => {
  test('stand in parts named by their types, with their values and paths', async () => {
    const answer = await ask('name.given.first() | birthDate');
    expect(answer.status).toBe(200);
    expect(results(answer)).toEqual([
      { name: 'string', valueString: 'Peter', extension: [{ url: pathUrl, valueString: 'Patient.name[0].given[0]' }] },
      {
        name: 'date',
        valueDate: '1974-12-25',
        _valueDate: patient._birthDate,
        extension: [{ url: pathUrl, valueString: 'Patient.birthDate' }],
      },
    ]);
  });

  test.each<readonly [string, object]>([
    ['name.count()', { name: 'integer', valueInteger: 2 }],
    ['active.not()', { name: 'boolean', valueBoolean: false }],
    ["name.first().family + '!'", { name: 'string', valueString: 'Chalmers!' }],
    ["''", { name: 'empty-string' }],
    ['1.5 + 1', { name: 'decimal', valueDecimal: 2.5 }],
    ['@2015', { name: 'date', valueDate: '2015' }],
    ['@2015-02-04T14:34:28Z', { name: 'dateTime', valueDateTime: '2015-02-04T14:34:28Z' }],
    ['@T14:34:28', { name: 'time', valueTime: '14:34:28' }],
    ['@T14:34', { name: 'time', extension: [{ url: jsonUrl, valueString: '"14:34"' }] }],
    ["4 'mg'", { name: 'Quantity', valueQuantity: { value: 4, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
    [
      '4 days',
      {
        name: 'Quantity',
        valueQuantity: { value: 4, unit: 'days', system: 'http://hl7.org/fhirpath/CodeSystem/calendar-units', code: 'day' },
      },
    ],
    [
      '1.type()',
      { name: 'typeInfo', extension: [{ url: jsonUrl, valueString: '{"namespace":"System","name":"Integer","baseType":"System.Any"}' }] },
    ],
    [
      'contact',
      {
        name: 'Patient.contact',
        extension: [
          { url: pathUrl, valueString: 'Patient.contact[0]' },
          { url: jsonUrl, valueString: '{"gender":"female"}' },
        ],
      },
    ],
    ['$this', { name: 'Patient', resource: patient, extension: [{ url: pathUrl, valueString: 'Patient' }] }],
  ])('%s', async (expression, expected) => {
    expect(results(await ask(expression))).toEqual([expected]);
  });

  test('are valid Parameters, with the expression, its tree and its types before them', async () => {
    const answer = await ask("name.where(given = 'Jim').given | contact | 1.50 | '' | @T10:00", { name: 'context', valueString: '$this' });
    // The form of the FHIRPath lab names empty results by parameters without a value, which inv-1 forbids; pat-1 is the example's own.
    const issues = compileValidator(definitions, { warnings: false })(answer.json as never);
    expect(issues.filter(({ diagnostics }) => !/^(?:inv|pat)-1:/.test(diagnostics))).toEqual([]);
    expect(echoed(answer, 'evaluator')?.['valueString']).toBe('Anamnesis 0.1.0 (R4)');
    expect(echoed(answer, 'expression')?.['valueString']).toContain('name.where');
    expect(echoed(answer, 'resource')?.['resource']).toEqual(patient);
    expect(echoed(await ask('name.given'), 'expectedReturnType')?.['valueString']).toBe('string[]');
    expect(JSON.parse(String(echoed(await ask('name.first()'), 'parseDebugTree')?.['valueString']))).toEqual({
      ExpressionType: 'FunctionCallExpression',
      Name: 'first',
      Arguments: [
        {
          ExpressionType: 'ChildExpression',
          Name: 'name',
          Arguments: [{ ExpressionType: 'AxisExpression', Name: 'builtin.that', Position: 0, Length: 0 }],
          Position: 0,
          Length: 4,
        },
      ],
      Position: 0,
      Length: 12,
    });
  });

  test('keep the digits of decimals', async () => {
    const { text } = await ask("1.50 | 1.500 'mg'");
    expect(text).toContain('"valueDecimal":1.5');
  });

  test('of nothing are a result without parts', async () => {
    expect(partsOf(await ask('link'))[1]).toEqual({ name: 'result' });
  });
});

describe('context, variables and trace', () => {
  test('the expression is evaluated on each value of the context, which is named by its path', async () => {
    const answer = await ask("given.join(' ') & %context.family & %resource.id", { name: 'context', valueString: 'name' });
    expect(partsOf(answer).slice(1)).toEqual([
      { name: 'result', valueString: 'Patient.name[0]', part: [{ name: 'string', valueString: 'Peter JamesChalmersp' }] },
      { name: 'result', valueString: 'Patient.name[1]', part: [{ name: 'string', valueString: 'Jimp' }] },
    ]);
  });

  test('a context may be an inline structure', async () => {
    const answer = await ask('gender', { name: 'context', valueString: 'contact' }, { name: 'validate', valueBoolean: true });
    expect(results(answer)[0]).toMatchObject({ name: 'code', valueCode: 'female' });
  });

  test('variables are plain values, structures and resources', async () => {
    const variables = {
      name: 'variables',
      part: [
        { name: 'text', valueString: 'Jim' },
        { name: 'coding', valueCoding: { system: 's', code: 'c' } },
        { name: 'other', resource: { resourceType: 'Patient', id: 'q' } },
        { name: 'none' },
      ],
    };
    expect(results(await ask('name.where(given = %text).count() + %none.count()', variables))).toEqual([
      { name: 'integer', valueInteger: 1 },
    ]);
    expect(results(await ask('%coding.code | %other.id', variables))).toMatchObject([{ valueCode: 'c' }, { valueId: 'q' }]);
    expect(echoed(await ask('1', variables), 'variables')).toEqual(variables);
  });

  test('traces stand behind the results of their context', async () => {
    const answer = await ask("name.given.trace('given').count() + name.trace('none', period).count()");
    expect(results(answer)).toEqual([
      { name: 'integer', valueInteger: 5 },
      {
        name: 'trace',
        valueString: 'given',
        part: ['Peter', 'James', 'Jim'].map((valueString) => expect.objectContaining({ valueString })),
      },
      { name: 'trace', valueString: 'none' },
    ]);
  });
});

describe('resources of the server', () => {
  beforeEach(async () => {
    await server.ask('PUT', 'Patient/p', { body: patient });
    await server.ask('PUT', 'Practitioner/1', { body: { resourceType: 'Practitioner', id: '1', name: [{ family: 'House' }] } });
  });

  test('an instance is evaluated where it is', async () => {
    const answer = await server.ask('GET', 'Patient/p/$fhirpath?expression=name.family');
    expect(results(answer)).toMatchObject([{ valueString: 'Chalmers' }]);
    expect((await server.ask('GET', 'Patient/q/$fhirpath?expression=name')).status).toBe(404);
  });

  test('resolve() finds what is here; what is not stays out', async () => {
    expect(results(await ask('generalPractitioner.resolve().name.family'))).toMatchObject([{ valueString: 'House' }]);
    expect(results(await ask("'Practitioner/2'.resolve() | 'http://example.org/Practitioner/1'.resolve()"))).toEqual([]);
  });

  test('resolve() goes from one to the next', async () => {
    await server.ask('PUT', 'Organization/a', { body: { resourceType: 'Organization', id: 'a', partOf: { reference: 'Organization/b' } } });
    await server.ask('PUT', 'Organization/b', { body: { resourceType: 'Organization', id: 'b', name: 'B' } });
    expect(results(await ask("'Organization/a'.resolve().partOf.resolve().name"))).toMatchObject([{ valueString: 'B' }]);
  });
});

describe('what is refused', () => {
  test.each<readonly [string, number, RegExp]>([
    ['name.', 400, /line 1, column 6/],
    ['name.frist()', 400, /Did you mean first\(\)/],
    ['name.single()', 422, /takes one value here, not 2/],
    ['%nosuch', 422, /There is no variable/],
    ["birthDate.memberOf('http://x')", 422, /not known here/],
    ['1.repeatAll($this)', 403, /make the expression simpler/],
    [`(1|2|3|4|5|6|7|8|9|10).select(%resource)${'.select(1|2|3|4|5|6|7|8|9|10)'.repeat(4)}`, 403, /too large/],
  ])('%s', async (expression, status, message) => {
    const answer = await ask(expression);
    expect(answer.status).toBe(status);
    expect(answer.diagnostics).toMatch(message);
  });

  test('a name that no element has, when that is to be validated', async () => {
    expect(results(await ask('nmae'))).toEqual([]);
    const answer = await ask('nmae', { name: 'validate', valueBoolean: true });
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining('Did you mean name?')]);
  });

  test.each<readonly [object, RegExp]>([
    [{ resourceType: 'Parameters', parameter: [{ name: 'resource', resource: patient }] }, /needs the parameter expression/],
    [{ resourceType: 'Parameters', parameter: [{ name: 'expression', valueString: '1' }] }, /needs the parameter resource/],
    [
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'expression', part: [] },
          { name: 'resource', resource: patient },
        ],
      },
      /simple value/,
    ],
    [parameters('1', { name: 'variables', valueString: 'x' }), /has parts/],
    [parameters('1', { name: 'variables', part: [{}] }), /has a name/],
    [parameters('1', { name: 'validate', valueString: 'yes' }), /true or false/],
    [parameters('1', { name: 'contxt', valueString: 'name' }), /Did you mean "context"/],
    [
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'expression', valueString: '1' },
          { name: 'resource', resource: { resourceType: 'Nosuch' } },
        ],
      },
      /known here/,
    ],
  ])('%j', async (body, message) => {
    const answer = await server.ask('POST', '$fhirpath', { body });
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringMatching(message)]);
  });

  test('a resource beside the address of one', async () => {
    await server.ask('PUT', 'Patient/p', { body: patient });
    const answer = await server.ask('POST', 'Patient/p/$fhirpath', { body: parameters('1') });
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining('leave the parameter resource out')]);
  });

  test('more contexts than can be answered in time', async () => {
    const answer = await ask(`(1)${'.select(1|2|3|4|5|6|7|8|9|10)'.repeat(5)}.count()`, {
      name: 'context',
      valueString: 'name.select(1|2|3|4|5|6|7|8|9|10).select(11|12|13|14|15|16|17|18|19|20).select(1|2|3)',
    });
    expect([answer.status, answer.diagnostics]).toEqual([403, expect.stringContaining('make the expression simpler')]);
  });
});
