/* global document, getComputedStyle */
import { setTimeout as wait } from 'node:timers/promises';

/** Under this key stands what names an element. */
export const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/** Runs in the page: where the content of a frame's element begins. */
function contentOrigin(path) {
  const element = path
    .split(' >>> ')
    .reduce((root, part) => (root?.shadowRoot ?? root)?.querySelector(part), document);
  const { x, y } = element.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(element);
  return {
    x: x + element.clientLeft + parseFloat(paddingLeft),
    y: y + element.clientTop + parseFloat(paddingTop),
  };
}

/** Drives a browser by the commands of W3C WebDriver, however they are carried. */
export class W3cDriver {
  can;
  #send;
  #extras;
  #stop;
  /** The paths of the frames that were entered, outermost first. */
  #frames = [];

  /**
   * @param send sends a command of {@link commands}, and gives what it answers
   * @param stop ends the browser
   * @param extras what this engine can beyond the standard
   */
  constructor(send, stop, extras = {}) {
    this.#send = (...command) => send(...command).catch((fault) => again(fault, () => send(...command)));
    this.#stop = stop;
    this.#extras = extras;
    this.can = { errors: Boolean(extras.errors) };
  }

  async start() {
    // Implicit waits would hide races. Scripts may wait for a page to settle.
    await this.#send('setTimeouts', { script: 30_000, pageLoad: 30_000, implicit: 0 });
  }

  tab() {
    return this.#send('getWindow');
  }

  tabs() {
    return this.#send('getWindows');
  }

  async newTab() {
    const { handle } = await this.#send('newWindow', { type: 'tab' });
    await this.switchTo(handle);
    return handle;
  }

  switchTo(handle) {
    this.#frames = [];
    return this.#send('switchToWindow', { handle });
  }

  closeTab() {
    return this.#send('closeWindow');
  }

  async goto(url) {
    await this.leaveFrames();
    await this.#send('navigate', { url });
  }

  async back() {
    await this.leaveFrames();
    await this.#send('back', {});
  }

  async forward() {
    await this.leaveFrames();
    await this.#send('forward', {});
  }

  async reload() {
    await this.leaveFrames();
    await this.#send('refresh', {});
  }

  url() {
    return this.#send('getUrl');
  }

  title() {
    return this.#send('getTitle');
  }

  /** Evaluates an expression in the current frame. @returns what its promise gives */
  run(expression) {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve(${expression}).then(done);`;
    return this.#send('executeAsync', { script, args: [] });
  }

  async enterFrame(path) {
    const script = `return arguments[0].split(' >>> ').reduce((root, part) =>
      (root?.shadowRoot ?? root)?.querySelector(part), document);`;
    const element = await this.#send('execute', { script, args: [path] });
    await this.#send('switchToFrame', { id: element });
    this.#frames.push(path);
  }

  leaveFrames() {
    this.#frames = [];
    return this.#send('switchToFrame', { id: null });
  }

  /** Clicks at a point of the current frame's viewport. */
  async clickAt(point) {
    const frame = this.#extras.pointsFromTop ? await this.#offsetOfFrame() : { x: 0, y: 0 };
    const actions = [
      {
        type: 'pointerMove',
        x: Math.round(point.x + frame.x),
        y: Math.round(point.y + frame.y),
        origin: 'viewport',
        duration: 0,
      },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    return this.#act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  /** Where the current frame begins in the viewport of the tab; found by going down to it again. */
  async #offsetOfFrame() {
    const offset = { x: 0, y: 0 };
    const paths = this.#frames;
    if (paths.length > 0) {
      await this.leaveFrames();
    }
    for (const path of paths) {
      const { x, y } = JSON.parse(
        await this.run(`JSON.stringify((${contentOrigin})(${JSON.stringify(path)}))`),
      );
      offset.x += x;
      offset.y += y;
      await this.enterFrame(path);
    }
    return offset;
  }

  pressKeys(keys) {
    const press = (type) => (key) => ({ type, value: key.codePoint });
    const actions = keys.flatMap(({ modifiers, ...key }) => [
      ...modifiers.map(press('keyDown')),
      press('keyDown')(key),
      press('keyUp')(key),
      ...[...modifiers].reverse().map(press('keyUp')),
    ]);
    return this.#act({ type: 'key', id: 'keyboard', actions });
  }

  #act(source) {
    return this.#send('performActions', { actions: [source] });
  }

  /** A window has borders and bars, so that its size is found from the size of what it shows. */
  async setViewport(width, height) {
    const end = performance.now() + 10_000;
    for (;;) {
      const inner = JSON.parse(await this.run('JSON.stringify({ width: innerWidth, height: innerHeight })'));
      if (inner.width === width && inner.height === height) {
        return;
      }
      if (performance.now() > end) {
        throw new Error(`The viewport stays at ${inner.width} × ${inner.height}.`);
      }
      const outer = await this.#send('getRect');
      await this.#send('setRect', {
        width: outer.width + width - inner.width,
        height: outer.height + height - inner.height,
      });
      await wait(50);
    }
  }

  screenshot() {
    return this.#send('screenshot', {});
  }

  errors() {
    return this.#extras.errors();
  }

  close() {
    return this.#stop();
  }
}

/** A dialog is dismissed by the first command that meets it; that command itself was not carried out. */
function again(fault, repeat) {
  if (fault.code === 'unexpected alert open') {
    return repeat();
  }
  throw fault;
}

/** Commands by our names: method and path over HTTP, and the name that Marionette has for them. */
export const commands = {
  setTimeouts: ['POST', '/timeouts', 'SetTimeouts'],
  getWindow: ['GET', '/window', 'GetWindowHandle'],
  getWindows: ['GET', '/window/handles', 'GetWindowHandles'],
  newWindow: ['POST', '/window/new', 'NewWindow'],
  switchToWindow: ['POST', '/window', 'SwitchToWindow'],
  closeWindow: ['DELETE', '/window', 'CloseWindow'],
  navigate: ['POST', '/url', 'Navigate'],
  back: ['POST', '/back', 'Back'],
  forward: ['POST', '/forward', 'Forward'],
  refresh: ['POST', '/refresh', 'Refresh'],
  getUrl: ['GET', '/url', 'GetCurrentURL'],
  getTitle: ['GET', '/title', 'GetTitle'],
  execute: ['POST', '/execute/sync', 'ExecuteScript'],
  executeAsync: ['POST', '/execute/async', 'ExecuteAsyncScript'],
  switchToFrame: ['POST', '/frame', 'SwitchToFrame'],
  performActions: ['POST', '/actions', 'PerformActions'],
  getRect: ['GET', '/window/rect', 'GetWindowRect'],
  setRect: ['POST', '/window/rect', 'SetWindowRect'],
  screenshot: ['GET', '/screenshot', 'TakeScreenshot'],
};
