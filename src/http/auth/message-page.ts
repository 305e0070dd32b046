/** Pages that say something and end there. */

import { sendPage } from './pages/render.ts';
import type { TextKey } from './pages/text/en.ts';
import type { Visit } from './visit.ts';

/** An error that nothing may be redirected for: the person is told, and nobody else. */
export function showError(visit: Visit, key: TextKey, status = 400): void {
  const language = visit.language();
  const lines = [language.text(key), language.text('error-again')];
  sendPage(visit.response, 'message', { language, title: language.text('error-title'), status }, { lines, link: undefined });
}
