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

export const loginPrefix = 'login/v1|';

/** The sign-ins that are under way, in all tabs. Each can be taken once. */
export class PendingLogins {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async add(login: PendingLogin): Promise<void> {
    await this.#host.records.set(loginPrefix + login.state, login);
  }

  /** Looks without taking, to see whose it is. */
  async peek(state: string): Promise<PendingLogin | undefined> {
    return readPendingLogin(await this.#host.records.get(loginPrefix + state));
  }

  /** Of two callers only one gets it: a callback that is opened twice is exchanged once (SMART-39). */
  async take(state: string): Promise<PendingLogin | undefined> {
    return readPendingLogin(await this.#host.records.take(loginPrefix + state));
  }

  async discard(state: string): Promise<void> {
    await this.#host.records.remove(loginPrefix + state);
  }

  isExpired({ createdAt }: PendingLogin): boolean {
    return this.#host.now() - createdAt > pendingLoginLifetimeMs;
  }
}

export function readPendingLogin(value: unknown): PendingLogin | undefined {
  const isLogin =
    typeof value === 'object' && value !== null && 'codeVerifier' in value && 'createdAt' in value;
  return isLogin ? (value as PendingLogin) : undefined;
}
