import type { PreparedAuthorization } from '../smart/authorization.js';
import type { Host, TabStorage } from './host.js';

/** A sign-in that is under way, as it is kept until the person comes back. */
export interface PendingLogin extends PreparedAuthorization {
  /** The provider element that it belongs to. */
  readonly name: string;
  /** Whether the person signs in in a window of its own: another page waits for the answer. */
  readonly isInWindow?: true;
  /** Whether an EHR began it. */
  readonly isLaunched?: true;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** How long a person has to sign in. */
export const pendingLoginLifetimeMs: number = 10 * 60_000;

export const loginPrefix = 'login/v1|';

/**
 * The sign-ins that are under way, in all tabs. Each can be taken once.
 *
 * Where the browser refuses the database, a sign-in is kept in the tab, or else in the page: never in two places, because
 * then it could be taken twice.
 */
export class PendingLogins {
  readonly #host: Host;
  readonly #spare: TabStorage;

  constructor(host: Host) {
    this.#host = host;
    this.#spare = host.tabStorage ?? pageStorage;
  }

  async add(login: PendingLogin): Promise<void> {
    const key = loginPrefix + login.state;
    await this.#host.records.set([[key, login]]).catch(() => {
      this.#spare.set(key, JSON.stringify(login));
    });
  }

  /** Looks without taking, to see whose it is. */
  async peek(state: string): Promise<PendingLogin | undefined> {
    const key = loginPrefix + state;
    return readPendingLogin((await this.#host.records.get(key).catch(() => undefined)) ?? this.#spareOf(key));
  }

  /** Of two callers only one gets it: a callback that is opened twice is exchanged once (SMART-39). */
  async take(state: string): Promise<PendingLogin | undefined> {
    const key = loginPrefix + state;
    const taken = (await this.#host.records.take(key).catch(() => undefined)) ?? this.#spareOf(key);
    this.#spare.remove(key);
    return readPendingLogin(taken);
  }

  async discard(state: string): Promise<void> {
    this.#spare.remove(loginPrefix + state);
    await this.#host.records.remove(loginPrefix + state).catch(() => undefined);
  }

  isExpired({ createdAt }: PendingLogin): boolean {
    return this.#host.now() - createdAt > pendingLoginLifetimeMs;
  }

  #spareOf(key: string): unknown {
    return JSON.parse(this.#spare.get(key) ?? 'null');
  }
}

const inPage = new Map<string, string>();

/** Lives as long as the page: enough for a sign-in in a window of its own. */
const pageStorage: TabStorage = {
  get: (key) => inPage.get(key),
  set: (key, value) => {
    inPage.set(key, value);
  },
  remove: (key) => {
    inPage.delete(key);
  },
};

export function readPendingLogin(value: unknown): PendingLogin | undefined {
  const isLogin =
    typeof value === 'object' && value !== null && 'codeVerifier' in value && 'createdAt' in value;
  return isLogin ? (value as PendingLogin) : undefined;
}
