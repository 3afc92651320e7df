/** One small interface over the three engines: Chromium and Firefox through Puppeteer, WebKitGTK through WebDriver. */
import puppeteer from 'puppeteer-core';

import { chromiumArguments, ensureChromium, findFirefox } from '../../../scripts/browsers.mjs';
import { startWebKit } from '../../../scripts/webkit.mjs';
import { Page } from './page.mjs';

/** The engine that this run is about. */
export const engine = process.env.ENGINE ?? 'chromium';

/** @param {{ arguments?: string[] }} [options] `arguments` are for Chromium alone. @returns `{ newPage(), close() }` */
export async function openBrowser({ arguments: more = [] } = {}) {
  return engine === 'webkit' ? openWebKit() : openWithPuppeteer(more);
}

async function openWithPuppeteer(more) {
  const browser = await puppeteer.launch(
    engine === 'firefox'
      ? { browser: 'firefox', executablePath: findFirefox(), headless: true }
      : { executablePath: ensureChromium(), args: [...chromiumArguments, ...more], headless: true },
  );
  const known = new Set(await browser.pages());
  return {
    async newPage() {
      return wrap(await browser.newPage());
    },
    /** The window that a page has opened. */
    async openedWindow() {
      const opened = await eventually(async () => (await browser.pages()).find((page) => !known.has(page)));
      return wrap(opened);
    },
    close: () => browser.close(),
  };

  function wrap(page) {
    known.add(page);
    const errors = [];
    const requests = [];
    page.on('request', (request) => {
      requests.push({ url: request.url(), hasToken: 'authorization' in request.headers() });
    });
    page.on('pageerror', ({ message }) => {
      // Firefox tells of refused requests in the same way; those are what some tests are about.
      if (!/^(Cross-Origin Request Blocked|Content-Security-Policy)/.test(message)) {
        errors.push(message);
      }
    });
    return new Page({
      errors,
      requests,
      goto: (url) => page.goto(url, { waitUntil: 'load' }),
      url: () => Promise.resolve(page.url()),
      back: () => page.evaluate(() => history.back()),
      forward: () => page.evaluate(() => history.forward()),
      reload: () => page.reload(),
      call: (fn, args) => page.evaluate(fn, ...args),
      screenshot: () => page.screenshot({ type: 'png' }),
      resize: (width, height) => page.setViewport({ width, height }),
      emulate: (features) => page.emulateMediaFeatures(features),
      inEachDocument: (fn) => page.evaluateOnNewDocument(fn),
      close: () => page.close(),
      isClosed: () => Promise.resolve(page.isClosed()),
    });
  }
}

/** Asks until there is an answer. */
async function eventually(ask) {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`Waited in vain for ${ask}.`);
}

async function openWebKit() {
  const browser = await startWebKit();
  const { command } = browser;
  const first = await command('GET', '/window');
  const known = new Set([first]);
  return {
    async newPage() {
      const { handle } = await command('POST', '/window/new', { type: 'tab' });
      return wrap(handle);
    },
    /** The window that a page has opened. */
    async openedWindow() {
      return wrap(
        await eventually(async () =>
          (await command('GET', '/window/handles')).find((handle) => !known.has(handle)),
        ),
      );
    },
    close: () => browser.close(),
  };

  function wrap(handle) {
    known.add(handle);
    // Every command is for the current window; each of a page's is preceded by switching to it.
    const inPage = async (method, path, body) => {
      await command('POST', '/window', { handle });
      return command(method, path, body);
    };
    return new Page({
      errors: [],
      goto: (url) => inPage('POST', '/url', { url }),
      url: () => inPage('GET', '/url'),
      back: () => inPage('POST', '/back', {}),
      forward: () => inPage('POST', '/forward', {}),
      reload: () => inPage('POST', '/refresh', {}),
      call: async (fn, args) => {
        const script = `const done = arguments[arguments.length - 1];
            Promise.resolve().then(() => (${fn})(...arguments[0])).then((value) => done({ value }), (fault) => done({ fault: String(fault) }));`;
        const { value, fault } = await inPage('POST', '/execute/async', { script, args: [args] });
        if (fault !== undefined) {
          throw new Error(fault);
        }
        return value;
      },
      press: async (find, path) => {
        const script = `return (${find})(...arguments)`;
        const element = await inPage('POST', '/execute/sync', { script, args: [path] });
        await inPage('POST', `/element/${Object.values(element)[0]}/click`, {});
      },
      screenshot: async () => Buffer.from(await inPage('GET', '/screenshot'), 'base64'),
      resize: (width, height) => inPage('POST', '/window/rect', { width, height }),
      close: async () => {
        await inPage('DELETE', '/window');
        await command('POST', '/window', { handle: first });
      },
      isClosed: async () => !(await command('GET', '/window/handles')).includes(handle),
    });
  }
}
