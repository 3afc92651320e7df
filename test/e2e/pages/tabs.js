// One of many tabs: asks for a record over and over, and tells the tab with the diary what becomes of it.
(() => {
  const { fetch } = window;
  // The answer of a sign-in comes to the page without what was in its address.
  const params = new URLSearchParams(location.search);
  const setting = (name) => {
    const value = params.get(name) ?? sessionStorage.getItem(name);
    sessionStorage.setItem(name, value);
    return value;
  };
  const tab = setting('tab');
  const pauseMs = Number(setting('pause'));
  // Each document is somebody else: what one has begun, another does not end.
  const doc = crypto.randomUUID().slice(0, 8);
  const diary = new window.BroadcastChannel('diary');
  const tell = (kind, more) => diary.postMessage({ tab, doc, at: Date.now(), kind, ...more });
  tell('loaded');

  addEventListener('error', ({ message }) => tell('fault', { message }));
  addEventListener('unhandledrejection', ({ reason }) => tell('fault', { message: String(reason) }));

  /** Without a network of its own; for engines in which a test cannot take it away. */
  let cable = new AbortController();
  window.setOffline = (isOffline) => {
    if (isOffline) {
      cable.abort(new TypeError('This tab is offline.'));
    } else {
      cable = new AbortController();
    }
    window.dispatchEvent(new Event(isOffline ? 'offline' : 'online'));
  };

  let renewals = 0;
  /** A renewal has in its address who asks, and when: so the server's log says which tab it was. */
  window.fetch = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const isRenewal = new URLSearchParams(init.body ?? '').get('grant_type') === 'refresh_token';
    if (isRenewal) {
      const renewal = { doc, renewal: ++renewals, since: Date.now() };
      Object.entries(renewal).forEach(([name, value]) => url.searchParams.set(name, value));
      tell('renewing', renewal);
    }
    const signal = AbortSignal.any([cable.signal, ...(init.signal ? [init.signal] : [])]);
    return fetch(url, { ...init, signal });
  };

  let last = {};
  document.addEventListener(
    'smart-status-change',
    ({ session: { status, id, refreshing = false, reason, error } }) => {
      if (last.refreshing && !refreshing) {
        // The kit has drawn its conclusions: what was answered is stored, for every tab.
        tell('settled', { renewal: renewals });
      }
      if (status !== last.status || id !== last.id) {
        tell('status', { status, id, reason, error: error?.code, before: last });
      }
      last = { status, id, refreshing };
    },
    true,
  );

  async function ask() {
    const { session } = document.querySelector('smart-auth');
    if (session?.status === 'signed-in') {
      const since = Date.now();
      const answer = await session
        .fetch(`Patient/${session.context.patient}`)
        .then(async (response) => ({ status: response.status, patient: (await response.json()).id }))
        .catch(({ code, name }) => ({ fault: typeof code === 'string' ? code : name }));
      tell('answer', { since, ...answer });
    }
  }

  async function askOverAndOver() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
      // A page has several elements, and all of them ask.
      await Promise.all([ask(), ask()]);
    }
  }
  addEventListener('DOMContentLoaded', askOverAndOver);
})();
