/** Uri parameters. https://hl7.org/fhir/R4/search.html#uri */
import type { Item } from './item.ts';
import { unescaped } from './text.ts';

/** "Note that the :above and :below modifiers only apply to URLs, and not URNS such as OIDs." */
const isUrl = (value: string): boolean => /^[a-z]+:\/\//.test(value);

export function uriTest(modifier: string | undefined, value: string): (item: Item) => boolean {
  const searched = unescaped(value);
  return ({ value: own }) => {
    if (typeof own !== 'string') return false;
    if (own === searched) return true;
    if (modifier === 'below') return isUrl(searched) && own.startsWith(searched);
    return modifier === 'above' && isUrl(own) && searched.startsWith(own);
  };
}
