/** What an authorization was launched with, in the words of the token response. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token */

export interface LaunchContext {
  /** Id of the patient that the scopes of `patient/` mean. */
  readonly patient?: string;
  /** Id of the encounter. */
  readonly encounter?: string;
  readonly fhirContext?: readonly ContextReference[];
  readonly intent?: string;
  readonly need_patient_banner?: boolean;
  readonly smart_style_url?: string;
  readonly tenant?: string;
}

export interface ContextReference {
  readonly reference?: string;
  readonly canonical?: string;
  readonly identifier?: { readonly system?: string; readonly value?: string };
  readonly type?: string;
  readonly role?: string;
}
