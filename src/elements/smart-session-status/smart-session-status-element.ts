import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';

import type { ExpiredSnapshot, SignedInSnapshot, SignedOutReason, Snapshot } from '../../session/session.js';
import { exclusiveState } from '../../ui/custom-state.js';
import { errorNotice } from '../../ui/error-notice.js';
import { remainingTime } from '../../ui/remaining-time.js';
import { requestSignIn, requestSignInAgain, requestSignOut } from '../../ui/session-actions.js';
import { SessionController } from '../../ui/session-controller.js';
import { sharedStyles } from '../../ui/shared.styles.js';
import { EndingController } from './ending-controller.js';
import { styles } from './smart-session-status.styles.js';

const signedOutTexts: Readonly<Record<SignedOutReason, string>> = {
  initial: 'You are not signed in.',
  'signed-out': 'You have signed out.',
  'signed-out-elsewhere': 'You were signed out in another tab.',
  denied: 'You are not signed in: access was not allowed.',
  idle: 'You were signed out because nothing happened for a while.',
};

/**
 * Says who is signed in, for how long, and whether that will be extended; and asks to sign in again when it cannot.
 *
 * The remaining time is shown only where it matters: a session that renews itself has no end to count down to. Before a
 * session ends, a dialog says so, and lets the person stay, or sign in again where nothing can be extended.
 *
 * @tagname smart-session-status
 * @fires {SmartSignInEvent} smart-sign-in - Before the browser leaves to sign in again. Cancel it to keep the person here.
 * @csspart mark - The sign beside the text: a filled circle, an empty one, or a diamond.
 * @csspart label - What comes before a value.
 * @csspart value - Who is signed in; how long.
 * @csspart notice - Something that the person, or whoever runs page or server, should know.
 * @csspart error - Why the element is not connected to any session.
 * @fires {SmartSignOutEvent} smart-sign-out - Before an ended session is taken off the page. Cancel it to keep it.
 * @csspart button - The buttons to sign in again, and to take what was shown off the page.
 * @csspart dialog - The dialog that warns before the session ends.
 * @csspart heading - Its heading.
 * @csspart spoken - The time left, for screen readers.
 * @csspart actions - Its buttons, together.
 * @csspart link - The link to where a person sees and ends what this app may read.
 * @cssstate starting - Reading the address bar, restoring.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate authorizing - The browser is on its way to the authorization server.
 * @cssstate exchanging - A code is being exchanged.
 * @cssstate signed-in - Somebody is signed in.
 * @cssstate expired - The session has ended.
 * @cssstate unprotected - A server without authorization.
 * @cssstate unavailable - Sign-in cannot work as things are.
 */
export class SmartSessionStatusElement extends LitElement {
  static override styles: CSSResultGroup = [sharedStyles, styles];

  static override properties: PropertyDeclarations = {
    htmlFor: { attribute: 'for' },
    warning: {},
  };

  /** The `id` of the `<smart-auth>` to use when it is not an ancestor. */
  htmlFor = '';

  /** How a person is warned that they will be signed out: by a dialog over the page, or in this place only. */
  warning: 'dialog' | 'inline' = 'dialog';

