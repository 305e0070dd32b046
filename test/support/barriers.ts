/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** What keeps people from using a page: measured in a real browser by the rules of WCAG. https://www.w3.org/TR/WCAG22/ */
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** What has the focus, as assistive technology names it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement>; value?: string };
    return (element.labels?.[0]?.textContent ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
  });

/** The ratio of contrast by which WCAG judges: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
const contrasts = (page: Page): Promise<{ text: string; ratio: number; needed: number }[]> =>
  page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const parse = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (/\((.*)\)/.exec(text)?.[1] ?? '').split(/[,/ ]+/).map(Number);
      return [r, g, b, a];
    };
    const light = ([r, g, b]: Colour): number => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((each) =>
        each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = (element: Element | null): Colour => {
      for (let each = element; each !== null; each = each.parentElement) {
        const colour = parse(getComputedStyle(each).backgroundColor);
        if (colour[3] === 1) return colour;
      }
      return [255, 255, 255, 1];
    };
    const shown = [...document.querySelectorAll('body *')].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== ''),
    );
    return shown.map((element) => {
      const style = getComputedStyle(element);
      const [one, other] = [light(parse(style.color)), light(ground(element))];
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      return {
        text: (element.textContent ?? '').trim().slice(0, 40),
        ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05),
        needed: large ? 3 : 4.5,
      };
    });
  });

interface Barriers {
  readonly unnamed: string[];
  readonly duplicateIds: string[];
  readonly headings: number;
  readonly mains: number;
  readonly language: string;
  readonly small: string[];
  readonly overflow: number;
}

/** What stands in the way of people with assistive technology, small screens, unsteady hands. */
const barriers = (page: Page): Promise<Barriers> =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), button, a[href], summary')];
    const nameOf = (element: HTMLInputElement): string =>
      (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim();
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const targets = controls.map((element) => (element.type === 'checkbox' ? element.closest('label') : element) ?? element);
    return {
      unnamed: controls.filter((element) => nameOf(element) === '').map(({ outerHTML }) => outerHTML),
      duplicateIds: ids.filter((id, i) => ids.indexOf(id) !== i),
      headings: document.querySelectorAll('h1').length,
      mains: document.querySelectorAll('main').length,
      language: document.documentElement.lang,
      // WCAG 2.2, 2.5.8: 24 by 24 pixels at least.
      small: targets.filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24).map(({ outerHTML }) => outerHTML),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });

export async function expectNoBarriers(page: Page, language: string): Promise<void> {
  expect(await barriers(page)).toEqual({ unnamed: [], duplicateIds: [], headings: 1, mains: 1, language, small: [], overflow: 0 });
  expect((await contrasts(page)).filter(({ ratio, needed }) => ratio < needed)).toEqual([]);
}
