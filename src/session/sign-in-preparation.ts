import { inWords } from '../core/fault.js';
import { sessionError } from '../core/errors/session.js';
import type { SmartError } from '../core/smart-error.js';
import type { ClientSettings } from '../smart/client-settings.js';
import { discoverEndpoints } from '../smart/discovery.js';
import { splitScope } from '../smart/scope.js';
import type { Discovered } from '../smart/server-configuration.js';
import type { Host } from './host.js';
import { loadSignInPart } from './load-sign-in-part.js';
import { pendingLoginLifetimeMs, type PendingLogins, type PendingLogin } from './pending-logins.js';

/** The person needs time of their own: a prepared login that is older than this is made afresh. */
const freshForMs = pendingLoginLifetimeMs / 2;

/**
 * Does everything that a sign-in needs before anyone asks for it: the endpoints, the random values, the stored pending
 * login. A click then has nothing left to wait for.
 */
export class SignInPreparation {
  readonly #host: Host;
  readonly #settings: ClientSettings;
  readonly #logins: PendingLogins;
  #discovered: Promise<Discovered> | undefined;
  #login: Promise<PendingLogin> | undefined;
  #cancelTimer: (() => void) | undefined;
  #warnings: readonly SmartError[] = [];
  readonly #isInWindow: boolean;
  #launch: string | undefined;
  #isStopped = false;
  #isStoredAhead = true;
  /** The `state` of the login that is stored. */
  #stored: string | undefined;

  /**
   * @param isInWindow whether the person signs in in a window of its own.
   * @param launch what an EHR gave, for the first attempt only (SMART-16).
   */
  constructor(
    host: Host,
    settings: ClientSettings,
    logins: PendingLogins,
    isInWindow: boolean,
    launch: string | undefined,
  ) {
    this.#host = host;
    this.#settings = settings;
    this.#logins = logins;
    this.#isInWindow = isInWindow;
    this.#launch = launch;
  }

  /** What discovery found wanting. */
  get warnings(): readonly SmartError[] {
    return this.#warnings;
  }

  /**
   * A login that is young enough to leave with.
   *
   * @throws {SmartError} `discovery/…`; the next call tries again.
   */
  async ready(): Promise<PendingLogin> {
    const login = await (this.#login ??= this.#prepare());
    if (this.#host.now() - login.createdAt < freshForMs) {
      return login;
    }
    return this.#replace(login);
  }

  /** The same, stored: the page can be left. */
  async readyToLeave(): Promise<PendingLogin> {
    this.#isStoredAhead = true;
    const login = await this.ready();
    await this.#store(login);
    return login;
  }

  /** Nothing is stored until the person asks to sign in: they have signed out, and nothing of theirs is to be left here. */
  leaveNothing(): void {
    this.#isStoredAhead = false;
    this.#discardStored();
  }

  /** The prepared login is on its way: another attempt needs another one. */
  spend(): void {
    this.#drop();
    this.#launch = undefined;
  }

  /** Forgets a prepared login that nobody left with. */
  stop(): void {
    this.#isStopped = true;
    this.#discardStored();
    this.spend();
  }

  #discardStored(): void {
    this.#login
      ?.then(
        ({ state }) => {
          this.#stored = undefined;
          return this.#logins.discard(state);
        },
        () => undefined,
      )
      .catch(() => undefined);
  }

  /** Once for each login. */
  async #store(login: PendingLogin): Promise<void> {
    if (this.#stored !== login.state) {
      this.#stored = login.state;
      await this.#logins.add(login);
    }
  }

  #drop(): void {
    this.#cancelTimer?.();
    this.#login = undefined;
  }

  #replace({ state }: PendingLogin): Promise<PendingLogin> {
    this.#drop();
    this.#logins.discard(state).catch(() => undefined);
    this.#login = this.#prepare();
    return this.#login;
  }

  #expectStillWanted(): void {
    if (this.#isStopped) {
      throw sessionError('superseded');
    }
  }

  #discover(): Promise<Discovered> {
    const host = this.#host;
    const { fhirBase, configUrl, configuration } = this.#settings;
    const pause = (ms: number): Promise<void> => new Promise((resolve) => host.setTimer(resolve, ms));
    return discoverEndpoints(fhirBase, { fetch: host.fetch, configUrl, configuration, pause }).catch(
      async (thrown: unknown) => {
        throw await import('./discovery-failure.js').then(
          ({ explainFailure }) => explainFailure(thrown, host, configUrl ?? fhirBase),
          () => thrown,
        );
      },
    );
  }

  async #prepare(): Promise<PendingLogin> {
    try {
      const advisor = loadAdvisor();
      this.#discovered ??= this.#discover();
      const [{ prepareAuthorization }, { configuration, warnings }] = await Promise.all([
        loadSignInPart(),
        this.#discovered,
      ]);
      const { fhirBase, clientId, redirectUri, scope, name, extraParameters, persist } = this.#settings;
      const launch = this.#launch;
      const asked = scopeFor(scope, launch);
      const advised = (await advisor)?.adviseScope(asked, configuration.capabilities, persist);
      this.#warnings = [...warnings, ...(await inWords(advised?.warnings ?? []))];
      const authorization = await prepareAuthorization({
        fhirBase,
        clientId,
        redirectUri,
        scope: advised?.scope ?? asked,
        configuration,
        launch,
        extraParameters,
      });
      const login: PendingLogin = {
        ...authorization,
        name,
        createdAt: this.#host.now(),
        ...(launch !== undefined && { isLaunched: true }),
        ...(this.#isInWindow && { isInWindow: true }),
      };
      this.#expectStillWanted();
      if (this.#isStoredAhead) {
        await this.#store(login);
      }
      if (this.#isStopped) {
        await this.#logins.discard(login.state);
      }
      this.#expectStillWanted();
      this.#cancelTimer = this.#host.setTimer(() => {
        // Whoever is ready() next hears of a failure.
        this.#replace(login).catch(() => undefined);
      }, freshForMs);
      return login;
    } catch (thrown) {
      // A failure is not remembered (SMART-12).
      this.#discovered = undefined;
      this.#login = undefined;
      throw thrown;
    }
  }
}

/** Loaded beside discovery, and nothing depends on it: without, the author's own words go out. */
function loadAdvisor(): Promise<typeof import('../smart/scope-syntax.js') | undefined> {
  return import('../smart/scope-syntax.js').catch(() => undefined);
}

/** SMART-15, SMART-16: `launch` is asked for with a launch of an EHR, and only with one. */
function scopeFor(scope: string, launch: string | undefined): string {
  const others = splitScope(scope).filter((one) => one !== 'launch');
  return [...(launch === undefined ? [] : ['launch']), ...others].join(' ');
}
