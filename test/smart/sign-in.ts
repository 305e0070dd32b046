/** A person who signs in at the pages of the server and allows what an application asks for: without a screen, and in a browser. */
import type { Page as BrowserPage } from 'playwright-core';
import { browse, type Page } from '../auth/pages-support.ts';

export interface Answers {
  readonly name: string;
  readonly password: string;
  /** Id of the patient chosen where the server asks. */
  readonly patient?: string;
  /** Scopes that the person leaves out. */
  readonly without?: readonly string[];
  readonly refuse?: boolean;
}

const boxes = (page: Page): string[] => [...page.text.matchAll(/name="allow" value="([^"]+)" checked/g)].map(([, value = '']) => value);

/** The box of a scope bears its place among those asked for. */
function kept(page: Page, scopes: readonly string[], without: readonly string[]): string[] {
  const names = new Set(without.map((scope) => `s${scopes.indexOf(scope)}`));
  return boxes(page).filter((box) => !names.has(box.split('-')[0] as string));
}

const wordsOf = ({ text }: Page): string =>
  text
    .replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The URL to which the server sends the browser back. */
export async function signIn(origin: string, url: string, answers: Answers, browser = browse(origin)): Promise<URL> {
  const { name, password, patient, without = [], refuse = false } = answers;
  const scopes = (new URL(url).searchParams.get('scope') ?? '').split(' ');
  let page = await browser.get(url);
  if (page.text.includes('name="password"')) page = await browser.post(page, 'login', { name, password });
  if (page.text.includes(`name="patient" value="${patient}"`)) page = await browser.post(page, 'patient', { patient: patient ?? '' });
  if (page.text.includes('id="consent"'))
    page = await (refuse ? browser.post(page, 'cancel') : browser.post(page, 'consent', { allow: kept(page, scopes, without) }));
  if (page.location === undefined) throw new Error(`The pages do not go on (${page.status}): ${wordsOf(page).slice(0, 800)}`);
  return new URL(page.location);
}

/** The same in a browser, which goes on to the application by itself. */
export async function signInWith(page: BrowserPage, { name, password, patient, refuse = false }: Answers): Promise<void> {
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]:not(.second)');
  if (patient !== undefined) await page.click(`button[name=patient][value="${patient}"]`);
  await page.click(refuse ? '#consent button.second' : '#consent button:not(.second)');
}
