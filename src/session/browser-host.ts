import type { Host, TabMessage, TabStorage } from './host.js';
import { listenToActivity, listenToPage } from './page-events.js';
import { openRecordStore } from './record-store.js';
import { tabChannel } from './tab-channel.js';

/** The host that every session of this page shares: the browser itself. */
export function createBrowserHost(): Host {
  // Taken once: a script that wraps fetch() later does not see the tokens.
  const { fetch } = globalThis;
  return {
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    setTimer: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
    pageUrl: () => location.href,
    showUrl: (url) => {
      // The state object belongs to the page's router.
      history.replaceState(history.state, '', url);
    },
    navigate: (url, formAction) => {
      if (formAction !== undefined) {
        postTo(formAction, url, '_self', () => {
          location.assign(url);
        });
      } else {
        location.assign(url);
      }
    },
    replacePage: (url) => {
      location.replace(url);
    },
    onPageEvent: listenToPage,
    onActivity: listenToActivity,
    get isVisible() {
      return document.visibilityState === 'visible';
    },
    tell: (message) => {
      // A channel tells everybody but the one that speaks.
      for (const listener of [...listeners]) {
        listener(message);
      }
      tabChannel()?.postMessage(message);
      (globalThis.opener as Window | null)?.postMessage(message, origin);
    },
    onTold: listenToTabs,
    openWindow: () => {
      const name = `smart-elements-${crypto.randomUUID()}`;
      const opened = open('about:blank', name, 'popup,width=560,height=720');
      return opened
        ? {
            go: (url, formAction) => {
              const goTo = (): void => {
                opened.location.href = url;
              };
              if (formAction === undefined) {
                goTo();
              } else {
                postTo(formAction, url, name, goTo);
              }
            },
            close: () => {
              opened.close();
            },
            tell: (message) => {
              opened.postMessage(message, origin);
            },
            get isClosed() {
              return opened.closed;
            },
          }
        : undefined;
    },
    isBlockedByPolicy: async (url) => (await import('./policy-probe.js')).isBlockedByPolicy(url),
    closeWindow: () => {
      close();
    },
    isOpened: Boolean(globalThis.opener),
    isFramed: globalThis.self !== globalThis.top,
    isSandboxed: origin === 'null',
    isSecure: isSecureContext,
    tabStorage: openTabStorage(),
    records: openRecordStore(),
    withLock: (name, patienceMs, task) =>
      // The signal ends the waiting only: whoever has the lock keeps it.
      navigator.locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, task),
  };
}

/** Leaves by a form. Where the part for it cannot be had, the address has to do, however long. */
function postTo(endpoint: string, url: string, target: string, otherwise: () => void): void {
  import('./form-navigation.js').then((part) => {
    part.postTo(endpoint, url, target);
  }, otherwise);
}

const listeners = new Set<(message: TabMessage) => void>();

function listenToTabs(listener: (message: TabMessage) => void): () => void {
  const heard = (event: MessageEvent<TabMessage | null>): void => {
    // A window may be told things by any site; the channel is ours alone.
    if (event.origin === origin && typeof event.data === 'object') {
      listener(event.data ?? {});
    }
  };
  listeners.add(listener);
  tabChannel()?.addEventListener('message', heard);
  addEventListener('message', heard);
  return () => {
    listeners.delete(listener);
    tabChannel()?.removeEventListener('message', heard);
    removeEventListener('message', heard);
  };
}

/** Reading the property throws where storage is blocked, so that the probe is the access itself. */
function openTabStorage(): TabStorage | undefined {
  try {
    const storage = sessionStorage;
    const probe = 'smart-elements/probe';
    storage.setItem(probe, '');
    storage.removeItem(probe);
    return {
      get: (key) => storage.getItem(key) ?? undefined,
      set: (key, value) => {
        storage.setItem(key, value);
      },
      remove: (key) => {
        storage.removeItem(key);
      },
    };
  } catch {
    return undefined;
  }
}
