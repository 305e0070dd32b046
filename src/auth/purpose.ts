/** Why records are looked at. http://terminology.hl7.org/CodeSystem/v3-ActReason */

export const purposeSystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

/** What each is a kind of; what is not named here is a purpose of its own. */
const above: Readonly<Record<string, string>> = {
  ...{ BIORCH: 'HRESCH', CLINTRCH: 'HRESCH', DSRCH: 'HRESCH', POARCH: 'HRESCH', TRANSRCH: 'HRESCH' },
  ...{ CLINTRCHNPC: 'CLINTRCH', CLINTRCHPC: 'CLINTRCH', PRECLINTRCH: 'CLINTRCH' },
  ...{ CAREMGT: 'HOPERAT', CLINTRL: 'TREAT', COC: 'TREAT', ETREAT: 'TREAT', POPHLTH: 'TREAT', BTG: 'ETREAT', ERTREAT: 'ETREAT' },
  ...{ HRESCH: 'PurposeOfUse', TREAT: 'PurposeOfUse', PATRQT: 'PurposeOfUse', HPAYMT: 'PurposeOfUse', HOPERAT: 'PurposeOfUse' },
  ...{ HMARKT: 'PurposeOfUse', PUBHLTH: 'PurposeOfUse', FAMRQT: 'PATRQT', PWATRNY: 'PATRQT', SUPNWK: 'PATRQT' },
};

/** Whether it can be one of the code system. */
export const isPurpose = (code: string): boolean => /^[A-Za-z][A-Za-z0-9]{0,49}$/.test(code);

/** The purpose and all that it is a kind of. */
export function purposesOf(code: string): readonly string[] {
  const found: string[] = [];
  for (let each: string | undefined = code; each !== undefined; each = above[each]) found.push(each);
  return found;
}

export const research = 'HRESCH';
export const treatment = 'TREAT';

export const isResearch = (code: string): boolean => purposesOf(code).includes(research);
