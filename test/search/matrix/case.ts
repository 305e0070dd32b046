/** For every cell of the matrix what is found, and what is not. Keys are the names of the cells. */
import { act } from './resource.ts';

export interface Case {
  readonly type: string;
  /** What is asked, and the ids that it finds. */
  readonly finds: readonly [query: string, ...ids: string[]];
  /** Finds nothing of what the other one finds. */
  readonly misses: string;
}

const of =
  (type: string) =>
  (finds: readonly [query: string, ...ids: string[]], misses: string): Case => ({ type, finds, misses });

const risk = of('RiskAssessment');
const patient = of('Patient');
const observation = of('Observation');
const encounter = of('Encounter');
const valueSet = of('ValueSet');
const location = of('Location');

export const cases: Readonly<Record<string, Case>> = {
  number: risk(['probability=0.2', 'low'], 'probability=0.3'),
  'number:missing': risk(['probability:missing=true', 'unknown'], 'probability:missing=false'),
  'number eq': risk(['probability=eq0.2', 'low'], 'probability=eq0.21'),
  'number ne': risk(['probability=ne0.2', 'high'], 'probability=ne0.8'),
  'number gt': risk(['probability=gt0.2', 'high'], 'probability=gt0.8'),
  'number lt': risk(['probability=lt0.8', 'low'], 'probability=lt0.2'),
  'number ge': risk(['probability=ge0.8', 'high'], 'probability=ge0.81'),
  'number le': risk(['probability=le0.2', 'low'], 'probability=le0.19'),
  'number sa': risk(['probability=sa0.7', 'high'], 'probability=sa0.8'),
  'number eb': risk(['probability=eb0.3', 'low'], 'probability=eb0.2'),
  'number ap': risk(['probability=ap0.21', 'low'], 'probability=ap0.3'),

  date: observation(['date=2020-03-14', 'day'], 'date=2020-03-15'),
  'date:missing': observation(['date:missing=true', 'bare'], 'date:missing=false'),
  'date eq': observation(['date=eq2020', 'day', 'year'], 'date=eq2020-04'),
  'date ne': observation(['date=ne2020-03', 'year'], 'date=ne2020'),
  'date gt': observation(['date=gt2020-03-14', 'year'], 'date=gt2020-12-31'),
  'date lt': observation(['date=lt2020-03-14', 'year'], 'date=lt2020'),
  'date ge': observation(['date=ge2020-03-14', 'day', 'year'], 'date=ge2021'),
  'date le': observation(['date=le2020-03-14', 'day', 'year'], 'date=le2019'),
  'date sa': observation(['date=sa2020-03-13', 'day'], 'date=sa2020-03-14'),
  'date eb': observation(['date=eb2020-03-15', 'day'], 'date=eb2020-03-14'),
  'date ap': observation(['date=ap2020-03', 'day', 'year'], 'date=ap1990'),

  string: patient(['family=zo', 'ann'], 'family=oe'),
  'string:missing': patient(['family:missing=true', 'none'], 'family:missing=false'),
  'string:exact': patient(['family:exact=Zoë', 'ann'], 'family:exact=Zoe'),
  'string:text': patient(['family:text=ZOE', 'ann'], 'family:text=oe'),
  'string:contains': patient(['family:contains=oe', 'ann', 'bob'], 'family:contains=eo'),

  token: patient(['gender=female', 'ann'], 'gender=FEMALE'),
  'token:missing': patient(['gender:missing=true', 'none'], 'gender:missing=false'),
  'token:not': patient(['gender:not=male', 'ann', 'none'], 'identifier:not=1&gender=female'),
  'token:text': observation(['code:text=body', 'bare', 'day', 'year'], 'code:text=weight'),
  'token:of-type': patient(['identifier:of-type=urn:types|MR|1', 'ann'], 'identifier:of-type=urn:types|XX|1'),
  'token:in': patient(
    ['gender:in=http://hl7.org/fhir/ValueSet/administrative-gender', 'ann', 'bob'],
    'gender:in=http://hl7.org/fhir/ValueSet/marital-status',
  ),
  'token:not-in': patient(
    ['gender:not-in=http://hl7.org/fhir/ValueSet/administrative-gender', 'none'],
    'gender:not-in=http://hl7.org/fhir/ValueSet/administrative-gender&gender=male',
  ),
  'token:above': encounter([`class:above=${act}|ACUTE`, 'acute', 'inpatient'], `class:above=${act}|HH`),
  'token:below': encounter([`class:below=${act}|IMP`, 'acute', 'inpatient'], `class:below=${act}|HH`),

  reference: observation(['subject=Patient/ann', 'day'], 'subject=Patient/bob'),
  'reference:missing': observation(['subject:missing=true', 'bare'], 'subject:missing=false'),
  'reference:[type]': observation(['subject:Group=ann', 'year'], 'subject:Device=ann'),
  'reference:above': encounter(['location:above=vienna', 'acute'], 'location:above=nowhere'),
  'reference:below': encounter(['location:below=vienna', 'acute', 'inpatient'], 'location:below=nowhere'),
  'reference:identifier': observation(['subject:identifier=urn:s|9', 'day'], 'subject:identifier=urn:s|8'),

  composite: observation(['code-value-quantity=29463-7$70', 'day'], 'code-value-quantity=29463-7$71'),
  'composite:missing': observation(['code-value-quantity:missing=true', 'bare'], 'code-value-quantity:missing=false'),

  quantity: observation([`value-quantity=70|http://unitsofmeasure.org|kg`, 'day'], 'value-quantity=70|http://unitsofmeasure.org|g'),
  'quantity:missing': observation(['value-quantity:missing=true', 'bare'], 'value-quantity:missing=false'),
  'quantity eq': observation(['value-quantity=eq70000|http://unitsofmeasure.org|g', 'day'], 'value-quantity=eq70||g'),
  'quantity ne': observation(['value-quantity=ne70', 'year'], 'value-quantity=ne80'),
  'quantity gt': observation(['value-quantity=gt70', 'year'], 'value-quantity=gt80'),
  'quantity lt': observation(['value-quantity=lt80', 'day'], 'value-quantity=lt70'),
  'quantity ge': observation(['value-quantity=ge80', 'year'], 'value-quantity=ge80.1'),
  'quantity le': observation(['value-quantity=le70', 'day'], 'value-quantity=le69.9'),
  'quantity sa': observation(['value-quantity=sa79', 'year'], 'value-quantity=sa80'),
  'quantity eb': observation(['value-quantity=eb71', 'day'], 'value-quantity=eb70'),
  'quantity ap': observation(['value-quantity=ap64', 'day'], 'value-quantity=ap60'),

  uri: valueSet(['url=http://example.org/vs', 'vs'], 'url=http://example.org/v'),
  'uri:above': valueSet(['url:above=http://example.org/vs/1', 'vs'], 'url:above=http://example.org/v'),
  'uri:below': valueSet(['url:below=http://example.org/', 'vs'], 'url:below=http://example.org/vs/'),
  'uri:missing': valueSet(['url:missing=false', 'vs'], 'url:missing=true'),

  special: location(['near=48.2|16.4|10|km', 'vienna'], 'near=48.2|16.4|1|km'),
  'special:missing': location(['near:missing=true', 'nowhere'], 'near:missing=false'),
  near: location(['near=48.2|16.4|10', 'vienna'], 'near=0|0|10'),
  'near:missing': location(['near:missing=false', 'vienna', 'ward'], 'near:missing=true'),

  _id: patient(['_id=ann,none', 'ann', 'none'], '_id=ANN'),
  '_id:missing': patient(['_id:missing=false', 'ann', 'bob', 'none'], '_id:missing=true'),
  '_id:not': patient(['_id:not=ann', 'bob', 'none'], '_id:not=ann&_id=ann'),
  _lastUpdated: patient(['_lastUpdated=2025-01-01', 'ann', 'bob', 'none'], '_lastUpdated=2025-01-02'),
  '_lastUpdated:missing': patient(['_lastUpdated:missing=false', 'ann', 'bob', 'none'], '_lastUpdated:missing=true'),
  '_lastUpdated eq': patient(['_lastUpdated=eq2025', 'ann', 'bob', 'none'], '_lastUpdated=eq2024'),
  '_lastUpdated ne': patient(['_lastUpdated=ne2024', 'ann', 'bob', 'none'], '_lastUpdated=ne2025'),
  '_lastUpdated gt': patient(['_lastUpdated=gt2025-01-01T00:00:01Z', 'bob', 'none'], '_lastUpdated=gt2025'),
  '_lastUpdated lt': patient(['_lastUpdated=lt2025-01-01T00:00:02Z', 'ann'], '_lastUpdated=lt2025'),
  '_lastUpdated ge': patient(['_lastUpdated=ge2025-01-01T00:00:02Z', 'bob', 'none'], '_lastUpdated=ge2026'),
  '_lastUpdated le': patient(['_lastUpdated=le2025-01-01T00:00:01Z', 'ann'], '_lastUpdated=le2024'),
  '_lastUpdated sa': patient(['_lastUpdated=sa2024', 'ann', 'bob', 'none'], '_lastUpdated=sa2025'),
  '_lastUpdated eb': patient(['_lastUpdated=eb2026', 'ann', 'bob', 'none'], '_lastUpdated=eb2025'),
  '_lastUpdated ap': patient(['_lastUpdated=ap2025', 'ann', 'bob', 'none'], '_lastUpdated=ap1990'),
  _text: patient(['_text=bone', 'ann'], '_text=married'),
  '_text:missing': patient(['_text:missing=false', 'ann'], '_text:missing=true'),
  _content: patient(['_content=married', 'ann'], '_content=divorced'),
  '_content:missing': patient(['_content:missing=false', 'ann', 'bob'], '_content:missing=true'),
  phonetic: patient(['phonetic=Soey', 'ann'], 'phonetic=Zoltan'),
  'phonetic:missing': patient(['phonetic:missing=true', 'none'], 'phonetic:missing=false'),
  _profile: patient(['_profile=http://p', 'ann'], '_profile=http://p|2.0'),
  '_profile:above': patient(['_profile:above=http://p|1.0', 'ann'], '_profile:above=http://p|1'),
  '_profile:below': patient(['_profile:below=http://p|1', 'ann'], '_profile:below=http://p|1.0.1'),
  '_profile:missing': patient(['_profile:missing=true', 'bob', 'none'], '_profile:missing=false'),
};

/** A parameter of each type whose modifiers are refused where the matrix says so. */
export const probes: Readonly<Record<string, readonly [type: string, code: string]>> = {
  number: ['RiskAssessment', 'probability'],
  date: ['Observation', 'date'],
  string: ['Patient', 'family'],
  token: ['Patient', 'gender'],
  reference: ['Observation', 'subject'],
  composite: ['Observation', 'code-value-quantity'],
  quantity: ['Observation', 'value-quantity'],
  uri: ['ValueSet', 'url'],
  special: ['Location', 'near'],
};

/** Where a prefix is none: a value that begins with its letters, which is found as it is written, and the same without them. */
export const literal: Readonly<Record<string, (prefix: string) => Case>> = {
  string: (prefix) => of('Practitioner')([`family=${prefix}ster`, `${prefix}1`], 'family=xster'),
  token: (prefix) => of('Practitioner')([`identifier=${prefix}5`, `${prefix}1`], `identifier=${prefix}6`),
  reference: (prefix) => of('Condition')([`subject=${prefix}1`, `of-${prefix}`], `subject=${prefix}2`),
  uri: (prefix) => of('CodeSystem')([`url=${prefix}:5`, `of-${prefix}`], `url=${prefix}:6`),
};
