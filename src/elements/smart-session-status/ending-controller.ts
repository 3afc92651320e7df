import { nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import { loadPart } from '../../core/load-part.js';
import { SmartError } from '../../core/smart-error.js';
import type { SignedInSnapshot, Snapshot } from '../../session/session.js';
import { requestSignInAgain, requestSignOut } from '../../ui/session-actions.js';

type Dialog = typeof import('./ending-dialog.js');

/** A session that ends soon. */
type EndingSnapshot = SignedInSnapshot & { readonly ending: NonNullable<SignedInSnapshot['ending']> };

/** How often the remaining time is written anew while it is shown. */
const tickMs = 1_000;

/** Which element warns of the end of a session, by its id: one dialog is enough for a page. */
const warners = new Map<string, EndingController>();

/** Warns a person before their session ends, and lets them stay or sign in again. */
export class EndingController implements ReactiveController {
  readonly #host: LitElement;
  readonly #snapshot: () => Snapshot | undefined;
  readonly #wantsDialog: () => boolean;
  #dialog: Dialog | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #warned: { readonly id: string; readonly leftAtFirstMs: number } | undefined;
  /** The end that the person wants to hear no more of. */
  #dismissedAt: number | undefined;
  #isExtending = false;
  #error: SmartError | undefined;
  #hasExtended = false;

  constructor(host: LitElement, snapshot: () => Snapshot | undefined, wantsDialog: () => boolean) {
    this.#host = host;
    this.#snapshot = snapshot;
    this.#wantsDialog = wantsDialog;
    host.addController(this);
  }

  /** Whether the person has just said that they are still here, and that has been confirmed. */
  get hasExtended(): boolean {
    return this.#hasExtended;
  }

  get isExtending(): boolean {
    return this.#isExtending;
  }

  /** The dialog, where it is to be seen. */
  get template(): TemplateResult | typeof nothing {
    const snapshot = this.#dialogSnapshot;
    if (!snapshot || !this.#dialog || !this.#warned) {
      return nothing;
    }
    return this.#dialog.endingDialog(
      {
        ending: snapshot.ending,
        recovery: snapshot.recovery,
        leftMs: snapshot.ending.at - Date.now(),
        leftAtFirstMs: this.#warned.leftAtFirstMs,
        isExtending: this.#isExtending,
        error: this.#error,
      },
      {
        stay: () => {
          this.stay();
        },
        signInAgain: () => {
          requestSignInAgain(this.#host, snapshot);
        },
        signOut: () => {
          requestSignOut(this.#host, snapshot);
        },
      },
    );
  }

  /** The person is still here, or has read what the dialog says. */
  stay(): void {
    const snapshot = this.#endingSnapshot;
    if (!snapshot || this.#isExtending) {
      return;
    }
    if (!snapshot.ending.extendable) {
      this.#dismissedAt = snapshot.ending.at;
      this.#host.requestUpdate();
      return;
    }
    this.#isExtending = true;
    this.#error = undefined;
    this.#host.requestUpdate();
    snapshot
      .extend()
      .then(
        () => {
          this.#hasExtended = true;
        },
        (thrown: unknown) => {
          this.#error = SmartError.is(thrown) ? thrown : undefined;
        },
      )
      .finally(() => {
        this.#isExtending = false;
        this.#host.requestUpdate();
      });
  }

  hostUpdate(): void {
    const snapshot = this.#endingSnapshot;
    if (!snapshot) {
      this.#rest();
      this.#tickWhile(showsTime(this.#snapshot()));
      return;
    }
    if (!this.#warned) {
      this.#warned = { id: snapshot.id, leftAtFirstMs: snapshot.ending.at - Date.now() };
      this.#hasExtended = false;
    }
    if (this.#dialogSnapshot && !this.#dialog) {
      this.#load();
    }
    this.#tickWhile(true);
  }

  hostUpdated(): void {
    const { shadowRoot } = this.#host;
    if (shadowRoot && this.#dialogSnapshot) {
      this.#dialog?.showDialog(shadowRoot);
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#rest();
  }

  #rest(): void {
    if (this.#warned && warners.get(this.#warned.id) === this) {
      warners.delete(this.#warned.id);
    }
    this.#warned = undefined;
    this.#dismissedAt = undefined;
    this.#error = undefined;
    // While it is still in the page: then the focus goes back to where it was.
    if (this.#host.shadowRoot) {
      this.#dialog?.hideDialog(this.#host.shadowRoot);
    }
  }

  get #endingSnapshot(): EndingSnapshot | undefined {
    const snapshot = this.#snapshot();
    return snapshot?.status === 'signed-in' && snapshot.ending ? (snapshot as EndingSnapshot) : undefined;
  }

  /** The same, where this element is the one to warn, and the person has not put the warning away. */
  get #dialogSnapshot(): EndingSnapshot | undefined {
    const snapshot = this.#endingSnapshot;
    if (!snapshot || !this.#wantsDialog() || this.#dismissedAt === snapshot.ending.at) {
      return undefined;
    }
    const warner = warners.get(snapshot.id) ?? this;
    warners.set(snapshot.id, warner);
    return warner === this ? snapshot : undefined;
  }

  /** Without it the page still says the same, in its own place. */
  #load(): void {
    loadPart(() => import('./ending-dialog.js')).then(
      (part) => {
        this.#dialog = part;
        this.#host.requestUpdate();
      },
      () => undefined,
    );
  }

  #tickWhile(isShown: boolean): void {
    clearTimeout(this.#timer);
    if (isShown && this.#host.isConnected) {
      this.#timer = setTimeout(() => {
        this.#host.requestUpdate();
      }, tickMs);
    }
  }
}

function showsTime(snapshot: Snapshot | undefined): boolean {
  return snapshot?.status === 'signed-in' && snapshot.expiresAt !== undefined && !snapshot.refreshable;
}
