/** Bundles for tests of their rules. */
import type { Resource } from '../../../src/fhir/resource.ts';

export const bundle = (type: string, ...entry: object[]): Resource => ({ resourceType: 'Bundle', type, entry });
export const uuid = (digit: number): string => `urn:uuid:00000000-0000-4000-8000-00000000000${digit}`;
export const at = (fullUrl: string, resource: object, more: object = {}): object => ({ fullUrl, resource, ...more });
export const patient = { resourceType: 'Patient', id: '1' };
