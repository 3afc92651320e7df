import type { PreparedAuthorization } from '../smart/authorization.js';
import type { Host } from './host.js';

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

const prefix = 'login/v1|';

/** The sign-ins that are under way, in all tabs. Each can be taken once. */
export class PendingLogins {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async add(login: PendingLogin): Promise<void> {
    await this.#host.records.set(prefix + login.state, login);
  }

  /** Looks without taking, to see whose it is. */
  async peek(state: string): Promise<PendingLogin | undefined> {
    return read(await this.#host.records.get(prefix + state));
  }

  /** Of two callers only one gets it: a callback that is opened twice is exchanged once (SMART-39). */
  async take(state: string): Promise<PendingLogin | undefined> {
    return read(await this.#host.records.take(prefix + state));
  }

  async discard(state: string): Promise<void> {
    await this.#host.records.remove(prefix + state);
  }

  isExpired({ createdAt }: PendingLogin): boolean {
    return this.#host.now() - createdAt > pendingLoginLifetimeMs;
  }

  /** Removes the sign-ins that nobody came back from. */
  async sweep(): Promise<void> {
    for (const [key, value] of await this.#host.records.entries()) {
      const login = key.startsWith(prefix) ? read(value) : undefined;
      // Kept for a while past its end, so that a late return is told what happened.
      if (login && this.#host.now() - login.createdAt > 2 * pendingLoginLifetimeMs) {
        await this.#host.records.remove(key);
      }
    }
  }
}

function read(value: unknown): PendingLogin | undefined {
  const isLogin =
    typeof value === 'object' && value !== null && 'codeVerifier' in value && 'createdAt' in value;
  return isLogin ? (value as PendingLogin) : undefined;
}
