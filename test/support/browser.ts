/** A headless Chromium for tests of pages, as Debian, Ubuntu or the variable CHROMIUM give it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Its absence fails the tests that need it: what is not looked at does not hold. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = places.find((path) => path !== undefined && path !== '' && existsSync(path));
  if (executablePath === undefined)
    throw new Error('NO BROWSER: these tests need Chromium. Install it (apt-get install chromium), or name it in the variable CHROMIUM.');
  // The sandbox needs rights that containers and root do not have; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
