/**
 * The names that HTML gives to characters. XML knows none of them, yet narratives from elsewhere use them.
 * https://hl7.org/fhir/R4/narrative.html ("no support for HTML entities … Unicode characters SHALL be used instead"), https://www.w3.org/TR/xhtml1/#h-A2
 */

/** U+00A0 to U+00FF, in order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil ' +
  'sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute ' +
  'Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc ' +
  'atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide ' +
  'oslash ugrave uacute ucirc uuml yacute thorn yuml';

const others =
  'OElig:152 oelig:153 Scaron:160 scaron:161 Yuml:178 fnof:192 circ:2c6 tilde:2dc Alpha:391 Beta:392 Gamma:393 Delta:394 Omega:3a9 ' +
  'alpha:3b1 beta:3b2 gamma:3b3 delta:3b4 epsilon:3b5 kappa:3ba lambda:3bb mu:3bc pi:3c0 sigma:3c3 omega:3c9 ensp:2002 emsp:2003 ' +
  'thinsp:2009 zwnj:200c zwj:200d ndash:2013 mdash:2014 lsquo:2018 rsquo:2019 sbquo:201a ldquo:201c rdquo:201d bdquo:201e dagger:2020 ' +
  'Dagger:2021 bull:2022 hellip:2026 permil:2030 prime:2032 Prime:2033 lsaquo:2039 rsaquo:203a euro:20ac trade:2122 larr:2190 uarr:2191 ' +
  'rarr:2192 darr:2193 harr:2194 minus:2212 radic:221a infin:221e asymp:2248 ne:2260 equiv:2261 le:2264 ge:2265 sum:2211 loz:25ca';

const characters = new Map<string, string>([
  ...latin.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ...others.split(' ').map((pair): [string, string] => {
    const [name = '', code = ''] = pair.split(':');
    return [name, String.fromCharCode(Number.parseInt(code, 16))];
  }),
]);

/** Puts the character in the place of each HTML name; what XML itself knows (`&lt;`) and what nobody knows stays. */
export const replaceEntities = (text: string): string =>
  text.includes('&') ? text.replace(/&([A-Za-z][A-Za-z0-9]*);/g, (whole, name: string) => characters.get(name) ?? whole) : text;
