/** Data types of FHIR as words for people. https://hl7.org/fhir/R4/datatypes.html */

const kinds = / \((disorder|procedure|finding|situation|regime\/therapy|environment|event|observable entity|substance)\)$/;

/** Of a CodeableConcept. SNOMED CT names the kind of a concept behind it; people know. */
export const conceptText = (concept) => {
  const coding = concept?.coding?.find(({ display }) => display !== undefined) ?? concept?.coding?.[0];
  return (concept?.text ?? coding?.display ?? coding?.code)?.replace(kinds, '');
};

export const firstCode = (concept) => concept?.coding?.[0]?.code;

export const sentence = (text) => (text === undefined ? undefined : text.charAt(0).toUpperCase() + text.slice(1));

const shapes = {
  4: { year: 'numeric' },
  7: { year: 'numeric', month: 'short' },
  10: { year: 'numeric', month: 'short', day: 'numeric' },
};

/** The day as it was recorded, whatever the zone of the browser, and no more precise than it was. */
export function dayText(text) {
  if (text === undefined) return undefined;
  const day = text.slice(0, 10);
  const date = new Date(day);
  const shape = shapes[day.length];
  return shape === undefined || Number.isNaN(date.getTime())
    ? day
    : new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: 'UTC' }).format(date);
}

export function ageText(born, at = new Date()) {
  if (born === undefined || born.length < 10) return undefined;
  const date = new Date(born);
  const before = at.getUTCMonth() < date.getUTCMonth() || (at.getUTCMonth() === date.getUTCMonth() && at.getUTCDate() < date.getUTCDate());
  return `${at.getUTCFullYear() - date.getUTCFullYear() - (before ? 1 : 0)} years`;
}

export function nameText(names) {
  const name = names?.find(({ use }) => use === 'official') ?? names?.[0];
  const parts = [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family];
  return name?.text ?? parts.filter((part) => part !== undefined).join(' ');
}

/** Four digits are enough to read; the exact value stands in the table's title. */
export const numberText = (value) => String(Number(Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4)));

const units = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '{score}': '',
  '10*3/uL': '10³/µL',
  '10*6/uL': '10⁶/µL',
  'kg/m2': 'kg/m²',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
};
export const unitText = (unit) => (unit === undefined ? '' : (units[unit] ?? unit));

export const quantityText = ({ comparator = '', value, unit, code }) =>
  value === undefined ? undefined : `${comparator}${numberText(value)} ${unitText(unit ?? code)}`.trim();

/** `value[x]` of an Observation or a component. */
export function valueText(of) {
  if (of.valueQuantity !== undefined) return quantityText(of.valueQuantity);
  if (of.valueCodeableConcept !== undefined) return conceptText(of.valueCodeableConcept);
  if (of.dataAbsentReason !== undefined) return `not known: ${conceptText(of.dataAbsentReason)}`;
  const plain = of.valueString ?? of.valueInteger ?? of.valueBoolean ?? dayText(of.valueDateTime) ?? of.valueTime;
  return plain === undefined ? undefined : String(plain);
}

const periods = { s: 'second', min: 'minute', h: 'hour', d: 'day', wk: 'week', mo: 'month', a: 'year' };

function timingText(timing) {
  const repeat = timing?.repeat;
  if (repeat?.frequency === undefined || repeat.period === undefined) return conceptText(timing?.code);
  const often = repeat.frequency === 1 ? 'once' : repeat.frequency === 2 ? 'twice' : `${repeat.frequency} times`;
  const unit = periods[repeat.periodUnit] ?? '';
  return repeat.period === 1 ? `${often} a ${unit}` : `${often} every ${repeat.period} ${unit}s`;
}

/** The first dosage of a prescription. */
export function dosageText(dosages) {
  const dosage = dosages?.[0];
  if (dosage === undefined) return undefined;
  if (dosage.text !== undefined) return dosage.text;
  const dose = dosage.doseAndRate?.[0]?.doseQuantity;
  const parts = [dose && quantityText(dose), timingText(dosage.timing), dosage.asNeededBoolean === true ? 'as needed' : undefined];
  return parts.filter((part) => part !== undefined && part !== '').join(', ') || undefined;
}
