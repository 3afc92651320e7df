import type { Host } from './host.js';

/** Where the tab remembers it. */
const key = 'smart-elements/owed-sign-out';

/**
 * A sign-out that a backend has not confirmed: until it has, a page that is loaded again would find the person signed in.
 */
export class OwedSignOut {
  readonly #host: Host;
  #id: string | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#id = host.tabStorage?.get(key);
  }

  /** The session that is to be over; undefined where nothing is owed. */
  get id(): string | undefined {
    return this.#id;
  }

  owe(id: string): void {
    this.#id = id;
    this.#host.tabStorage?.set(key, id);
  }

  /** @param send tells the backend, and returns whether it has confirmed. */
  async settle(send: (id: string) => Promise<boolean>): Promise<void> {
    const id = this.#id;
    if (id !== undefined && (await send(id)) && this.#id === id) {
      this.#id = undefined;
      this.#host.tabStorage?.remove(key);
    }
  }
}
