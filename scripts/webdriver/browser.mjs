import { setTimeout as wait } from 'node:timers/promises';

import { describe, focusField, pointOf } from './in-page.mjs';
import { parseKey } from './keys.mjs';

const patienceMs = 10_000;
const nothing = { media: false, offline: false, requests: false, console: false, errors: false };

/** What an engine was asked that it cannot do. Look at `browser.can` first, and skip visibly. */
export class UnsupportedError extends Error {
  constructor(engine, what) {
    super(`${engine} cannot be driven to ${what}.`);
    this.name = 'UnsupportedError';
  }
}

/**
 * One browser of any engine, with one current tab and one current frame in it.
 *
 * Elements are named by selectors that go through open shadow roots at ` >>> `.
 */
export class Browser {
  #driver;

  constructor(engine, driver) {
    this.engine = engine;
    this.#driver = driver;
    /** What only some engines can: `media`, `offline`, `requests`, `console`, `errors`. */
    this.can = { ...nothing, ...driver.can };
  }

  /** Opens a tab and makes it the current one. @returns its handle */
  newTab() {
    return this.#driver.newTab();
  }

  /** The handle of the current tab. */
  tab() {
    return this.#driver.tab();
  }

  /** The handles of all tabs and windows, also of those that pages opened. */
  tabs() {
    return this.#driver.tabs();
  }

  /** Makes a tab the current one; its top frame is the current frame. */
  switchTo(handle) {
    return this.#driver.switchTo(handle);
  }

  /** Closes the current tab; the first of those that are left is the current one then. */
  async closeTab() {
    await this.#driver.closeTab();
    const [first] = await this.tabs();
    if (first) {
      await this.switchTo(first);
    }
  }

  /** Goes to an address, and waits until it has loaded. */
  goto(url) {
    return this.#driver.goto(url);
  }

  back() {
    return this.#driver.back();
  }

  forward() {
    return this.#driver.forward();
  }

  reload() {
    return this.#driver.reload();
  }

  /** The address of the current tab. */
  url() {
    return this.#driver.url();
  }

  title() {
    return this.#driver.title();
  }

  /** Makes a frame, by the path of its element in the current frame, the current one; `null` is the top. */
  async switchToFrame(path) {
    if (path === null) {
      return this.#driver.leaveFrames();
    }
    await this.waitFor(describe, { args: [path] });
    return this.#driver.enterFrame(path);
  }

  /**
   * Calls a function in the page, or evaluates an expression there, and waits for what it promises.
   *
   * Arguments and result are what JSON can carry.
   */
  async evaluate(code, ...args) {
    const source = typeof code === 'function' ? `(${code})` : `(() => (${code}\n))`;
    const json = await this.#driver.run(
      `Promise.resolve().then(() => ${source}(...${JSON.stringify(args)})).then(
        (value) => JSON.stringify({ value }),
        (fault) => JSON.stringify({ fault: String(fault?.stack?.includes(fault) ? fault.stack : fault) }))`,
    );
    const { value, fault } = JSON.parse(json);
    if (fault !== undefined) {
      throw new Error(`In the page: ${fault}`);
    }
    return value;
  }

  /**
   * Waits until a function or an expression in the page gives something true, also across navigations.
   *
   * @returns what it gave.
   */
  async waitFor(condition, { timeout = patienceMs, args = [] } = {}) {
    const end = performance.now() + timeout;
    let last;
    do {
      try {
        last = await this.evaluate(condition, ...args);
        if (last) {
          return last;
        }
      } catch (fault) {
        if (fault.isClosed) {
          throw fault;
        }
        // The page is between two documents, or does not yet have what is asked about.
        last = fault;
      }
      await wait(20);
    } while (performance.now() < end);
    const where = await this.url().catch(() => 'an unknown address');
    const what = `${condition}${args.length > 0 ? ` with ${JSON.stringify(args)}` : ''}`;
    throw new Error(`Waited in vain for ${what} at ${where}; it last gave ${String(last)}.`);
  }

  /** Waits for an element. @returns its tag, text, value, checked, disabled, visible and rect */
  find(path, options = {}) {
    return this.waitFor(describe, { ...options, args: [path] });
  }

  /** Waits until an element can be clicked, and clicks it with the pointer. */
  async click(path, options = {}) {
    const point = await this.waitFor(pointOf, { ...options, args: [path] });
    await this.#driver.clickAt(point);
  }

  /** Waits for a field, and types into it in place of what it holds. */
  async type(path, text, options = {}) {
    await this.waitFor(focusField, { ...options, args: [path] });
    if (text === '') {
      return this.press('Backspace');
    }
    await this.#driver.pressKeys([...text].map((c) => parseKey(c === '\n' ? 'Enter' : c)));
  }

  /** Presses a key, such as `Enter`, `Shift+Tab` or `a`, where the focus is. */
  press(key) {
    return this.#driver.pressKeys([parseKey(key)]);
  }

  /** Sets the size of the viewport of the current tab, in CSS pixels. */
  setViewport(width, height) {
    return this.#driver.setViewport(width, height);
  }

  /** @returns {Promise<Buffer>} the viewport as PNG */
  async screenshot() {
    return Buffer.from(await this.#driver.screenshot(), 'base64');
  }

  /** Emulates `{ colorScheme: 'dark', forcedColors: true, reducedMotion: true }`; what is left out is as usual. */
  async setMedia({ colorScheme, forcedColors, reducedMotion } = {}) {
    this.#require('media', 'emulate media features');
    return this.#driver.setMedia([
      { name: 'prefers-color-scheme', value: colorScheme ?? '' },
      { name: 'forced-colors', value: forcedColors ? 'active' : '' },
      { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : '' },
    ]);
  }

  /** Cuts all tabs off from the network, or connects them again. */
  async setOffline(isOffline) {
    this.#require('offline', 'go offline');
    return this.#driver.setOffline(isOffline);
  }

  /** What was requested so far, in all tabs: `[{ url, method, type, status }]`. */
  async requests() {
    this.#require('requests', 'tell its requests');
    return this.#driver.requests();
  }

  /** What all pages have written to their consoles so far: `[{ level, text }]`. */
  async console() {
    this.#require('console', 'tell its console');
    return this.#driver.console();
  }

  /** What all pages have thrown and not caught so far, as text. */
  async errors() {
    this.#require('errors', 'tell the errors of its pages');
    return this.#driver.errors();
  }

  #require(ability, what) {
    if (!this.can[ability]) {
      throw new UnsupportedError(this.engine, what);
    }
  }

  /** Ends the browser, and removes its profile. */
  close() {
    return this.#driver.close();
  }
}
