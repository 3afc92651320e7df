import { css, html, nothing, type CSSResult, type TemplateResult } from 'lit';

import type { SmartError } from '../../core/smart-error.js';
import type { Ending } from '../../session/endings.js';
import type { Recovery } from '../../session/session.js';
import { errorNotice } from '../../ui/error-notice.js';
import { remainingTime } from '../../ui/remaining-time.js';

/** What the dialog says. */
export interface EndingDialogState {
  readonly ending: Ending;
  readonly recovery: Recovery;
  /** Milliseconds until the end. */
  readonly leftMs: number;
  /** Milliseconds that were left when the dialog came up: what it said then is not said again. */
  readonly leftAtFirstMs: number;
  /** Whether the person has said that they are still here, and the server has not confirmed it yet. */
  readonly isExtending: boolean;
  /** Why that did not work. */
  readonly error: SmartError | undefined;
}

/** What the person can do in it. */
export interface EndingDialogActions {
  /** Stays where that is possible; otherwise puts the dialog away. */
  readonly stay: () => void;
  readonly signInAgain: () => void;
  readonly signOut: () => void;
}

const headings = {
  idle: 'Are you still there?',
  token: 'Your sign-in ends soon',
  server: 'Your sign-in ends soon',
  limit: 'Your sign-in ends soon',
} as const;

const reasons = {
  idle: 'Nothing has happened here for a while. To protect your health records, you will be signed out.',
  token: 'The health record server lets this sign-in last no longer.',
  server: 'The health record server lets this sign-in last no longer.',
  limit: 'To protect your health records, a sign-in lasts a day at most.',
} as const;

/** Milliseconds before the end at which the time left is spoken. Every second would drown everything else. */
const spokenAt = [120_000, 60_000, 30_000, 20_000];

/**
 * Warns of the end of a session, and offers what can be done about it (WCAG 2.2, 2.2.1).
 *
 * Only what the person needs is spoken: the text when the dialog comes up, then the time left at two minutes, one
 * minute, 30 and 20 seconds.
 */
export function endingDialog(state: EndingDialogState, actions: EndingDialogActions): TemplateResult {
  const { ending, leftMs } = state;
  return html`<dialog
    part="dialog"
    role="alertdialog"
    aria-labelledby="heading"
    aria-describedby="reason advice"
    @cancel=${(event: Event) => {
      // Escape means: I am still here. Whether the dialog goes is for the answer to say.
      event.preventDefault();
      actions.stay();
    }}
  >
    <h2 id="heading" part="heading">${headings[ending.cause]}</h2>
    <p id="reason">${reasons[ending.cause]}</p>
    <p id="advice">${advice(state)}</p>
    <p>
      <span part="label">Time left:</span>
      <span part="value" role="timer">${remainingTime(leftMs)}</span>
    </p>
    <p part="spoken" role="status">${spoken(state)}</p>
    ${state.error ? html`<div role="alert">${errorNotice(state.error)}</div>` : nothing}
    <div part="actions">${buttons(state, actions)}</div>
  </dialog>`;
}

function advice({ ending, recovery }: EndingDialogState): string {
  if (ending.extendable) {
    return 'Choose “Stay signed in” to go on.';
  }
  return recovery === 'relaunch'
    ? 'It cannot be extended. Finish what you are doing; then open this app again from your health record system.'
    : 'It cannot be extended. You can sign in again now: you will come back to this place.';
}

function spoken({ leftMs, leftAtFirstMs }: EndingDialogState): string {
  const passed = spokenAt.filter((mark) => mark < leftAtFirstMs && leftMs <= mark).at(-1);
  return passed === undefined ? '' : `${remainingTime(passed)} left.`;
}

function buttons(
  { ending, recovery, isExtending }: EndingDialogState,
  { stay, signInAgain, signOut }: EndingDialogActions,
): TemplateResult {
  if (ending.extendable) {
    return html`${button(isExtending ? 'One moment…' : 'Stay signed in', stay, isExtending)}
    ${button('Sign out now', signOut)}`;
  }
  return recovery === 'relaunch'
    ? button('Go on until then', stay)
    : html`${button('Sign in again now', signInAgain)} ${button('Not yet', stay)}`;
}

function button(label: string, press: () => void, isBusy = false): TemplateResult {
  return html`<button
    type="button"
    part="button"
    aria-disabled=${isBusy ? 'true' : 'false'}
    @click=${() => {
      if (!isBusy) {
        press();
      }
    }}
  >
    ${label}
  </button>`;
}

/** Shows the dialog over everything, with the focus on its first button. Where it has come from is the browser's to know. */
export function showDialog(root: ShadowRoot): void {
  const dialog = root.querySelector('dialog');
  if (dialog && !dialog.open) {
    adopt(root);
    dialog.showModal();
    dialog.querySelector('button')?.focus();
  }
}

/** Puts the dialog away; the focus goes back to where it was. */
export function hideDialog(root: ShadowRoot): void {
  root.querySelector('dialog')?.close();
}

function adopt(root: ShadowRoot): void {
  const { styleSheet } = dialogStyles;
  if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  }
}

const dialogStyles: CSSResult = css`
  dialog {
    box-sizing: border-box;
    inline-size: min(30rem, 100vw - 2rem);
    max-block-size: calc(100vh - 2rem);
    overflow: auto;
    padding: 1.25rem 1.5rem 1.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--smart-color-background, Canvas);
    color: var(--smart-color-text, CanvasText);
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 35%);
    text-align: start;
  }

  dialog::backdrop {
    background: var(--smart-color-modal-backdrop, rgb(0 0 0 / 55%));
  }

  [part='heading'] {
    margin: 0 0 0.5em;
    font-family: var(--smart-font-family-heading, inherit);
    font-size: 1.25em;
  }

  [part='value'] {
    font-variant-numeric: tabular-nums;
  }

  [part='spoken'] {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  [part='actions'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
    margin-block-start: 1.25em;
  }

  [part='actions'] button {
    margin: 0;
  }

  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: arrive 150ms ease-out;
    }

    @keyframes arrive {
      from {
        translate: 0 0.5rem;
      }
    }
  }

  @media (forced-colors: active) {
    dialog {
      border: 2px solid CanvasText;
    }
  }
`;
