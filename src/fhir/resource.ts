/** The least that the server knows of any resource. https://hl7.org/fhir/R4/resource.html */

export interface Meta {
  versionId?: string;
  lastUpdated?: string;
  [element: string]: unknown;
}

export interface Resource {
  resourceType: string;
  id?: string;
  meta?: Meta;
  [element: string]: unknown;
}

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
