/** What a commit needs. */
import type { Access } from '../../auth/access.ts';
import type { ConsentContext } from '../../auth/consent/criterion.ts';
import type { Definitions } from '../../fhir/definitions.ts';
import type { FindLinks } from '../../fhir/links.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { CompileContext } from '../../search/compile/page.ts';
import type { Candidate } from '../../search/holds.ts';
import type { IndexRows } from '../../search/index-rows.ts';
import type { RegisteredParameter } from '../../search/registered-parameter.ts';
import type { Session } from '../../store/database.ts';
import type { TypeCodes } from '../../store/type-code.ts';
import type { BeginWriteCheck } from '../../validation/write-check.ts';
import type { Announcements } from '../conformance/announcement.ts';
import type { ContainedTypes } from '../contained-types.ts';
import type { KnownTexts } from './known-texts.ts';

/** Search criteria that decide what a conditional interaction or reference means. */
export interface Criteria {
  readonly type: string;
  /** Without the type and the question mark. */
  readonly text: string;
  /** They find what it may read and search for. */
  readonly access: Access;
}

export interface CommitContext {
  readonly schema: string;
  /** Which search parameters `extract` leaves rows of. */
  readonly stamp: string;
  readonly registered: readonly RegisteredParameter[];
  /** Without the parameters that are registered. */
  readonly standard: Definitions;
  readonly typeCodes: TypeCodes;
  /** A check of what is to be written. */
  readonly beginCheck: BeginWriteCheck;
  readonly extract: (resource: Resource) => IndexRows;
  /** For statements that test conditions. */
  readonly compile: CompileContext;
  /** For the rules of Consents. */
  readonly consents: ConsentContext;
  readonly findLinks: FindLinks;
  readonly hash: (text: string) => string;
  /** The same text for criteria that mean the same; throws a FhirError for criteria that cannot be used. */
  readonly normalise: (criteria: Criteria) => string;
  /** Ids of current resources that match, at most `limit` for each of the criteria, in their order. */
  readonly findMatches: (session: Session, criteria: readonly Criteria[], limit: number) => Promise<readonly (readonly string[])[]>;
  /** Tells of a resource that is being written whether it matches. */
  readonly candidateTest: (criteria: Criteria) => (candidate: Candidate) => boolean;
  /** `enforce`: literal local references must lead to something, and what is referred to is not deleted. */
  readonly referentialIntegrity: 'enforce' | 'off';
  /** Clients may choose the ids of new resources (https://hl7.org/fhir/R4/http.html#upsert). */
  readonly updateCreate: boolean;
  /** What need not be written again. */
  readonly texts: KnownTexts;
  readonly contained: Pick<ContainedTypes, 'add'>;
  /** Tells that a conformance resource was written. */
  readonly conformance: Pick<Announcements, 'statements'>;
  readonly now: () => Date;
}
