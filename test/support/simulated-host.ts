import type { Host, PageEvent, RecordStore, SignInWindow, TabMessage } from '../../src/session/host.js';
import { isUnderWay, settled } from './settled.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** What all tabs of one browser share. */
export class SimulatedBrowser {
  now = Date.parse('2026-11-01T09:00:00Z');
  readonly stored = new Map<string, unknown>();
  /** Set to make every write fail, as a full disk does. */
  refusesToWrite = false;
  /** Set to make every read fail, as where another page keeps the database busy. */
  refusesToRead = false;
  readonly #locks = new Map<string, Promise<unknown>>();
  readonly #timers = new Set<Timer>();
  #timersSet = 0;
  readonly tabs = new Set<SimulatedTab>();
  /** How often anything was asked of the browser that takes time. */
  calls = 0;

  /** Opens a tab. A duplicated tab starts with a copy of the other one's storage. */
  openTab(url: string, fetch: typeof globalThis.fetch, duplicated?: SimulatedTab): SimulatedTab {
    forgetPage();
    const tab = new SimulatedTab(this, url, fetch, new Map(duplicated?.storage));
    this.tabs.add(tab);
    return tab;
  }

  /** Lets time pass, running the timers that fall into it in their order. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    let isQuiet = false;
    for (;;) {
      if (!isQuiet) {
        await settled();
      }
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) {
        break;
      }
      this.#timers.delete(next);
      this.now = Math.max(this.now, next.at);
      const before = { timersSet: this.#timersSet, calls: this.calls };
      next.callback();
      await Promise.resolve();
      // Mostly it was a look at the clock, which led to nothing but the next one.
      isQuiet = this.#timersSet === before.timersSet + 1 && this.calls === before.calls && !isUnderWay();
    }
    this.now = end;
    await settled();
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    this.#timersSet++;
    const timer = { at: this.now + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Tasks of one name run one after the other; one whose turn does not come in time never does. */
  withLock<T>(name: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    this.calls++;
    const before = this.#locks.get(name) ?? Promise.resolve();
    return new Promise<T>((resolve, reject) => {
      let isGivenUp = false;
      const callOff = this.setTimer(() => {
        isGivenUp = true;
        reject(new DOMException('Waited for too long.', 'TimeoutError'));
      }, patienceMs);
      const run = before.then(async () => {
        callOff();
        if (!isGivenUp) {
          await task().then(resolve, reject);
        }
      });
      this.#locks.set(name, run);
    });
  }

  get records(): RecordStore {
    const ask = async <Result>(task: () => Result): Promise<Result> => {
      this.calls++;
      return task();
    };
    const write = (task: () => void): Promise<void> =>
      ask(() => {
        if (this.refusesToWrite) {
          throw new DOMException('The disk is full.', 'QuotaExceededError');
        }
        task();
      });
    return {
      get: (key) =>
        ask(() => {
          if (this.refusesToRead) {
            throw new DOMException('The database is busy.', 'TimeoutError');
          }
          return this.stored.get(key);
        }),
      set: (values) =>
        write(() => {
          for (const [key, value] of values) {
            this.stored.set(key, structuredClone(value));
          }
        }),
      remove: (...keys) =>
        write(() => {
          for (const key of keys) {
            this.stored.delete(key);
          }
        }),
      entries: () => ask(() => [...this.stored]),
      take: (key) =>
        ask(() => {
          const value = this.stored.get(key);
          this.stored.delete(key);
          return value;
        }),
      replace: async (key, change) => {
        const next = change(this.stored.get(key));
        if (next !== undefined) {
          await write(() => this.stored.set(key, structuredClone(next)));
        }
        return next !== undefined;
      },
    };
  }
}

