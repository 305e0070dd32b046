/** Years that are most likely typing errors. https://hl7.org/fhir/R4/datatypes.html#dateTime */
import type { ElementCheck } from './element.ts';

const earliest = 1800;
const ahead = 100;

export const plausibleDateCheck: ElementCheck = {
  types: ['date', 'dateTime', 'instant'],
  check(visit, report) {
    if (typeof visit.value !== 'string') return;
    const year = Number(visit.value.slice(0, 4));
    if (year < earliest || year > new Date().getUTCFullYear() + ahead)
      report.add('warning', 'value', visit.at(), `The year ${year} is hardly right; is it a typing error?`);
  },
};
