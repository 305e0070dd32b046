/** THE table of parameter types: which modifiers each takes, and what reads its values. https://hl7.org/fhir/R4/search.html#modifiers */
import type { SearchParameterType } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { codedModifiers } from './types/coded-value.ts';
import { compositeValues } from './types/composite-value.ts';
import { dateValues } from './types/date-value.ts';
import { numberValues } from './types/number-value.ts';
import { type Prefix, prefixes } from './types/prefix.ts';
import { quantityValues } from './types/quantity-value.ts';
import { referenceValues } from './types/reference-value.ts';
import { stringValues } from './types/string-value.ts';
import { tokenValues } from './types/token-value.ts';
import { uriValues } from './types/uri-value.ts';
import type { ReadValues } from './types/value.ts';

export interface ParameterType {
  /** Besides `:missing`, which every type takes; `[type]` stands for the name of a resource type. */
  readonly modifiers: readonly string[];
  readonly prefixes: readonly Prefix[];
  readonly read: ReadValues;
}

const unread: ReadValues = ({ type, parameter }) => {
  throw refusal('not-supported', `${type}.${parameter.code} cannot be searched: ${parameter.type} parameters are not supported yet`, {
    expression: parameter.code,
  });
};

const none: readonly never[] = [];

export const parameterTypes: Readonly<Record<SearchParameterType, ParameterType>> = {
  token: { modifiers: ['not', 'text', 'of-type', ...codedModifiers], prefixes: none, read: tokenValues },
  reference: { modifiers: ['identifier', '[type]', 'above', 'below'], prefixes: none, read: referenceValues },
  string: { modifiers: ['exact', 'contains', 'text'], prefixes: none, read: stringValues },
  date: { modifiers: none, prefixes, read: dateValues },
  number: { modifiers: none, prefixes, read: numberValues },
  quantity: { modifiers: none, prefixes, read: quantityValues },
  uri: { modifiers: ['above', 'below'], prefixes: none, read: uriValues },
  composite: { modifiers: none, prefixes: none, read: compositeValues },
  special: { modifiers: none, prefixes: none, read: unread },
};
