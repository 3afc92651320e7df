import { ContextProvider } from '@lit/context';
import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';

import { SmartError } from '../../core/smart-error.js';
import type { AllowedIssuer } from '../../smart/issuers.js';
import type { JsonObject } from '../../smart/json-object.js';
import type { SessionAdapter } from '../../session/session-adapter.js';
import type { Session, SessionStatus, Snapshot } from '../../session/session.js';
import { exclusiveState } from '../../ui/custom-state.js';
import { errorNotice } from '../../ui/error-notice.js';
import { sessionContext } from '../../ui/session-context.js';
import { SmartExpiringEvent, SmartStatusChangeEvent } from '../../ui/session-events.js';
import { sharedStyles } from '../../ui/shared.styles.js';
import { announce } from './announce.js';
import { chooseSession, type SessionChoice } from './choose-session.js';
import { pageHost } from './page-host.js';
import { styles } from './smart-auth.styles.js';

/** What stands in place of a session until the element is connected. */
const beforeStart: Snapshot = Object.freeze({ id: '', status: 'starting', fhirBase: '', warnings: [] });

/**
 * Finds a FHIR server's sign-in, runs the SMART App Launch flow, keeps and renews the tokens, and offers the session to
 * the elements around it.
 *
 * A change of `fhir-base`, `tenant`, `client-id`, `name`, `backend`, `persist` or `kiosk` ends the session of this element
 * and starts another.
 *
 * @tagname smart-auth
 * @slot - The page, or the part of it, that uses the session.
 * @slot error - Shown in place of the default text while there is an error.
 * @fires {SmartStatusChangeEvent} smart-status-change - The session has a new snapshot, in `session`.
 * @fires {SmartSignedInEvent} smart-signed-in - Somebody has signed in, or a stored session was restored.
 * @fires {SmartSignedOutEvent} smart-signed-out - Nobody is signed in any more; `reason` says why.
 * @fires {SmartExpiringEvent} smart-expiring - The session ends soon, in `ending`. Cancel it to warn the person yourself.
 * @fires {SmartSessionExpiredEvent} smart-session-expired - The session has ended; `recovery` says what it needs.
 * @fires {SmartSessionReplacedEvent} smart-session-replaced - An EHR has opened the app anew; nothing of before is left.
 * @fires {SmartErrorEvent} smart-error - Something went wrong, in `error`; it is also on the page.
 * @csspart error - What went wrong, in words.
 * @csspart message - The first sentence of it.
 * @csspart server-words - What the server said of it.
 * @csspart fix - What can be done, and by whom.
 * @cssstate starting - Reading the address bar, restoring; or the page is put away.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate authorizing - The browser is on its way to the authorization server.
 * @cssstate exchanging - A code is being exchanged.
 * @cssstate signed-in - Usable.
 * @cssstate expired - Was signed in, cannot be renewed.
 * @cssstate unprotected - A server without authorization.
 * @cssstate unavailable - Sign-in cannot work as things are.
 */
export class SmartAuthElement extends LitElement {
  static override styles: CSSResultGroup = [sharedStyles, styles];

  static override properties: PropertyDeclarations = {
    fhirBase: { attribute: 'fhir-base' },
    clientId: { attribute: 'client-id' },
    scope: {},
    redirectUri: { attribute: 'redirect-uri' },
    name: {},
    tenant: {},
    issuers: {},
    extraParams: { attribute: 'extra-params' },
    idToken: { attribute: 'id-token' },
    configUrl: { attribute: 'config-url' },
    configuration: { attribute: false },
    display: {},
    allowUnprotected: { type: Boolean, attribute: 'allow-unprotected' },
    backend: {},
    adapter: { attribute: false },
    persist: {},
    idleTimeout: { type: Number, attribute: 'idle-timeout' },
    kiosk: { type: Boolean },
    endServerSession: { type: Boolean, attribute: 'end-server-session' },
    renewWithScope: { type: Boolean, attribute: 'renew-with-scope' },
    status: { reflect: true, useDefault: true },
  };

