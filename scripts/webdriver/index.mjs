import { Browser } from './browser.mjs';
import { openChromium } from './chromium.mjs';
import { openFirefox } from './firefox.mjs';
import { openWebKit } from './webkit.mjs';

export { UnsupportedError } from './browser.mjs';

const openers = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit };

/**
 * Opens a browser with a profile of its own and one empty tab.
 *
 * @param {'chromium' | 'firefox' | 'webkit'} engine
 * @returns {Promise<Browser>}
 */
export async function openBrowser(engine) {
  const open = openers[engine];
  if (!open) {
    throw new Error(`There is no engine “${engine}”; there are ${Object.keys(openers).join(', ')}.`);
  }
  return new Browser(engine, await open());
}
