/** Chromium's own windows are web pages as well; they are nobody's business here. */
const ofPages = [
  ...['page', 'iframe', 'worker', 'shared_worker', 'service_worker'].map((type) => ({ type })),
  { exclude: true },
];

/**
 * Follows the tabs of a Chromium and the frames in processes of their own: which session speaks to which target, and
 * which script context belongs to which frame. Also collects what pages say and request.
 */
export class CdpTargets {
  #connection;
  #contexts = new Map();
  #requests = new Map();
  #offline = false;

  /** Session ids by target id, of tabs and of frames. */
  sessions = new Map();
  /** Target ids of the tabs, the oldest first. */
  tabs = [];
  log = { console: [], errors: [] };
  requests = [];

  constructor(connection) {
    this.#connection = connection;
    connection.listen((event) => this.#hear(event));
  }

  start() {
    return this.#attachIn(undefined);
  }

  /** Each new target waits until it is listened to, so that nothing of its beginning is missed. */
  #attachIn(sessionId) {
    const options = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: ofPages };
    return this.#connection.send('Target.setAutoAttach', options, sessionId);
  }

  /** The default script context of a frame within a session; undefined while it has none. */
  contextOf(sessionId, frameId) {
    return this.#contexts.get(`${sessionId} ${frameId}`);
  }

  async setOffline(isOffline) {
    this.#offline = isOffline;
    await Promise.all([...this.sessions.values()].map((sessionId) => this.#applyNetwork(sessionId)));
  }

  #applyNetwork(sessionId) {
    const conditions = { offline: this.#offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    return this.#connection.send('Network.emulateNetworkConditions', conditions, sessionId);
  }

  async #attach({ sessionId, targetInfo: { targetId, type } }) {
    if (type === 'page') {
      this.tabs.push(targetId);
    }
    this.sessions.set(targetId, sessionId);
    const send = (method, params) => this.#connection.send(method, params, sessionId);
    const isFrame = type === 'page' || type === 'iframe';
    const done = [
      ...(isFrame ? [send('Page.enable'), send('Page.setLifecycleEventsEnabled', { enabled: true })] : []),
      // A page without the focus would not blur, show focus rings or run its timers as one in front does.
      ...(type === 'page' ? [send('Emulation.setFocusEmulationEnabled', { enabled: true })] : []),
      send('Runtime.enable'),
      send('Network.enable'),
      ...(this.#offline ? [this.#applyNetwork(sessionId)] : []),
      this.#attachIn(sessionId),
      send('Runtime.runIfWaitingForDebugger'),
    ];
    // Workers and such do not have every domain.
    await Promise.allSettled(done);
  }

  #detach(sessionId) {
    for (const [targetId, session] of this.sessions) {
      if (session === sessionId) {
        this.sessions.delete(targetId);
        this.tabs = this.tabs.filter((tab) => tab !== targetId);
      }
    }
    this.#clearContexts(sessionId);
    this.#connection.forget(sessionId);
  }

  #clearContexts(sessionId, id) {
    for (const [key, context] of this.#contexts) {
      if (key.startsWith(`${sessionId} `) && (id === undefined || context === id)) {
        this.#contexts.delete(key);
      }
    }
  }

  #hear({ method, params, sessionId }) {
    switch (method) {
      case 'Target.attachedToTarget':
        void this.#attach(params);
        break;
      case 'Target.detachedFromTarget':
        this.#detach(params.sessionId);
        break;
      case 'Runtime.executionContextCreated': {
        const { id, auxData } = params.context;
        if (auxData?.isDefault) {
          this.#contexts.set(`${sessionId} ${auxData.frameId}`, id);
        }
        break;
      }
      case 'Runtime.executionContextDestroyed':
        this.#clearContexts(sessionId, params.executionContextId);
        break;
      case 'Runtime.executionContextsCleared':
        this.#clearContexts(sessionId);
        break;
      case 'Page.javascriptDialogOpening':
        // As WebDriver has it: leaving a page is not in doubt, every other question is dismissed.
        void this.#connection
          .send('Page.handleJavaScriptDialog', { accept: params.type === 'beforeunload' }, sessionId)
          .catch(() => undefined);
        break;
      default:
        this.#collect(method, params);
    }
  }

  #collect(method, params) {
    if (method === 'Runtime.consoleAPICalled') {
      const text = params.args.map(({ value, description }) => String(value ?? description)).join(' ');
      this.log.console.push({ level: params.type, text });
    } else if (method === 'Runtime.exceptionThrown') {
      const { exception, text } = params.exceptionDetails;
      this.log.errors.push(exception?.description ?? `${text} ${String(exception?.value ?? '')}`.trim());
    } else if (method === 'Network.requestWillBeSent') {
      const { requestId, request, type, redirectResponse } = params;
      if (redirectResponse) {
        this.#requests.get(requestId).status = redirectResponse.status;
      }
      const entry = { url: request.url, method: request.method, type, status: undefined };
      this.#requests.set(requestId, entry);
      this.requests.push(entry);
    } else if (method === 'Network.responseReceived') {
      const entry = this.#requests.get(params.requestId);
      if (entry) {
        entry.status = params.response.status;
      }
    }
  }
}
