import { loadPart } from '../core/load-part.js';

/**
 * Loads what goes over the wire while somebody signs in, renews or signs out, and the library for it. A page that shows
 * a stored session, or only a button, has no need of it yet. It is asked for as soon as a session starts, beside
 * everything else, and is in the browser's cache when the person comes back from the authorization server.
 *
 * @throws {SmartError} `session/part-missing`.
 */
export function loadSignInPart(): Promise<SignInPart> {
  part ??= loadPart(() => import('./sign-in-part.js')).catch((thrown: unknown) => {
    // A failure is not remembered.
    part = undefined;
    throw thrown;
  });
  return part;
}

type SignInPart = typeof import('./sign-in-part.js');

let part: Promise<SignInPart> | undefined;
