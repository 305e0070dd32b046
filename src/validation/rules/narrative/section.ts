/** Sections of a narrative in one language each. https://hl7.org/fhir/extensions/StructureDefinition-narrative-language-control.html */
import { readMarkup, type Tag } from './markup.ts';

export interface Languages {
  /** Of the sections: the children of the root that tell one. */
  readonly sections: readonly string[];
  /** Whether something stands outside of all sections. */
  readonly isMixed: boolean;
}

const languageOf = ({ attributes }: Tag): string | undefined => attributes.get('lang') ?? attributes.get('xml:lang');

export function languagesOf(xhtml: string): Languages {
  const sections: string[] = [];
  let outside = false;
  let last: Tag | undefined;
  readMarkup(xhtml, {
    text: (text, [, child]) => {
      if (text.trim() === '') return;
      const language = child?.name === 'div' ? languageOf(child) : undefined;
      if (language === undefined) outside = true;
      else if (child !== last) sections.push(language);
      last = child;
    },
  });
  return { sections, isMixed: sections.length > 0 && outside };
}