/** One tab with one page in it. */
export class SimulatedTab implements Host {
  readonly storage: Map<string, string>;
  readonly visited: string[] = [];
  readonly records: RecordStore;
  readonly fetch: typeof globalThis.fetch;
  isSecure = true;
  isSandboxed = false;
  hasStorage = true;
  readonly #browser: SimulatedBrowser;
  readonly #listeners = new Set<(event: PageEvent) => void>();
  readonly #deeds = new Set<() => void>();
  readonly #told = new Set<(message: TabMessage) => void>();
  /** The windows that this page has opened. */
  readonly opened: SimulatedTab[] = [];
  blocksWindows = false;
  isClosed = false;
  blocksServers = false;
  isOpened = false;
  isFramed = false;
  isVisible = true;
  /** What was left with as a form: where to. */
  readonly posted: string[] = [];
  #url: string;

  constructor(
    browser: SimulatedBrowser,
    url: string,
    fetch: typeof globalThis.fetch,
    storage: Map<string, string>,
  ) {
    this.#browser = browser;
    this.#url = url;
    this.fetch = (...given) => {
      browser.calls++;
      return fetch(...given);
    };
    this.storage = storage;
    this.records = browser.records;
  }

  now(): number {
    return this.#browser.now;
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    return this.#browser.setTimer(callback, delayMs);
  }

  pageUrl(): string {
    return this.#url;
  }

  showUrl(url: string): void {
    this.#url = url;
  }

  navigate(url: string, formAction?: string): void {
    this.visited.push(url);
    if (formAction !== undefined) {
      this.posted.push(formAction);
    }
  }

  replacePage(url: string): void {
    this.visited.push(url);
  }

  onActivity(listener: () => void): () => void {
    this.#deeds.add(listener);
    return () => this.#deeds.delete(listener);
  }

  /** The person does something on the page. */
  act(): void {
    for (const listener of [...this.#deeds]) {
      listener();
    }
  }

  onPageEvent(listener: (event: PageEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(message: TabMessage): void {
    this.#browser.calls++;
    for (const tab of this.#browser.tabs) {
      tab.hear(message);
    }
  }

  onTold(listener: (message: TabMessage) => void): () => void {
    this.#told.add(listener);
    return () => this.#told.delete(listener);
  }

  hear(message: TabMessage): void {
    for (const listener of [...this.#told]) {
      listener(message);
    }
  }

  openWindow(): SignInWindow | undefined {
    if (this.blocksWindows) {
      return undefined;
    }
    const opened = new SimulatedTab(this.#browser, 'about:blank', this.fetch, new Map());
    this.#browser.tabs.add(opened);
    this.opened.push(opened);
    return {
      go: (url, formAction) => {
        opened.navigate(url, formAction);
      },
      tell: (message) => {
        opened.hear(message);
      },
      close: () => {
        opened.closeWindow();
      },
      get isClosed() {
        return opened.isClosed;
      },
    };
  }

  isBlockedByPolicy(): Promise<boolean> {
    return Promise.resolve(this.blocksServers);
  }

  closeWindow(): void {
    this.isClosed = true;
    this.#browser.tabs.delete(this);
  }

  get tabStorage(): Host['tabStorage'] {
    const { storage } = this;
    return this.hasStorage
      ? {
          get: (key) => storage.get(key),
          set: (key, value) => void storage.set(key, value),
          remove: (key) => void storage.delete(key),
        }
      : undefined;
  }

  withLock<T>(name: string, patienceMs: number, task: () => Promise<T>): Promise<T> {
    return this.#browser.withLock(name, patienceMs, task);
  }

  /** The same tab with another page in it, or the same page again. */
  load(url: string = this.#url): void {
    forgetPage();
    this.#listeners.clear();
    this.#told.clear();
    this.#deeds.clear();
    this.#url = url;
  }

  emit(event: PageEvent): void {
    for (const listener of this.#listeners) {
      listener(event);
    }
  }
}

/** What the kit remembers on `globalThis` lives as long as a page. */
function forgetPage(): void {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('smart-elements/callback@0')];
}
