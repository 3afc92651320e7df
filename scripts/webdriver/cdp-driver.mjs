import { setTimeout as wait } from 'node:timers/promises';

const loadMs = 30_000;

/** Drives Chromium by its DevTools protocol. */
export class CdpDriver {
  can = { media: true, offline: true, requests: true, console: true, errors: true };
  #connection;
  #targets;
  #stop;
  #tab;
  /** The frames that were entered, outermost first: `{ frameId, sessionId, path, parent }`. */
  #frames = [];
  #media = [];

  constructor(connection, targets, stop) {
    this.#connection = connection;
    this.#targets = targets;
    this.#stop = stop;
  }

  get #session() {
    const sessionId = this.#targets.sessions.get(this.#tab);
    if (!sessionId) {
      throw new Error('The current tab is closed; switch to another.');
    }
    return sessionId;
  }

  /** Sends a command to the current tab. */
  #send(method, params) {
    return this.#connection.send(method, params, this.#session);
  }

  tab() {
    return Promise.resolve(this.#tab);
  }

  tabs() {
    return Promise.resolve([...this.#targets.tabs]);
  }

  async newTab() {
    const { targetId } = await this.#connection.send('Target.createTarget', { url: 'about:blank' });
    await this.#until(() => this.#targets.sessions.has(targetId), 'a new tab');
    await this.switchTo(targetId);
    return targetId;
  }

  async switchTo(handle) {
    if (!this.#targets.sessions.has(handle)) {
      throw new Error(`There is no tab ${handle}.`);
    }
    this.#tab = handle;
    this.#frames = [];
    await this.#send('Page.bringToFront');
    await this.#send('Emulation.setEmulatedMedia', { features: this.#media });
  }

  async closeTab() {
    const tab = this.#tab;
    await this.#connection.send('Target.closeTarget', { targetId: tab });
    await this.#until(() => !this.#targets.sessions.has(tab), 'the tab to close');
  }

  async goto(url) {
    await this.#loads(async () => {
      const { errorText, loaderId } = await this.#send('Page.navigate', { url });
      if (errorText) {
        throw new Error(`${url}: ${errorText}`);
      }
      return loaderId !== undefined;
    });
  }

  async reload() {
    await this.#loads(async () => {
      await this.#send('Page.reload');
      return true;
    });
  }

  /** Starts a navigation, and waits for the load of any document but the one that is there now. */
  async #loads(start) {
    this.#frames = [];
    const session = this.#session;
    const { frameTree } = await this.#send('Page.getFrameTree');
    const { id, loaderId } = frameTree.frame;
    let stopListening;
    const loaded = new Promise((resolve) => {
      stopListening = this.#connection.listen(({ method, params, sessionId }) => {
        const isLoad = method === 'Page.lifecycleEvent' && params.name === 'load';
        if (isLoad && sessionId === session && params.frameId === id && params.loaderId !== loaderId) {
          resolve(true);
        }
      });
    });
    const timer = new AbortController();
    try {
      const late = wait(loadMs, false, { signal: timer.signal }).catch(() => false);
      if ((await start()) && !(await Promise.race([loaded, late]))) {
        throw new Error(`${await this.url()} did not load.`);
      }
    } finally {
      timer.abort();
      stopListening();
    }
  }

  back() {
    return this.#travel(-1);
  }

  forward() {
    return this.#travel(1);
  }

  /** A page that comes from the back/forward cache has no load event; the history says when it is there. */
  async #travel(step) {
    this.#frames = [];
    const { currentIndex, entries } = await this.#send('Page.getNavigationHistory');
    const entry = entries[currentIndex + step];
    if (!entry) {
      return;
    }
    await this.#send('Page.navigateToHistoryEntry', { entryId: entry.id });
    await this.#until(async () => {
      const now = await this.#send('Page.getNavigationHistory');
      const isThere = now.entries[now.currentIndex].id !== entries[currentIndex].id;
      return isThere && (await this.run('document.readyState').catch(() => '')) === 'complete';
    }, `the way to ${entry.url}`);
  }

  async #until(condition, what) {
    const end = performance.now() + loadMs;
    while (!(await condition())) {
      if (performance.now() > end) {
        throw new Error(`Waited in vain for ${what}.`);
      }
      await wait(5);
    }
  }

  async url() {
    const { currentIndex, entries } = await this.#send('Page.getNavigationHistory');
    return entries[currentIndex].url;
  }

  async title() {
    const { result } = await this.#send('Runtime.evaluate', { expression: 'document.title' });
    return result.value;
  }

  /** Evaluates an expression in the current frame. @returns its value, or what its promise gives */
  async run(expression) {
    const frame = this.#frames.at(-1);
    const { result, exceptionDetails } = await this.#connection.send(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true, userGesture: true, ...this.#placeOf(frame) },
      frame ? frame.sessionId : this.#session,
    );
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** A frame in a process of its own is the top of its session, where the default context is the right one. */
  #placeOf(frame) {
    if (!frame || frame.isOwnTarget) {
      return {};
    }
    const contextId = this.#targets.contextOf(frame.sessionId, frame.frameId);
    if (contextId === undefined) {
      throw new Error('The frame has no document yet, or is gone.');
    }
    return { contextId };
  }

  async enterFrame(path) {
    const parent = this.#frames.at(-1);
    const sessionId = parent ? parent.sessionId : this.#session;
    const { result } = await this.#connection.send(
      'Runtime.evaluate',
      {
        expression: `${JSON.stringify(path)}.split(' >>> ').reduce((root, part) => (root?.shadowRoot ?? root)?.querySelector(part), document)`,
        ...this.#placeOf(parent),
      },
      sessionId,
    );
    const { objectId } = result;
    const { node } = await this.#connection.send('DOM.describeNode', { objectId }, sessionId);
    if (!node.frameId) {
      throw new Error(`${path} is not a frame.`);
    }
    const own = this.#targets.sessions.get(node.frameId);
    this.#frames.push({
      frameId: node.frameId,
      sessionId: own ?? sessionId,
      isOwnTarget: own !== undefined,
      element: { objectId, sessionId },
    });
  }

  leaveFrames() {
    this.#frames = [];
    return Promise.resolve();
  }

  /** Clicks at a point of the current frame's viewport. */
  async clickAt({ x, y }) {
    const at = { x, y };
    for (const { element } of this.#frames) {
      const functionDeclaration = `function () {
        const { x, y } = this.getBoundingClientRect();
        const { borderLeftWidth, borderTopWidth, paddingLeft, paddingTop } = getComputedStyle(this);
        return { x: x + parseFloat(borderLeftWidth) + parseFloat(paddingLeft),
          y: y + parseFloat(borderTopWidth) + parseFloat(paddingTop) };
      }`;
      const { result } = await this.#connection.send(
        'Runtime.callFunctionOn',
        { objectId: element.objectId, functionDeclaration, returnByValue: true },
        element.sessionId,
      );
      at.x += result.value.x;
      at.y += result.value.y;
    }
    await this.#send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at });
    const button = { button: 'left', clickCount: 1, ...at };
    await this.#send('Input.dispatchMouseEvent', { type: 'mousePressed', buttons: 1, ...button });
    await this.#send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
  }

  async pressKeys(keys) {
    for (const { modifiers, ...key } of keys) {
      const bits = modifiers.reduce((sum, { bit }) => sum | bit, 0);
      for (const modifier of modifiers) {
        await this.#key('rawKeyDown', modifier, bits);
      }
      // A held modifier other than Shift makes a shortcut, which types nothing.
      const text = bits & ~8 ? undefined : key.text;
      await this.#key(text ? 'keyDown' : 'rawKeyDown', { ...key, text }, bits);
      await this.#key('keyUp', key, bits);
      for (const modifier of [...modifiers].reverse()) {
        await this.#key('keyUp', modifier, 0);
      }
    }
  }

  #key(type, { key, code, keyCode, text }, modifiers) {
    return this.#send('Input.dispatchKeyEvent', {
      type,
      key,
      code: code ?? key,
      windowsVirtualKeyCode: keyCode,
      modifiers,
      ...(type === 'keyDown' && { text }),
    });
  }

  setViewport(width, height) {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    return this.#send('Emulation.setDeviceMetricsOverride', metrics);
  }

  async screenshot() {
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png' });
    return data;
  }

  setMedia(features) {
    this.#media = features;
    return this.#send('Emulation.setEmulatedMedia', { features });
  }

  setOffline(isOffline) {
    return this.#targets.setOffline(isOffline);
  }

  requests() {
    return this.#targets.requests.map((request) => ({ ...request }));
  }

  console() {
    return [...this.#targets.log.console];
  }

  errors() {
    return [...this.#targets.log.errors];
  }

  /** The profile is thrown away, so that an orderly end, which takes a second, is of no use. */
  close() {
    return this.#stop();
  }
}