  readonly #session = new SessionController(this);
  readonly #showState = exclusiveState(this.attachInternals());
  readonly #ending = new EndingController(
    this,
    () => this.#session.snapshot,
    () => this.warning !== 'inline',
  );

  protected override render(): TemplateResult {
    const { snapshot, problem } = this.#session;
    if (problem) {
      return html`<div role="alert">${errorNotice(problem)}</div>`;
    }
    this.#showState(snapshot?.status ?? 'starting');
    const sentence = html`<span part="mark" aria-hidden="true"></span
      >${snapshot ? this.#sentence(snapshot) : 'One moment…'}`;
    // One live region for the sentence that changes with the status; the time beside it is not announced. What ends by
    // itself is said at once: the person may be in the middle of something.
    return html`
      ${
        hasEndedByItself(snapshot)
          ? html`<p role="alert">${sentence}</p>`
          : html`<p role="status">
              ${sentence}${this.#ending.hasExtended ? ' · You stay signed in.' : nothing}
            </p>`
      }
      ${snapshot?.status === 'signed-in' ? [this.#duration(snapshot), manageLink(snapshot)] : nothing}
      ${snapshot?.status === 'expired' ? this.#again(snapshot) : nothing} ${this.#ending.template}
      ${snapshot?.warnings.filter(({ who }) => who !== 'page').map((warning) => errorNotice(warning, 'notice'))}
    `;
  }

  #sentence(snapshot: Snapshot): TemplateResult | string {
    switch (snapshot.status) {
      case 'signed-out':
        return signedOutTexts[snapshot.reason];
      case 'signed-in':
        return signedInText(snapshot);
      case 'authorizing':
        return 'Going to the sign-in page…';
      case 'exchanging':
        return 'Signing in…';
      case 'expired':
        return 'Your sign-in has ended.';
      case 'unprotected':
        return 'This server does not ask anyone to sign in.';
      case 'unavailable':
        return 'Signing in is not possible at the moment.';
      case 'starting':
        return 'One moment…';
    }
  }

  #again(snapshot: ExpiredSnapshot): TemplateResult {
    const clear = html`<button
      type="button"
      part="button"
      @click=${() => {
        requestSignOut(this, snapshot);
      }}
    >
      Clear this page
    </button>`;
    if (snapshot.recovery === 'relaunch') {
      return html`<p>Open this app again from your health record system.</p>
        ${clear}`;
    }
    return html`
      <p>Sign in again to go on. You will come back to this place.</p>
      <button
        type="button"
        part="button"
        @click=${() => {
          requestSignIn(this, snapshot);
        }}
      >
        Sign in again
      </button>
      ${clear}
    `;
  }

  #duration(snapshot: SignedInSnapshot): TemplateResult {
    const { ending, expiresAt, refreshable, refreshing } = snapshot;
    if (ending?.extendable) {
      return html`<p>
          <span part="label">Nothing has happened here for a while. You will be signed out in</span>
          <span part="value" role="timer">${remainingTime(ending.at - Date.now())}</span>.
        </p>
        <button
          type="button"
          part="button"
          aria-disabled=${this.#ending.isExtending ? 'true' : 'false'}
          @click=${() => {
            this.#ending.stay();
          }}
        >
          Stay signed in
        </button>`;
    }
    const endsAt = ending?.at ?? (refreshable ? undefined : expiresAt);
    if (endsAt !== undefined) {
      return html`<p>
          <span part="label">Ends in</span>
          <span part="value" role="timer">${remainingTime(endsAt - Date.now())}</span>
          <span part="label">and cannot be extended.</span>
        </p>
        ${ending && snapshot.recovery === 'sign-in' ? this.#againNow(snapshot) : nothing}`;
    }
    if (refreshing) {
      return html`<p part="label">Extending your sign-in…</p>`;
    }
    return html`<p part="label">
      ${
        refreshable
          ? 'It is extended by itself while you use this page.'
          : 'The server does not say for how long.'
      }
      ${
        snapshot.idleLimit <= longestIdleLimitToldMs
          ? `You are signed out after ${remainingTime(snapshot.idleLimit)} without activity.`
          : nothing
      }
    </p>`;
  }

  #againNow(snapshot: SignedInSnapshot): TemplateResult {
    return html`<button
      type="button"
      part="button"
      @click=${() => {
        requestSignInAgain(this, snapshot);
      }}
    >
      Sign in again now
    </button>`;
  }
}

/** WCAG 2.2, 2.2.6: a limit that a person may meet is told in advance; half a day is no such limit. */
const longestIdleLimitToldMs = 2 * 3_600_000;

function hasEndedByItself(snapshot: Snapshot | undefined): boolean {
  return snapshot?.status === 'expired' || (snapshot?.status === 'signed-out' && snapshot.reason === 'idle');
}

function signedInText({ user }: SignedInSnapshot): TemplateResult | string {
  if (user?.name !== undefined) {
    return html`<span part="label">Signed in as</span> <bdi part="value">${user.name}</bdi>`;
  }
  return 'Signed in';
}

/** SMART-102: where the server lets a person see what apps may read, and end it. */
function manageLink({ server: { managementEndpoint } }: SignedInSnapshot): TemplateResult | typeof nothing {
  return managementEndpoint === undefined
    ? nothing
    : html`<p>
        <a part="link" href=${managementEndpoint} target="_blank" rel="noopener noreferrer"
          >See or end what this app may read (opens a new window)</a
        >
      </p>`;
}
