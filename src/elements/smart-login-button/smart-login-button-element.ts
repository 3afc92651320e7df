import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';

import type { Snapshot } from '../../session/session.js';
import { exclusiveState } from '../../ui/custom-state.js';
import { errorNotice } from '../../ui/error-notice.js';
import { requestSignIn, requestSignOut } from '../../ui/session-actions.js';
import { SessionController } from '../../ui/session-controller.js';
import { sharedStyles } from '../../ui/shared.styles.js';
import { styles } from './smart-login-button.styles.js';

/** What a press of the button does now. */
type Offer = 'sign-in' | 'sign-out' | 'retry' | 'busy' | 'relaunch' | 'none';

/**
 * Lets a person sign in to, or out of, the nearest `<smart-auth>`.
 *
 * @tagname smart-login-button
 * @slot sign-in - What the button says to someone who is signed out.
 * @slot sign-out - What the button says to someone who is signed in.
 * @slot busy - What the button says while the browser is leaving, or a code is being exchanged.
 * @slot retry - What the button says where sign-in could not be prepared.
 * @fires {SmartSignInEvent} smart-sign-in - Before the browser leaves. Cancel it to keep the person here.
 * @fires {SmartSignOutEvent} smart-sign-out - Before the session is forgotten. Cancel it to keep it.
 * @slot open-window - What the link says that stands in place of a window which the browser has blocked.
 * @csspart button - The native button.
 * @csspart link - That link.
 * @csspart label - What the button says.
 * @csspart spinner - The sign that something is under way.
 * @slot relaunch - What stands here once a session has ended that only the EHR can begin again.
 * @slot none - What stands here where the server asks nobody to sign in. Nothing by default.
 * @csspart error - Why the button is not connected to any session.
 * @cssstate sign-in - A press signs in.
 * @cssstate sign-out - A press signs out.
 * @cssstate retry - A press tries again to reach the server.
 * @cssstate busy - The browser is leaving, or a code is being exchanged; a press does nothing.
 * @cssstate relaunch - There is no button: only the EHR can begin this session again.
 * @cssstate none - There is no button: the server asks nobody to sign in.
 */
export class SmartLoginButtonElement extends LitElement {
  static override styles: CSSResultGroup = [sharedStyles, styles];

  static override properties: PropertyDeclarations = {
    htmlFor: { attribute: 'for' },
  };
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  /** The `id` of the `<smart-auth>` to use when it is not an ancestor. */
  htmlFor = '';

  readonly #session = new SessionController(this);
  readonly #showState = exclusiveState(this.attachInternals());

  protected override render(): TemplateResult {
    const { snapshot, problem } = this.#session;
    const offer = offerOf(snapshot);
    this.#showState(offer);
    if (problem) {
      return html`<div role="alert">${errorNotice(problem)}</div>`;
    }
    if (snapshot?.status === 'authorizing' && snapshot.signInUrl !== undefined) {
      return html`<a part="link" href=${snapshot.signInUrl} target="_blank" rel="opener"
        ><slot name="open-window">Open the sign-in page</slot></a
      >`;
    }
    if (offer === 'none') {
      return html`<slot name="none"></slot>`;
    }
    if (offer === 'relaunch') {
      // SMART-98: signing in by hand would be another sign-in, perhaps for another patient.
      return html`<span part="label"
        ><slot name="relaunch">Open this app again from your health record system.</slot></span
      >`;
    }
    return html`<button
      type="button"
      part="button"
      aria-disabled=${offer === 'busy' ? 'true' : 'false'}
      @click=${this.#press}
    >
      ${offer === 'busy' ? html`<span part="spinner" aria-hidden="true"></span>` : nothing}
      <span part="label">${labelOf(offer, snapshot)}</span>
    </button>`;
  }

  #press(): void {
    const { snapshot } = this.#session;
    switch (snapshot?.status) {
      case 'signed-out':
      case 'expired':
        requestSignIn(this, snapshot);
        break;
      case 'signed-in':
        requestSignOut(this, snapshot);
        break;
      case 'unavailable':
        snapshot.retry();
        break;
    }
  }
}

function offerOf(snapshot: Snapshot | undefined): Offer {
  switch (snapshot?.status) {
    case 'signed-out':
      return 'sign-in';
    case 'expired':
      return snapshot.recovery === 'relaunch' ? 'relaunch' : 'sign-in';
    case 'signed-in':
      return 'sign-out';
    case 'unavailable':
      return 'retry';
    case 'unprotected':
      return 'none';
    default:
      return 'busy';
  }
}

function labelOf(offer: Exclude<Offer, 'relaunch' | 'none'>, snapshot: Snapshot | undefined): TemplateResult {
  switch (offer) {
    case 'sign-in':
      return html`<slot name="sign-in"
        >${snapshot?.status === 'expired' ? 'Sign in again' : 'Sign in'}</slot
      >`;
    case 'sign-out':
      return html`<slot name="sign-out">Sign out</slot>`;
    case 'retry':
      return html`<slot name="retry">Try again</slot>`;
    case 'busy':
      return html`<slot name="busy">${busyText(snapshot)}</slot>`;
  }
}

function busyText(snapshot: Snapshot | undefined): string {
  switch (snapshot?.status) {
    case 'authorizing':
      return 'Going to sign-in…';
    case 'exchanging':
      return 'Signing in…';
    default:
      return 'One moment…';
  }
}
