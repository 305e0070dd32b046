/** Where the endpoints of authorization are: beside the FHIR base, `https://example.org/fhir` → `https://example.org`. */

export const originOf = (base: string): string => base.replace(/(?<=[^/:])\/[^/]*$/, '');
