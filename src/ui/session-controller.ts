import { ContextEvent, ContextRoot } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { providerError } from '../core/errors/provider.js';
import { SmartError } from '../core/smart-error.js';
import type { Snapshot } from '../session/session.js';
import { sessionContext } from './session-context.js';

/** An element that uses a session: of the nearest `<smart-auth>` around it, or of the one whose `id` is in `for`. */
export type SessionConsumer = ReactiveControllerHost & HTMLElement & { htmlFor: string };

/** Set on `globalThis` once the page has a ContextRoot of the kit's, whichever copy of the kit attached it. */
const rootAttached = Symbol.for('smart-elements/context-root');

/**
 * Gives an element the snapshot of its session, and asks for an update whenever that changes.
 *
 * The provider may be upgraded later than the element, the element may be moved to another provider or out of all of
 * them, and either may sit in a shadow root.
 */
export class SessionController implements ReactiveController {
  readonly #host: SessionConsumer;
  #snapshot: Snapshot | undefined;
  #unsubscribe: (() => void) | undefined;
  #htmlFor: string | undefined;
  /** The element that `for` names. */
  #named: Element | null = null;
  /** Counts the searches, so that an answer to an earlier one is not taken for the present one. */
  #search = 0;

  constructor(host: SessionConsumer) {
    this.#host = host;
    host.addController(this);
  }

  /** The current snapshot; undefined while no provider has answered. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /**
   * Why there is no snapshot, once it is clear that none will come by itself: the page has loaded, and nobody
   * answered.
   */
  get problem(): SmartError | undefined {
    if (this.#snapshot || document.readyState !== 'complete') {
      return undefined;
    }
    const tag = this.#host.localName;
    return this.#htmlFor
      ? providerError('unknown-provider', { values: { tag, value: this.#htmlFor } })
      : providerError('no-provider', { values: { tag } });
  }

  hostConnected(): void {
    attachContextRoot();
    document.addEventListener('readystatechange', this.#onPageProgress);
    // Before any provider hears of it: the nearest one around a new one stops the event.
    document.addEventListener('context-provider', this.#onProvider, true);
    this.#find();
  }

  hostDisconnected(): void {
    document.removeEventListener('readystatechange', this.#onPageProgress);
    document.removeEventListener('context-provider', this.#onProvider, true);
    // A moved element is connected again within this task; only one that stays away loses its session.
    queueMicrotask(() => {
      if (!this.#host.isConnected) {
        this.#leave();
      }
    });
  }

  hostUpdate(): void {
    if (this.#host.isConnected && this.#htmlFor !== this.#host.htmlFor) {
      this.#find();
    }
  }

  readonly #onPageProgress = (): void => {
    this.#host.requestUpdate();
  };

  /** A provider has just come up: perhaps the one that `for` names, in place of another one of that name. */
  readonly #onProvider = (): void => {
    if (this.#htmlFor && (!this.#snapshot || findById(this.#host, this.#htmlFor) !== this.#named)) {
      this.#find();
    }
  };

  #find(): void {
    this.#leave();
    this.#htmlFor = this.#host.htmlFor;
    const search = ++this.#search;
    const take = (snapshot: Snapshot, unsubscribe?: () => void): void => {
      if (search !== this.#search) {
        unsubscribe?.();
        return;
      }
      if (unsubscribe !== this.#unsubscribe) {
        this.#unsubscribe?.();
        this.#unsubscribe = unsubscribe;
      }
      if (this.#named && !this.#named.isConnected) {
        // The named provider has gone, and with it what it had.
        this.#leave();
        return;
      }
      this.#snapshot = snapshot;
      this.#host.requestUpdate();
    };
    this.#named = this.#htmlFor ? findById(this.#host, this.#htmlFor) : null;
    if (!this.#htmlFor) {
      this.#host.dispatchEvent(new ContextEvent(sessionContext, this.#host, take, true));
      return;
    }
    // The request names a detached element as its origin: a provider that comes up between this element and the
    // named one would otherwise be handed the subscription. And it does not bubble: where the named one is not upgraded
    // yet, the one around it would answer.
    const request = new ContextEvent(sessionContext, document.createElement('span'), take, true);
    const { context, contextTarget, callback, subscribe } = request;
    this.#named?.dispatchEvent(
      Object.assign(new Event(request.type), { context, contextTarget, callback, subscribe }),
    );
  }

  #leave(): void {
    this.#search++;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#snapshot) {
      this.#snapshot = undefined;
      this.#host.requestUpdate();
    }
  }
}

/** Looks for an id in the element's own tree first, then in the document. */
function findById(from: Element, id: string): Element | null {
  const root = from.getRootNode();
  const near = root instanceof ShadowRoot ? root.getElementById(id) : null;
  return near ?? from.ownerDocument.getElementById(id);
}

/** A ContextRoot keeps the requests of elements that are upgraded before their provider. */
function attachContextRoot(): void {
  const page = globalThis as { [rootAttached]?: true };
  if (!page[rootAttached]) {
    page[rootAttached] = true;
    new ContextRoot().attach(document.documentElement);
  }
}
