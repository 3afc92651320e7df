import type { PageEvent } from './host.js';

/** Listens to what becomes of the page. @returns a function that ends it. */
export function listenToPage(listener: (event: PageEvent) => void): () => void {
  const ended = new AbortController();
  const on = (target: EventTarget, type: string, eventOf: (event: Event) => PageEvent | undefined): void => {
    target.addEventListener(
      type,
      (event) => {
        const what = eventOf(event);
        if (what) {
          listener(what);
        }
      },
      { signal: ended.signal },
    );
  };
  on(window, 'online', () => 'online');
  // `unload` would keep the page from being restored; and a page that is restored is a new one only without `persisted`.
  on(window, 'pagehide', () => 'left');
  on(window, 'pageshow', (event) => ('persisted' in event && event.persisted ? 'restored' : undefined));
  on(document, 'visibilitychange', () => (document.visibilityState === 'visible' ? 'visible' : 'hidden'));
  on(document, 'freeze', () => 'frozen');
  on(document, 'resume', () => 'resumed');
  return () => {
    ended.abort();
  };
}

// Not `scroll` and `focusin`: a script causes them too. `click` and `input` also come from speech and screen readers.
const deeds = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'click', 'input'];
const atMostEveryMs = 1_000;

/** Listens to what the person does anywhere on the page. @returns a function that ends it. */
export function listenToActivity(listener: () => void): () => void {
  let last = 0;
  const heard = ({ isTrusted, timeStamp }: Event): void => {
    // What a script makes up is no sign of a person.
    if (isTrusted && timeStamp - last >= atMostEveryMs) {
      last = timeStamp;
      listener();
    }
  };
  const options = { capture: true, passive: true };
  for (const deed of deeds) {
    addEventListener(deed, heard, options);
  }
  return () => {
    for (const deed of deeds) {
      removeEventListener(deed, heard, options);
    }
  };
}
