import type { Snapshot } from '../session/session.js';
import { SmartSignInEvent, SmartSignOutEvent } from './session-events.js';

/** A snapshot of a session that somebody has, or had. */
export type SignOutOffer = Extract<Snapshot, { signOut: unknown }>;

/** A snapshot that offers to sign in. */
export type SignInOffer = Extract<Snapshot, { signIn: unknown }>;

/**
 * Signs in at the person's wish, unless a listener of the page cancels it.
 *
 * What goes wrong shows in the next snapshot.
 */
export function requestSignIn(from: HTMLElement, session: SignInOffer): void {
  if (from.dispatchEvent(new SmartSignInEvent())) {
    session.signIn().catch(() => undefined);
  }
}

/** Signs out at the person's wish, unless a listener of the page cancels it. */
export function requestSignOut(from: HTMLElement, session: SignOutOffer): void {
  if (from.dispatchEvent(new SmartSignOutEvent())) {
    session.signOut().catch(() => undefined);
  }
}
