/** Validation over what a repository can read: for $validate, and for writes. https://hl7.org/fhir/R4/validation.html */
import type { Definitions } from '../fhir/definitions.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { createValidator } from '../validation/create-validator.ts';
import { Knowledge } from '../validation/knowledge.ts';
import { createProfiles } from '../validation/profile/profiles.ts';
import { rules } from '../validation/rules/table.ts';
import { standardSettings, type ValidationSettings, valueFor } from '../validation/setting.ts';
import { compileValidator } from '../validation/structure.ts';
import type { ConformanceSource, Validator } from '../validation/validation.ts';
import { type BeginWriteCheck, writeChecks } from '../validation/write-check.ts';

export interface ValidationOptions {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  readonly source: ConformanceSource;
  readonly settings: ValidationSettings | undefined;
  readonly now: () => Date;
}

export interface Validation {
  readonly validator: Validator;
  readonly beginCheck: BeginWriteCheck;
}

export function openValidation({ definitions, terminology, source, settings = standardSettings, now }: ValidationOptions): Validation {
  const base = compileValidator(definitions);
  const profiles = createProfiles(definitions, source);
  const knowledge = new Knowledge({ terminology, profiles, source });
  const unknownProfile = (type: string) => valueFor(settings.unknownProfile, type);
  return {
    validator: createValidator({ definitions, base, rules, profiles, source, terminology, knowledge, unknownProfile, now }),
    beginCheck: writeChecks({ definitions, base: compileValidator(definitions, { warnings: false }), profiles, knowledge, settings, now }),
  };
}
