/** That no Consent of a patient withholds a row from who asks. https://hl7.org/fhir/R4/consent.html */
import type { Source } from './condition.ts';

/** What is done, in the words of provisions: to see it, to add to it, to change it. http://terminology.hl7.org/CodeSystem/consentaction */
export type ConsentAction = 'access' | 'collect' | 'correct';

export interface ConsentedCondition {
  readonly kind: 'consented';
  readonly action: ConsentAction;
  /** Research needs a permit; for everything else it is enough that nothing denies it. */
  readonly research: boolean;
  /** Why it is asked, with all that this is a kind of. */
  readonly purposes: readonly string[];
  /** Hashes of who asks: the person, the client. */
  readonly actors: readonly string[];
  /** Rows that are who asks as well: roles, teams and groups of the person. */
  readonly memberships: readonly Source[];
  /** What the references under the keys of these rows lead to is who asks: organizations by roles. */
  readonly through: readonly { readonly by: Source; readonly keys: readonly string[] }[];
  /** Hash of the patient who asks: their own consents speak of others. */
  readonly own?: string;
  /** Asked of a contained resource, which the criteria of a provision cannot tell: every denial withholds it. */
  readonly contained?: true;
}
