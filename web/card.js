/** A card of the history: a heading with the number of entries, entries page by page, and what to say when there are none. */
import { h } from './element.js';
import { AccessEnded } from './fhir.js';

const notShared = 'You have not shared this with the application.';

const say = (text) => {
  document.getElementById('told').textContent = text;
};

/** `load` answers the elements of one page, how many there are in all, and a function that loads the next page or nothing. */
export function card({ id, title, share, none, load, list = h('ul', { class: 'entries' }), before = [], onEnd }) {
  const count = h('span', { class: 'count' });
  const more = h('div', { class: 'more' });
  const body = h('div', { class: 'body' });
  const section = h(
    'section',
    { class: 'card', id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title, ' ', count),
    body,
  );
  if (share === 'none') {
    body.append(h('p', { class: 'soft' }, notShared));
    return section;
  }
  if (share === 'part') body.append(h('p', { class: 'soft note' }, 'Only a part of these is shared with the application.'));
  body.append(h('p', { class: 'soft waiting' }, 'Loading …'));

  const failed = (error, again) => {
    if (error instanceof AccessEnded) return onEnd(error);
    more.replaceChildren(h('p', { class: 'notice' }, error.message), h('button', { type: 'button', onclick: again }, 'Try again'));
  };

  async function add(loadPage) {
    more.replaceChildren();
    section.setAttribute('aria-busy', 'true');
    try {
      const { elements, total, next } = await loadPage();
      body.querySelector('.waiting')?.remove();
      if (total !== undefined) count.textContent = total;
      const isFirst = list.childElementCount === 0;
      list.append(...elements);
      if (list.childElementCount === 0) body.append(h('p', { class: 'soft' }, none));
      else if (isFirst) body.append(...before, list, more);
      if (!isFirst) {
        say(`${elements.length} more in ${title}`);
        elements[0]?.querySelector('button, h3')?.focus();
      }
      if (next !== undefined) {
        const older = h('button', { type: 'button', 'aria-label': `Show older: ${title}`, onclick: () => add(next) }, 'Show older');
        more.replaceChildren(older);
      }
    } catch (error) {
      body.querySelector('.waiting')?.remove();
      if (!body.contains(more)) body.append(more);
      failed(error, () => add(loadPage));
    } finally {
      section.removeAttribute('aria-busy');
    }
  }
  void add(load);
  return section;
}
