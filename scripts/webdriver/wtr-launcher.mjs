import { openBrowser } from './index.mjs';

const names = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

/**
 * Lets @web/test-runner run tests in an engine, one page at a time.
 *
 * @param {'chromium' | 'firefox' | 'webkit'} engine
 */
export function wtrLauncher(engine) {
  let browser;
  const pages = new Map();
  return {
    name: names[engine],
    type: 'webdriver',
    // All pages would share the one tab.
    concurrency: 1,
    async initialize() {
      browser = await openBrowser(engine);
    },
    async stop() {
      await browser?.close();
    },
    isActive: (sessionId) => pages.has(sessionId),
    getBrowserUrl: (sessionId) => pages.get(sessionId),
    async startSession(sessionId, url) {
      pages.set(sessionId, url);
      await browser.goto(url);
    },
    async stopSession(sessionId) {
      pages.delete(sessionId);
      // Ends the timers and connections of the page, so that they do not run into the next one.
      await browser.goto('about:blank');
      return { testCoverage: undefined };
    },
  };
}
