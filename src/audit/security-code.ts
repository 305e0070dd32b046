/** Codes of what does not come through the FHIR API. https://hl7.org/fhir/R4/valueset-audit-event-type.html, DICOM PS3.16 CID 401 and 403 */
import type { SecurityEventKind } from './security-event.ts';

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export const dicom = (code: string, display: string): Coding => ({ system: 'http://dicom.nema.org/resources/ontology/DCM', code, display });

const authentication = dicom('110114', 'User Authentication');
const alert = dicom('110113', 'Security Alert');

interface Codes {
  readonly type: Coding;
  readonly subtype?: Coding;
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
}

export const securityCodes: Readonly<Record<SecurityEventKind, Codes>> = {
  login: { type: authentication, subtype: dicom('110122', 'Login'), action: 'E' },
  logout: { type: authentication, subtype: dicom('110123', 'Logout'), action: 'E' },
  lockout: { type: alert, subtype: dicom('110137', 'User security Attributes Changed'), action: 'U' },
  authorize: {
    type: authentication,
    subtype: { system: 'urn:ihe:event-type-code', code: 'ITI-71', display: 'Get Access Token' },
    action: 'E',
  },
  token: { type: authentication, subtype: { system: 'urn:ihe:event-type-code', code: 'ITI-71', display: 'Get Access Token' }, action: 'E' },
  introspect: {
    type: authentication,
    subtype: { system: 'urn:ihe:event-type-code', code: 'ITI-102', display: 'Introspect Token' },
    action: 'R',
  },
  revoke: { type: authentication, action: 'D' },
  launch: { type: authentication, action: 'C' },
  register: { type: alert, subtype: dicom('110136', 'Security Roles Changed'), action: 'C' },
  'break-glass': { type: alert, subtype: dicom('110127', 'Emergency Override Started'), action: 'E' },
  account: { type: alert, subtype: dicom('110137', 'User security Attributes Changed'), action: 'U' },
  client: { type: alert, subtype: dicom('110136', 'Security Roles Changed'), action: 'U' },
  policy: { type: alert, subtype: dicom('110129', 'Security Configuration'), action: 'U' },
  key: { type: alert, subtype: dicom('110129', 'Security Configuration'), action: 'U' },
  export: { type: dicom('110106', 'Export'), action: 'R' },
  import: { type: dicom('110107', 'Import'), action: 'C' },
  audit: { type: dicom('110101', 'Audit Log Used'), action: 'E' },
};
