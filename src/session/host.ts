/** What the page tells a session. */
export type PageEvent =
  /** It can be seen, or no longer. */
  | 'visible'
  | 'hidden'
  /** The network is back. */
  | 'online'
  /** The person has left it; the browser may keep it for the Back button, which restores it. */
  | 'left'
  | 'restored'
  /** The browser puts it to sleep to save power, and wakes it. */
  | 'frozen'
  | 'resumed';

/** What pages of this site tell each other. No message holds a token, and ids are worthless to whoever overhears them. */
export interface TabMessage {
  /** The id of a session that is over. */
  readonly ended?: string;
  /** Why, where that is not that somebody has signed out. */
  readonly reason?: 'idle';
  /** The id of a session whose tokens are others now, or gone: what is stored says which. */
  readonly changed?: string;
  /** The id of a session whose person has just done something. */
  readonly active?: string;
  /** Where a session has begun that other tabs may take up. */
  readonly began?: string;
  /** An answer of the authorization server, for the page that opened this window. PKCE makes it worthless to others. */
  readonly answer?: { readonly state: string; readonly query: string };
  /** The `state` of an answer that somebody has taken. */
  readonly taken?: string;
}

/** A window for signing in. */
export interface SignInWindow {
  /** @param formAction posts the query of `url` there (SMART-30). */
  go(url: string, formAction?: string): void;
  tell(message: TabMessage): void;
  close(): void;
  /** A hint only: a server that isolates its pages makes a window look closed that is not. */
  readonly isClosed: boolean;
}

/** Text that lives as long as the tab, such as `sessionStorage`. */
export interface TabStorage {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/**
 * Values that outlive the page and are seen by all tabs, such as IndexedDB. Every method is one transaction, and rejects
 * with a `TimeoutError` where the browser does not answer within some seconds.
 */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  /** Writes all of them, or none. */
  set(entries: readonly (readonly [key: string, value: unknown])[]): Promise<void>;
  /** Removes all of them at once. */
  remove(...keys: readonly string[]): Promise<void>;
  /** Reads and removes at once: of two callers only one gets the value. */
  take(key: string): Promise<unknown>;
  /** Replaces a value by what `change` makes of it; `undefined` leaves it as it is. @returns whether it was replaced. */
  replace(key: string, change: (value: unknown) => unknown): Promise<boolean>;
  entries(): Promise<readonly (readonly [key: string, value: unknown])[]>;
}

/** Everything of the platform that a session touches, so that a test can run a day in a millisecond. */
export interface Host {
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, after some milliseconds. @returns a function that calls it off. */
  setTimer(callback: () => void, delayMs: number): () => void;
  /** The address of the page as it is now. */
  pageUrl(): string;
  /** Changes the address without leaving the page. */
  showUrl(url: string): void;
  /** Leaves the page; Back returns to it. @param formAction posts the query of `url` there (SMART-30). */
  navigate(url: string, formAction?: string): void;
  /** Leaves the page; Back does not return to it. */
  replacePage(url: string): void;
  onPageEvent(listener: (event: PageEvent) => void): () => void;
  /** Calls back when the person does something on the page: at most once a second. */
  onActivity(listener: () => void): () => void;
  readonly isVisible: boolean;
  /** Tells all pages of this site, this one too, and the page that has opened this one as a window. */
  tell(message: TabMessage): void;
  onTold(listener: (message: TabMessage) => void): () => void;
  /** Opens an empty window. Only within a click, before anything is waited for. @returns undefined where it is blocked. */
  openWindow(): SignInWindow | undefined;
  /** Whether it is the page's own policy that keeps it from asking an address. */
  isBlockedByPolicy(url: string): Promise<boolean>;
  /** Closes the window that this page is in, where a script has opened it. */
  closeWindow(): void;
  /** Whether another page has opened this one as a window, and the tie was not cut. */
  readonly isOpened: boolean;
  /** Whether the page is shown inside another one. */
  readonly isFramed: boolean;
  /** Whether the page has an origin of its own making, which is nobody's: then no window can give it an answer. */
  readonly isSandboxed: boolean;
  /** Whether the page has what a session needs: cryptography, locks. Without a secure context it has neither. */
  readonly isSecure: boolean;
  /** Undefined where the browser refuses it. */
  readonly tabStorage: TabStorage | undefined;
  readonly records: RecordStore;
  /**
   * Runs `task` while no other tab runs one of the same name.
   *
   * Rejects with a `TimeoutError` where its turn does not come within `patienceMs`; then `task` does not run.
   */
  withLock<T>(name: string, patienceMs: number, task: () => Promise<T>): Promise<T>;
}
