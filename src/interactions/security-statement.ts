/** How the CapabilityStatement names the endpoints of authorization. https://hl7.org/fhir/smart-app-launch/1.0.0/conformance/index.html, https://hl7.org/fhir/R4/valueset-restful-security-service.html */
import { originOf } from '../auth/origin.ts';

const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';

const endpoints: Readonly<Record<string, string>> = {
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  introspect: '/oauth/introspect',
  revoke: '/oauth/revoke',
};

/** `base`: the FHIR base; the endpoints stand beside it. */
export const security = (base: string): object => ({
  extension: [
    {
      url: oauthUris,
      extension: Object.entries(endpoints).map(([url, path]) => ({ url, valueUri: `${originOf(base)}${path}` })),
    },
  ],
  cors: true,
  service: [
    {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR', display: 'SMART-on-FHIR' },
      ],
      text: 'SMART App Launch and Backend Services',
    },
  ],
  description: 'Every request but those for this statement and for discovery needs an access token.',
});
