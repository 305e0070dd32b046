/** PostgreSQL's timestamps in UTC as FHIR instants with milliseconds. https://hl7.org/fhir/R4/datatypes.html#instant */

/** `2026-01-31 12:00:00.5+00` → `2026-01-31T12:00:00.500Z`. */
export function instantOf(timestamp: string): string {
  const zone = timestamp.lastIndexOf('+');
  const fraction = timestamp.slice(20, zone < 0 ? undefined : zone);
  return `${timestamp.slice(0, 10)}T${timestamp.slice(11, 19)}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}
