/** Templates as pages: everything that is put in is escaped, and nothing runs, loads or frames. https://www.w3.org/TR/CSP3/ */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import type { Response } from 'express';
import { projectFile } from '../../../root.ts';
import { type Language, languages } from './language.ts';
import type { TextKey } from './text/en.ts';

export type Template = 'login' | 'second-factor' | 'patient' | 'encounter' | 'consent' | 'message' | 'logout';

const folder = projectFile('src', 'http', 'auth', 'pages');
const style = readFileSync(`${folder}/style.css`, 'utf8').trim();
const eta = new Eta({ views: folder, autoEscape: true, cache: true });

const styleHash = createHash('sha256').update(style).digest('base64');

const policyFor = (answers: readonly string[]): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    ["form-action 'self'", ...answers].join(' '),
    "frame-ancestors 'none'",
  ].join('; ');

export interface PageHead {
  readonly language: Language;
  readonly title: string;
  readonly problem?: string | undefined;
  readonly wide?: boolean;
  readonly status?: number;
  /** Where the page is asked for again in another language, up to the `?` or `&`; absent: nowhere. */
  readonly switchTo?: string | undefined;
  /** Where the answer of a form may lead, besides this server: see form-action.ts. */
  readonly answers?: readonly string[];
}

export function sendPage(response: Response, template: Template, head: PageHead, content: object = {}): void {
  const { language } = head;
  const t = (key: TextKey, values?: Readonly<Record<string, string>>): string => language.text(key, values);
  const html = eta.render(`./${template}`, {
    problem: undefined,
    switchTo: undefined,
    wide: false,
    ...head,
    ...content,
    t,
    languages,
    style,
  });
  response
    .status(head.status ?? 200)
    .set({
      'Content-Security-Policy': policyFor(head.answers ?? []),
      'X-Frame-Options': 'DENY',
      'Content-Language': language.code,
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
      Vary: 'Accept-Language, Cookie',
    })
    .type('html')
    .send(html);
}

export interface Piece {
  readonly text: string;
  readonly strong: boolean;
}

/** A sentence in which the value stands out. */
export function pieces(language: Language, key: TextKey, name: string, value: string): readonly Piece[] {
  const mark = '\u0000';
  const [before = '', after = ''] = language.text(key, { [name]: mark }).split(mark);
  return [before, value, after].map((text, i) => ({ text, strong: i === 1 })).filter(({ text }) => text !== '');
}
