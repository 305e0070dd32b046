import { describe, expect, test } from '@jest/globals';
import { parsePath } from '../../../src/validation/profile/discriminator-path.ts';

const child = (name: string) => ({ kind: 'child', name });

describe('paths of discriminators', () => {
  test.each([
    ['$this', []],
    ['', []],
    ['code', [child('code')]],
    ['code.coding.system', [child('code'), child('coding'), child('system')]],
    ['$this.resource', [child('resource')]],
    ['value[x]', [child('value')]],
    ['entity.resolve().code', [child('entity'), { kind: 'resolve' }, child('code')]],
    ['resolve()', [{ kind: 'resolve' }]],
    ["extension('http://x.y/z(1)').value", [{ kind: 'extension', url: 'http://x.y/z(1)' }, child('value')]],
    ['extension("http://x").value', [{ kind: 'extension', url: 'http://x' }, child('value')]],
    ['value.ofType(Quantity).code', [child('value'), { kind: 'ofType', type: 'Quantity' }, child('code')]],
    ['value.ofType(FHIR.Quantity)', [child('value'), { kind: 'ofType', type: 'Quantity' }]],
  ])('%s', (path, steps) => {
    expect(parsePath(path)).toEqual(steps);
  });

  test.each(['where(a = 1)', 'code.first()', 'a + b', 'extension(x)', 'code..system', '(value as Quantity).code'])(
    '%s is beyond the restricted subset',
    (path) => {
      expect(parsePath(path)).toBeUndefined();
    },
  );
});
