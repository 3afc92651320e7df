import type { SignedInSnapshot, Snapshot } from '../session/session.js';
import { SmartSignInEvent, SmartSignOutEvent } from './session-events.js';

/** A snapshot of a session that somebody has, or had. */
export type SignOutOffer = Extract<Snapshot, { signOut: unknown }>;

/** A snapshot that offers to sign in. */
export type SignInOffer = Extract<Snapshot, { signIn: unknown }>;

/**
 * Signs in at the person's wish, unless a listener of the page cancels it, and when all of them have saved.
 *
 * What goes wrong shows in the next snapshot.
 */
export function requestSignIn(from: HTMLElement, session: SignInOffer): void {
  ask(from, () => session.signIn());
}

/** The same, for somebody whose session is about to end and cannot be extended. */
export function requestSignInAgain(from: HTMLElement, session: SignedInSnapshot): void {
  ask(from, () => session.signInAgain());
}

/** Signs out at the person's wish, unless a listener of the page cancels it. */
export function requestSignOut(from: HTMLElement, session: SignOutOffer): void {
  if (from.dispatchEvent(new SmartSignOutEvent())) {
    session.signOut().catch(() => undefined);
  }
}

function ask(from: HTMLElement, signIn: () => Promise<void>): void {
  const event = new SmartSignInEvent();
  if (from.dispatchEvent(event)) {
    // Without a reason to wait it is done within the click: only then may a window open.
    (event.settled?.then(signIn) ?? signIn()).catch(() => undefined);
  }
}
