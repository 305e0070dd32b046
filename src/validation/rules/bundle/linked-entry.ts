/**
 * Documents and messages hold what their first entry refers to, and little else.
 * https://hl7.org/fhir/R4/documents.html#content, https://hl7.org/fhir/R4/messaging.html#3.4.2
 */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import type { Report, Rule, Surroundings } from '../../validation.ts';
import { eachOf, objectOf, objectsOf, quoted, textOf } from '../read.ts';
import { type Entry, entriesOf } from './entry.ts';
import { EntryIndex } from './entry-index.ts';
import { reach } from './reachable.ts';

type Lookup = (reference: string, at: string) => void;

const headOf: Readonly<Record<string, string>> = { document: 'Composition', message: 'MessageHeader' };

export const linkedEntryRule: Rule = {
  types: ['Bundle'],
  check(bundle, at, report, surroundings) {
    const type = textOf(bundle, 'type') ?? '';
    const entries = entriesOf(bundle, at);
    const [first] = entries;
    // Whether the first entry is what it must be, invariants bdl-11 and bdl-12 say.
    if (first?.resource === undefined || first.resource.resourceType !== headOf[type]) return;
    const index = new EntryIndex(entries, surroundings.definitions.isResourceType);
    checkHead(first, first.resource, index, report);
    if (type === 'document') checkDocument(bundle, entries, index, report, surroundings);
    else checkMessage(first, entries, index, report, surroundings);
  },
};

function checkHead(first: Entry, resource: Resource, index: EntryIndex, report: Report): void {
  const lookUp: Lookup = (reference, at) => {
    if (reference.startsWith('#')) return;
    const found = index.matches(reference, first);
    if (found.length === 1) return;
    if (found.length > 1)
      report.add(
        'error',
        'multiple-matches',
        at,
        `${found.length} entries are meant by ${quoted(reference)}; name the version: …/_history/[versionId]`,
      );
    else
      report.add(
        'error',
        'not-found',
        at,
        `No entry has the fullUrl that ${quoted(reference)} leads to${hint(index.namesakes(reference).length)}`,
      );
  };
  const at = `${first.at}.resource`;
  if (resource.resourceType === 'MessageHeader') return eachReference(resource, 'focus', at, lookUp);
  eachCompositionReference(resource, at, lookUp);
}

const hint = (namesakes: number): string =>
  namesakes === 0
    ? '; put the resource into the Bundle'
    : '; there is an entry of that type and id, but references go by fullUrl: a relative one continues the root of the fullUrl around it';

// SHALL: what the Composition refers to is included — documents.html#content
function eachCompositionReference(composition: Resource, at: string, lookUp: Lookup): void {
  for (const name of ['subject', 'author', 'encounter', 'custodian']) eachReference(composition, name, at, lookUp);
  eachOf(composition, 'attester', at, (attester, place) => eachReference(attester, 'party', place, lookUp));
  eachOf(composition, 'event', at, (event, place) => eachReference(event, 'detail', place, lookUp));
  eachSectionReference(composition, at, lookUp);
}

function eachSectionReference(holder: JsonObject, at: string, lookUp: Lookup): void {
  eachOf(holder, 'section', at, (section, place) => {
    for (const name of ['author', 'focus', 'entry']) eachReference(section, name, place, lookUp);
    eachSectionReference(section, place, lookUp);
  });
}

function eachReference(holder: JsonObject, name: string, at: string, lookUp: Lookup): void {
  const single = textOf(objectOf(holder, name), 'reference');
  if (single !== undefined) lookUp(single, `${at}.${name}`);
  eachOf(holder, name, at, (item, place) => {
    const reference = textOf(item, 'reference');
    if (reference !== undefined) lookUp(reference, place);
  });
}

// SHALL: every resource is reached from the Composition — documents.html#content
function checkDocument(bundle: Resource, entries: Entry[], index: EntryIndex, report: Report, { definitions }: Surroundings): void {
  const styles = new Set(objectsOf(bundle, 'link').flatMap((link) => (link['relation'] === 'stylesheet' ? [link['url']] : [])));
  const isRoot = ({ index: position, resource }: Entry): boolean =>
    position === 0 || (resource !== undefined && styles.has(`${resource.resourceType}/${resource.id}`));
  const { backwards, never } = reach(entries, entries.filter(isRoot), index, definitions);
  for (const { at, resource } of backwards)
    if (resource?.resourceType !== 'Provenance')
      report.add(
        'warning',
        'business-rule',
        at,
        'The Composition leads to this entry only backwards; of such entries a document may hold Provenance alone',
      );
  for (const { at } of never)
    report.add(
      'error',
      'business-rule',
      at,
      'Nothing that the Composition leads to refers to this entry; refer to it, or leave it out of the document',
    );
}

function checkMessage(first: Entry, entries: Entry[], index: EntryIndex, report: Report, { definitions }: Surroundings): void {
  const { backwards, never } = reach(entries, [first], index, definitions);
  for (const { at, resource } of backwards)
    if (resource?.resourceType !== 'Provenance')
      report.add(
        'information',
        'business-rule',
        at,
        'The MessageHeader leads to this entry only backwards; is it needed to process the message?',
      );
  for (const { at } of never)
    report.add(
      'warning',
      'business-rule',
      at,
      'Nothing that the MessageHeader leads to refers to this entry; is it needed to process the message?',
    );
}
