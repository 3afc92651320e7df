/** One small interface over the three engines: Chromium and Firefox through Puppeteer, WebKitGTK through WebDriver. */
import puppeteer from 'puppeteer-core';

import {
  chromiumArguments,
  ensureChromium,
  findFirefox,
  findHeadlessShell,
} from '../../../scripts/browsers.mjs';
import { startWebKit } from '../../../scripts/webkit.mjs';
import { Page } from './page.mjs';
import { eventually, soon, untilTrue } from './waiting.mjs';

/** The engine that this run is about. */
export const engine = process.env.ENGINE ?? 'chromium';

/** Whether what one engine, one server or less time is usually enough for is tried everywhere, and for longer. */
export const isThorough = process.env.THOROUGH === '1';

/**
 * Opens a browser that knows of no other one: with cookies and storage of its own.
 *
 * @param {{ isLight?: boolean }} [options] `isLight`, for tests that need no windows, no sizes and nothing to go back to:
 *   where the engine is Chromium, one without all that, which costs a half of the time.
 * @returns `{ newPage(), openedWindow(), close() }`
 */
export async function openBrowser({ isLight = false } = {}) {
  return engine === 'webkit'
    ? openWebKit()
    : openWithPuppeteer(isLight && engine === 'chromium' ? 'light' : engine);
}

/** How each kind is started. */
const launchers = {
  chromium: () =>
    puppeteer.launch({ executablePath: ensureChromium(), args: chromiumArguments, headless: true }),
  firefox: () =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath: findFirefox(),
      headless: true,
      extraPrefsFirefox: {
        // Nobody looks at it: it need not draw itself sixty times a second.
        'layout.frame_rate': 20,
        // The process of a page that was closed serves the next one.
        'dom.ipc.keepProcessesAlive.web': 1,
      },
    }),
  light() {
    const shell = findHeadlessShell();
    return puppeteer.launch({
      executablePath: shell ?? ensureChromium(),
      args: [...chromiumArguments, '--disable-features=BackForwardCache'],
      headless: shell ? 'shell' : true,
      // Less to draw.
      defaultViewport: { width: 320, height: 240 },
    });
  },
  async webkit() {
    const browser = await startWebKit();
    const first = await browser.command('GET', '/window');
    return { ...browser, first, known: new Set([first]) };
  },
};

/** The processes that are there, by kind: those that ask for the same kind share one, which takes seconds to start. */
const processes = new Map();

/** How long a process is kept that nobody uses: the next file of tests asks for it at once. */
const idleMs = 1_000;

async function shareProcess(kind) {
  const shared = processes.get(kind) ?? { starting: launchers[kind](), users: 0, timer: undefined };
  processes.set(kind, shared);
  clearTimeout(shared.timer);
  shared.users++;
  return {
    browser: await shared.starting,
    leave() {
      shared.users--;
      if (shared.users === 0) {
        shared.timer = setTimeout(async () => {
          processes.delete(kind);
          await (await shared.starting).close();
        }, idleMs);
      }
    },
  };
}

async function openWithPuppeteer(kind) {
  const { browser, leave } = await shareProcess(kind);
  const context = await browser.createBrowserContext();
  const known = new Set();
  return {
    async newPage() {
      return wrap(await context.newPage());
    },
    /** The window that a page has opened. */
    async openedWindow() {
      return wrap(await eventually(async () => (await context.pages()).find((page) => !known.has(page))));
    },
    async close() {
      await context.close();
      leave();
    },
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
      // A little later: the page is to answer before it is left.
      back: () => page.evaluate(() => void setTimeout(() => history.back())),
      forward: () => page.evaluate(() => void setTimeout(() => history.forward())),
      reload: () => page.reload(),
      call: (fn, args) => page.evaluate(fn, ...args),
      callUntilTrue: (fn, args) => soon(page.evaluate(untilTrue(fn, args)), page),
      key: (name) => page.keyboard.press(name),
      screenshot: () => page.screenshot({ type: 'png' }),
      resize: (width, height) => page.setViewport({ width, height }),
      emulate: (features) => page.emulateMediaFeatures(features),
      setOffline: (isOffline) => page.setOfflineMode(isOffline),
      inEachDocument: (fn) => page.evaluateOnNewDocument(fn),
      close: () => page.close(),
      isClosed: () => Promise.resolve(page.isClosed()),
    });
  }
}

/** WebKit has no contexts: cookies are shared, and storage is as far apart as servers are. */
async function openWebKit() {
  const { browser, leave } = await shareProcess('webkit');
  const { command, first, known } = browser;
  const opened = new Set();
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
    async close() {
      const handles = await command('GET', '/window/handles');
      for (const handle of handles.filter((one) => opened.has(one))) {
        await closeWindow(handle);
      }
      leave();
    },
  };

  async function closeWindow(handle) {
    await command('POST', '/window', { handle });
    await command('DELETE', '/window');
    await command('POST', '/window', { handle: first });
  }

  function wrap(handle) {
    known.add(handle);
    opened.add(handle);
    // Every command is for the current window; each of a page's is preceded by switching to it.
    const inPage = async (method, path, body) => {
      await command('POST', '/window', { handle });
      return command(method, path, body);
    };
    return new Page({
      errors: [],
      key: (name) => pressKey(inPage, name),
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
      close: () => closeWindow(handle),
      isClosed: async () => !(await command('GET', '/window/handles')).includes(handle),
    });
  }
}

/** The code points that W3C WebDriver has for keys. */
const keyCodes = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C' };

async function pressKey(inPage, name) {
  const value = keyCodes[name];
  const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
  await inPage('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
}
