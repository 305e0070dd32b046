/** Pages that say something and end there. */

import { sendPage } from './pages/render.ts';
import type { TextKey } from './pages/text/en.ts';
import { switchOf, type Visit } from './visit.ts';

/** An error that nothing may be redirected for: the person is told, and nobody else. */
export function showError(visit: Visit, key: TextKey, status = 400): void {
  const language = visit.language();
  const lines = [language.text(key), language.text('error-again')];
  sendPage(
    visit.response,
    'message',
    { language, title: language.text('error-title'), status, switchTo: switchOf(visit) },
    { lines, link: undefined },
  );
}

export interface Message {
  readonly title: TextKey;
  readonly lines: readonly string[];
  readonly link?: { readonly url: string; readonly label: string } | undefined;
}

export function showMessage(visit: Visit, { title, lines, link }: Message): void {
  const language = visit.language();
  sendPage(visit.response, 'message', { language, title: language.text(title), switchTo: switchOf(visit) }, { lines, link });
}
