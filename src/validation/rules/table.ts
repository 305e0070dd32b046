/** All rules beyond what definitions say. */
import type { Rule } from '../validation.ts';
import { fullUrlRule } from './bundle/full-url.ts';
import { linkRelationRule } from './bundle/link-relation.ts';
import { linkedEntryRule } from './bundle/linked-entry.ts';
import { requestRule } from './bundle/request.ts';
import { searchSetRule } from './bundle/search-set.ts';
import { urnReferenceRule } from './bundle/urn-reference.ts';
import { operationDefinitionRule } from './definition/operation-definition.ts';
import { parameterProfileRule } from './definition/parameter-profile.ts';
import { structureDefinitionRule } from './definition/structure-definition.ts';
import { canonicalTargetRule } from './element/canonical-target.ts';
import { elementIdRule } from './element/element-id.ts';
import { elementsRule } from './element/elements.ts';
import { measureRule } from './measure/measure.ts';
import { measureReportRule } from './measure/report.ts';
import { questionnaireRule } from './questionnaire/questionnaire.ts';
import { questionnaireResponseRule } from './questionnaire/response.ts';
import { searchParameterRule } from './search-parameter/search-parameter.ts';
import { bundleSignatureRule } from './signature/bundle-signature.ts';
import { codeSystemRule } from './terminology/code-system.ts';
import { conceptMapRule } from './terminology/concept-map.ts';
import { valueSetRule } from './terminology/value-set.ts';

export const rules: readonly Rule[] = [
  elementsRule,
  elementIdRule,
  canonicalTargetRule,
  fullUrlRule,
  linkRelationRule,
  linkedEntryRule,
  requestRule,
  searchSetRule,
  urnReferenceRule,
  bundleSignatureRule,
  questionnaireRule,
  questionnaireResponseRule,
  measureRule,
  measureReportRule,
  searchParameterRule,
  structureDefinitionRule,
  operationDefinitionRule,
  parameterProfileRule,
  codeSystemRule,
  valueSetRule,
  conceptMapRule,
];