  /** The FHIR base URL of the server. `{tenant}` in it is filled from `tenant`. */
  fhirBase = '';

  /** The id that the server gave this app when it was registered. */
  clientId = '';

  /** What to ask for, separated by spaces. Read when a sign-in is prepared. */
  scope = '';

  /** Where the authorization server sends the person back to. Default: this page, without query and fragment. */
  redirectUri = '';

  /** Keeps the sessions of several `<smart-auth>` on one site apart. */
  name = 'default';

  /** The organisation at the server; fills `{tenant}` in `fhir-base`. */
  tenant = '';

  /**
   * Which FHIR servers may open the app (EHR launch): their base URLs, separated by spaces. Default: none. A script may
   * set a list, with a client id and scopes for each.
   */
  issuers: string | readonly AllowedIssuer[] = '';

  /** Further parameters of the authorization request, in the form of a query: `prompt=login&resource=…`. */
  extraParams = '';

  /** `strict` refuses a sign-in whose id_token has a flaw; `warn` goes on without a name, and says so. */
  idToken: 'strict' | 'warn' = 'warn';

  /** Where the server's configuration is, where scripts may not ask the server itself for it. */
  configUrl = '';

  /** The server's configuration, set by a script. Then nobody is asked for it. */
  configuration: JsonObject | undefined;

  /** Where the person signs in: in this window, in one of its own, or (`auto`) in one of its own where the page is framed. */
  display: 'auto' | 'redirect' | 'popup' = 'auto';

  /** Whether a server that names no place to sign in may be read without. */
  allowUnprotected = false;

  /**
   * Where a backend of the page keeps the tokens, such as `/smart`: then no token reaches the browser. `docs/backend.md`
   * says what it has to answer. What concerns signing in is the backend’s to know, and not set here.
   */
  backend = '';

  /** A session of the page’s own, set by a script: a token that it has, or a function that reads records. */
  adapter: SessionAdapter | undefined;

  /**
   * Where the tokens are kept: in the page alone (`memory`), for as long as the tab lives (`tab`), or in the browser, for all
   * tabs and a day at most (`browser`).
   */
  persist: 'memory' | 'tab' | 'browser' = 'tab';

  /** How long the person may do nothing before they are signed out, in seconds, at least 30. Default: 12 hours. */
  idleTimeout: number | undefined;

  /**
   * For computers that many people use: nothing is stored, the idle timeout is 2 minutes where none is set, nothing of
   * the session is shown while nobody looks at the page, and leaving it signs out.
   */
  kiosk = false;

  /**
   * Whether signing out goes on to the server’s own sign-out page, where it names one. It comes back to `redirect-uri`,
   * which has to be registered at the server for that too.
   */
  endServerSession = false;

  /** Whether the granted scopes are sent at each renewal: some servers insist on it, others refuse it. */
  renewWithScope = false;

  /** Where the session is; read-only. */
  status: SessionStatus = 'starting';

  readonly #showState = exclusiveState(this.attachInternals());
  readonly #provider = new ContextProvider(this, { context: sessionContext, initialValue: beforeStart });
  #session: Session | undefined;
  /** The session of before the element was taken off the page. */
  #left: Session | undefined;
  /** Stands for the attempt to begin that counts: a session may have to be loaded first. */
  #beginning: object | undefined;
  #endSubscription: (() => void) | undefined;
  /** The end that was told of. */
  #warned: { readonly at: number; readonly isTakenOver: boolean } | undefined;

  /** The current snapshot of the session, for scripts. It never holds a token. */
  get session(): Snapshot {
    return this.#provider.value;
  }

