import { pause } from './waiting.mjs';

const patienceMs = 15_000;

const longestPauseMs = 150;

/** A page in some engine. Paths go through open shadow roots at ` >>> `. */
export class Page {
  #driver;

  constructor(driver) {
    this.#driver = driver;
  }

  /** Uncaught errors of the page, where the engine tells them. */
  get errors() {
    return this.#driver.errors;
  }

  /** What the page has asked for, `{ url, hasToken }`, where the engine tells. */
  get requests() {
    return this.#driver.requests;
  }

  goto(url) {
    return this.#driver.goto(url);
  }

  url() {
    return this.#driver.url();
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

  close() {
    return this.#driver.close();
  }

  isClosed() {
    return this.#driver.isClosed();
  }

  screenshot() {
    return this.#driver.screenshot();
  }

  resize(width, height) {
    return this.#driver.resize(width, height);
  }

  /** Only where the engine can. */
  get emulate() {
    return this.#driver.emulate;
  }

  /** Takes the page's network away, or gives it back. Only where the engine can. */
  get setOffline() {
    return this.#driver.setOffline;
  }

  /** Calls a function in each document before its own scripts. Only where the engine can. */
  get inEachDocument() {
    return this.#driver.inEachDocument;
  }

  /** Calls a function in the page with values that JSON can carry. */
  evaluate(fn, ...args) {
    return this.#driver.call(fn, args);
  }

  /**
   * Waits until a function in the page returns something true, also across navigations. It only looks: what it returns to
   * a page that is being left may not be heard, and then it is called again.
   *
   * @returns what it returned.
   */
  waitFor(fn, ...args) {
    const { call, callUntilTrue } = this.#driver;
    return this.#insist(callUntilTrue ?? call, fn, args, callUntilTrue ? 10 : 30);
  }

  /** The same with a function that also changes something, once it can. */
  waitToDo(fn, ...args) {
    return this.#insist(this.#driver.call, fn, args, 30);
  }

  async #insist(ask, fn, args, firstPauseMs) {
    const end = Date.now() + patienceMs;
    let last;
    // Every question costs: what takes long is asked for less and less often.
    for (let pauseMs = firstPauseMs; Date.now() < end; pauseMs = Math.min(1.2 * pauseMs, longestPauseMs)) {
      try {
        last = await ask(fn, args);
        if (last) {
          return last;
        }
      } catch (fault) {
        // The page is between two documents.
        last = fault;
      }
      await pause(pauseMs);
    }
    throw new Error(`Waited in vain for ${fn} at ${await this.url()}; it last gave ${String(last)}.`);
  }

  /** Does something with an element once it is there. What is done may lead to another page. */
  async #act(fn, path, ...args) {
    await this.waitFor(isThere, path);
    await this.waitToDo(fn, path, ...args);
  }

  /** Waits for an element, and clicks it. */
  click(path) {
    return this.#act(clickDeep, path);
  }

  /** Clicks as a person does, where a script's click is worth less: browsers open a window only for a person. */
  async press(path) {
    await (this.#driver.press?.(findDeep, path) ?? this.click(path));
  }

  /** Waits for a field, and fills it as typing does. */
  type(path, text) {
    return this.#act(typeDeep, path, text);
  }

  /** Presses a key as a person does, such as `Tab`, `Enter` or `Escape`, wherever the focus is. */
  key(name) {
    return this.#driver.key(name);
  }

  /** All text of the page as it is shown, shadow roots and slots included. */
  text() {
    return this.evaluate(textOfPage);
  }
}

/* These run in the page. */

function findDeep(path) {
  return path.split(' >>> ').reduce((root, part) => (root.shadowRoot ?? root).querySelector(part), document);
}

function isThere(path) {
  const find = (root, part) => root && (root.shadowRoot ?? root).querySelector(part);
  return Boolean(path.split(' >>> ').reduce(find, document));
}

function clickDeep(path) {
  const element = path
    .split(' >>> ')
    .reduce((root, part) => (root.shadowRoot ?? root).querySelector(part), document);
  element.click();
  return true;
}

function typeDeep(path, text) {
  const field = path
    .split(' >>> ')
    .reduce((root, part) => (root.shadowRoot ?? root).querySelector(part), document);
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

function textOfPage() {
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      return node.data;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || ['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName)) {
      return '';
    }
    const assigned = node.localName === 'slot' ? node.assignedNodes() : [];
    const children = assigned.length > 0 ? assigned : [...(node.shadowRoot ?? node).childNodes];
    return children.map(walk).join(' ');
  };
  return walk(document.body).replace(/\s+/g, ' ').trim();
}
