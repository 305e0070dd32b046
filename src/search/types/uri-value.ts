/** Values of uri parameters: the whole uri as it is written. https://hl7.org/fhir/R4/search.html#uri */
import { unescaped } from '../escape.ts';
import { uriLink } from '../link-token.ts';
import { hashes, type ReadValues } from './value.ts';

export const uriValues: ReadValues = (searched, _modifier, values) =>
  hashes(values.flatMap((value) => searched.texts.map((each) => uriLink(each, unescaped(value)))));
