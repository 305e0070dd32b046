/** Uri parameters. https://hl7.org/fhir/R4/search.html#uri */
import { type Item, object } from './item.ts';
import { parts, unescaped } from './text.ts';

/** "Note that the :above and :below modifiers only apply to URLs, and not URNS such as OIDs." */
const isUrl = (value: string): boolean => /^[a-z]+:\/\//.test(value);

export function uriTest(modifier: string | undefined, value: string): (item: Item) => boolean {
  const searched = unescaped(value);
  const [url, version] = parts(value, '|').map(unescaped);
  return ({ value: own, element = '', root }) => {
    if (typeof own !== 'string') return false;
    if (own === searched) return true;
    // "SHOULD support automatically detecting a |[version] portion as part of the search parameter"
    if (version !== undefined && own === url && /^[A-Za-z]+\.url$/.test(element) && object(root)['version'] === version) return true;
    if (modifier === 'below') return isUrl(searched) && own.startsWith(searched);
    return modifier === 'above' && isUrl(own) && searched.startsWith(own);
  };
}
