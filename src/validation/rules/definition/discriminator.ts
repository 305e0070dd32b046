/** Discriminators of slicings: paths that lead somewhere from what is sliced. https://hl7.org/fhir/R4/profiling.html#discriminator */
import type { Definitions } from '../../../fhir/definitions.ts';
import type { JsonObject } from '../../../fhir/resource.ts';
import type { Report } from '../../validation.ts';
import { eachOf, objectOf, quoted, textOf } from '../read.ts';
import { childOf, targetOf } from './element-path.ts';

const step = /^(?:([A-Za-z_]\w*)(?:\[x\])?|\$this|resolve\(\)|ofType\([\w.]+\)|extension\('[^']*'\)|extension\("[^"]*"\))$/;

export function checkDiscriminators(element: JsonObject, at: string, definitions: Definitions, report: Report): void {
  const path = textOf(element, 'path');
  eachOf(objectOf(element, 'slicing'), 'discriminator', `${at}.slicing`, (discriminator, place) => {
    const way = textOf(discriminator, 'path');
    if (way === undefined) return;
    const steps = stepsOf(way);
    const strange = steps.find((one) => !step.test(one));
    if (strange !== undefined)
      report.add(
        'error',
        'value',
        place,
        `${quoted(strange)} is not allowed in the path of a discriminator; expected element names, $this, resolve(), ofType(…) or extension(…)`,
      );
    else if (path !== undefined && !leads(path, steps, definitions))
      report.add('error', 'value', place, `The path ${quoted(way)} leads nowhere from ${quoted(path)}; expected an element of it`);
  });
}

/** Dots within brackets belong to their step. */
function stepsOf(path: string): string[] {
  const steps: string[] = [];
  let start = 0;
  let open = 0;
  for (let i = 0; i < path.length; i++) {
    const character = path[i];
    if (character === '(') open++;
    else if (character === ')') open--;
    else if (character === '.' && open === 0) {
      steps.push(path.slice(start, i));
      start = i + 1;
    }
  }
  return [...steps, path.slice(start)];
}

/** Follows the steps as far as the definitions know the way. */
function leads(path: string, steps: readonly string[], definitions: Definitions): boolean {
  const start = targetOf(definitions, path);
  if (start === undefined || start === 'unknown') return true;
  let { types } = start;
  for (const one of steps) {
    if (one === '$this') continue;
    if (!/^[A-Za-z_]\w*(?:\[x\])?$/.test(one)) return true;
    if (types.length === 0 || types.some((type) => definitions.type(type) === undefined || type === 'Resource')) return true;
    const next = childOf(definitions, types, one);
    if (next === undefined) return false;
    types = [...next.types];
  }
  return true;
}