  /**
   * Takes the answer of the authorization server, where the platform takes it out of the address before any script runs.
   *
   * @param answer `code` and `state`, or `error` and `state`, in the form of a query.
   */
  async completeSignIn(answer: string | URLSearchParams): Promise<void> {
    await this.#session?.completeSignIn(answer);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#beginning) {
      this.#begin();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A moved element is connected again within this task and keeps its session; what is stored is there for the others.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#endSubscription?.();
        this.#session?.stop();
        this.#left = this.#session ?? this.#left;
        this.#session = undefined;
        this.#beginning = undefined;
        // Elements elsewhere that name this one must not go on showing what it had.
        this.#take(beforeStart);
      }
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = ['fhirBase', 'tenant', 'clientId', 'name', 'backend', 'persist', 'kiosk'].some((name) =>
      changed.has(name as keyof SmartAuthElement),
    );
    if (isOther) {
      // The session was for what the page said before. It must not be there when the page says that again.
      const session = this.#session ?? this.#left;
      session?.stop();
      session?.signOut().catch(() => undefined);
    }
    if (!this.#beginning || [...changed.keys()].some((name) => name !== 'status')) {
      this.#begin();
    }
  }

  protected override render(): TemplateResult {
    const { error } = this.session;
    return html`${error ? html`<slot name="error"><div role="alert">${errorNotice(error)}</div></slot>` : nothing}<slot
      ></slot>`;
  }

  #begin(): void {
    if (!this.isConnected) {
      return;
    }
    this.#endSubscription?.();
    this.#session?.stop();
    this.#session = undefined;
    const beginning = (this.#beginning = {});
    const session = chooseSession(this.#choice, pageHost());
    if (!(session instanceof Promise)) {
      this.#use(session);
      return;
    }
    this.#take(beforeStart);
    session.then(
      (loaded) => {
        // The page may say something else by now.
        if (beginning === this.#beginning && this.isConnected) {
          this.#use(loaded);
        }
      },
      (thrown: unknown) => {
        if (beginning === this.#beginning && SmartError.is(thrown)) {
          const retry = (): void => {
            this.#begin();
          };
          this.#take(Object.freeze({ ...beforeStart, status: 'unavailable', error: thrown, retry }));
        }
      },
    );
  }

  get #choice(): SessionChoice {
    return {
      fhirBase: this.fhirBase,
      clientId: this.clientId,
      scope: this.scope,
      tenant: this.tenant,
      redirectUri: this.redirectUri,
      name: this.name,
      issuers: this.issuers,
      extraParameters: this.extraParams,
      idToken: this.idToken,
      configUrl: this.configUrl,
      configuration: this.configuration,
      display: this.display,
      allowUnprotected: this.allowUnprotected,
      persist: this.persist,
      // Null where the attribute was taken away.
      idleTimeout: this.idleTimeout ?? undefined,
      kiosk: this.kiosk,
      endServerSession: this.endServerSession,
      renewsWithScope: this.renewWithScope,
      hasClientSecret: this.hasAttribute('client-secret'),
      backend: this.backend,
      adapter: this.adapter,
    };
  }

  #use(session: Session): void {
    this.#session = session;
    this.#left = undefined;
    this.#endSubscription = session.subscribe((snapshot) => {
      this.#take(snapshot);
    });
    this.#take(session.snapshot);
    session.start().catch(() => undefined);
  }

  #take(current: Snapshot): void {
    const before = this.session;
    const snapshot = this.#warn(current);
    this.status = snapshot.status;
    this.#showState(snapshot.status);
    this.#provider.setValue(snapshot);
    this.requestUpdate();
    this.dispatchEvent(new SmartStatusChangeEvent(snapshot));
    announce(this, before, snapshot);
  }

  /** Tells of an end that is near, once. @returns the same without it where the page warns the person itself. */
  #warn(snapshot: Snapshot): Snapshot {
    if (snapshot.status !== 'signed-in' || !snapshot.ending) {
      this.#warned = undefined;
      return snapshot;
    }
    const { ending } = snapshot;
    const warned =
      this.#warned?.at === ending.at
        ? this.#warned
        : { at: ending.at, isTakenOver: !this.dispatchEvent(new SmartExpiringEvent(ending)) };
    this.#warned = warned;
    return warned.isTakenOver ? Object.freeze({ ...snapshot, ending: undefined }) : snapshot;
  }
}
