/**
 * The grammar of date, dateTime, instant and time, with days that the calendar has; one pass, no regular expression to wander in.
 * https://hl7.org/fhir/R4/datatypes.html#date
 */

const dash = 45;
const colon = 58;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The number that two digits write at `at`; NaN when there are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Index behind `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; -1 when the text does not begin so. */
function endOfDate(text: string): number {
  const year = two(text, 0) * 100 + two(text, 2);
  if (!(year >= 1)) return -1;
  if (text.charCodeAt(4) !== dash) return 4;
  const month = two(text, 5);
  if (!(month >= 1 && month <= 12)) return -1;
  if (text.charCodeAt(7) !== dash) return 7;
  const day = two(text, 8);
  return day >= 1 && day <= daysIn(year, month) ? 10 : -1;
}

/** Index behind `hh:mm:ss` with an optional fraction from `at` on; -1 when there is none. 60 is a leap second. */
function endOfTime(text: string, at: number): number {
  if (!(two(text, at) <= 23 && two(text, at + 3) <= 59 && two(text, at + 6) <= 60)) return -1;
  if (text.charCodeAt(at + 2) !== colon || text.charCodeAt(at + 5) !== colon) return -1;
  if (text.charCodeAt(at + 8) !== 46) return at + 8;
  let end = at + 9;
  while (isDigit(text.charCodeAt(end))) end++;
  return end > at + 9 ? end : -1;
}

/** Whether `Z` or `±hh:mm`, up to 14:00, is all that stands from `at` on. */
function isZone(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === 90) return text.length === at + 1;
  if ((sign !== 43 && sign !== dash) || text.length !== at + 6 || text.charCodeAt(at + 3) !== colon) return false;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  return (hours <= 13 && minutes <= 59) || (hours === 14 && minutes === 0);
}

export function isDate(text: string): boolean {
  return endOfDate(text) === text.length;
}

export function isTime(text: string): boolean {
  return endOfTime(text, 0) === text.length;
}

export function isInstant(text: string): boolean {
  if (endOfDate(text) !== 10 || text.charCodeAt(10) !== 84) return false;
  const end = endOfTime(text, 11);
  return end > 0 && isZone(text, end);
}

// SHALL: a time comes with seconds and zone — datatypes.html#dateTime
export function isDateTime(text: string): boolean {
  return endOfDate(text) === text.length || isInstant(text);
}
