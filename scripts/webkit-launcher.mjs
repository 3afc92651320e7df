import { startWebKit } from './webkit.mjs';

/** Lets @web/test-runner run tests in WebKitGTK, one page at a time. */
export function webkitLauncher() {
  let browser;
  const pages = new Map();
  return {
    name: 'WebKit',
    type: 'webdriver',
    concurrency: 1,
    async initialize() {
      browser = await startWebKit();
    },
    async stop() {
      await browser?.close();
    },
    isActive: (sessionId) => pages.has(sessionId),
    getBrowserUrl: (sessionId) => pages.get(sessionId),
    async startSession(sessionId, url) {
      pages.set(sessionId, url);
      await browser.command('POST', '/url', { url });
    },
    async stopSession(sessionId) {
      pages.delete(sessionId);
      await browser.command('POST', '/url', { url: 'about:blank' });
      return { testCoverage: undefined };
    },
  };
}
