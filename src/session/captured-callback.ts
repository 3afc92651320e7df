import { Fault } from '../core/fault.js';
import {
  readCallback,
  readStrayError,
  withoutCallback,
  withoutLaunch,
  type Callback,
} from '../smart/callback.js';
import type { ClientSettings } from '../smart/client-settings.js';
import { readLaunch, type Launch } from '../smart/launch.js';
import type { Host } from './host.js';
import type { PendingLogin, PendingLogins } from './pending-logins.js';

/** What the address bar held when the page loaded, kept for the element that it belongs to. */
export interface CapturedCallback {
  /** Taken out of the address bar. Undefined where nothing there was ours. */
  readonly callback?: Callback;
  /** An EHR has opened the page. Whether it may is for the session of an element to say. */
  readonly launch?: Launch;
  /** An error that came without `state`. It stays in the address bar: it may be somebody else's. */
  readonly strayError?: string;
  /** Where the person was when they left to sign in, where that is another page than this one. */
  readonly returnTo?: string;
  /** Set by the one session that deals with it. */
  claimed: boolean;
  /** The same for the launch. */
  isLaunchClaimed?: boolean;
  /** What the session does that has claimed the answer: another one of the same place waits for it. */
  completion?: { readonly settings: Place; readonly done: Promise<void> };
}

/** What tells the sessions of a page apart. */
type Place = Pick<ClientSettings, 'name' | 'clientId' | 'fhirBase'>;

/** An answer, and the sign-in that it belongs to. */
export interface ClaimedCallback {
  readonly login: PendingLogin;
  readonly answer: URLSearchParams;
  /** Tells what becomes of it to the other sessions of the same place. */
  readonly finish: (done: Promise<void>) => void;
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.name === other.name && one.clientId === other.clientId && one.fhirBase === other.fhirBase;
}

/** One per page, whichever copy of the kit looked first. */
const captured = Symbol.for('smart-elements/callback@0');
const returnKey = 'smart-elements/return';

/**
 * Looks at the address bar once a page, before any router does, and takes our callback out of it (SMART-40).
 *
 * Where the person left from the same page, its query and fragment are put back in the same step.
 */
export function captureCallback(host: Host): CapturedCallback {
  const page = globalThis as { [captured]?: CapturedCallback };
  const before = page[captured];
  if (before) {
    return before;
  }
  const found = readAddress(host);
  page[captured] = found;
  return found;
}

function readAddress(host: Host): CapturedCallback {
  const address = host.pageUrl();
  const callback = readCallback(address);
  if (!callback) {
    const strayError = readStrayError(address);
    const launch = readLaunch(address);
    if (launch?.issuer && launch.launch !== undefined) {
      host.showUrl(withoutLaunch(address));
    }
    return { ...(strayError && { strayError }), ...(launch && { launch }), claimed: false };
  }
  const cleaned = new URL(withoutCallback(address));
  const leftFrom = placeLeftFrom(host, callback.state);
  forgetPlace(host);
  if (leftFrom?.origin !== cleaned.origin) {
    host.showUrl(cleaned.href);
    return { callback, claimed: false };
  }
  if (leftFrom.pathname === cleaned.pathname) {
    host.showUrl(leftFrom.href);
    return { callback, claimed: false };
  }
  host.showUrl(cleaned.href);
  return { callback, returnTo: leftFrom.href, claimed: false };
}

/** Reads an answer that a page hands in, in the form of a query. @returns undefined where it is none of ours. */
export function readHandedIn(
  answer: string | URLSearchParams,
  pageUrl: string,
): CapturedCallback | undefined {
  const callback = readCallback(new URL(`?${String(answer).replace(/^\?/, '')}`, pageUrl).href);
  return callback && { callback, claimed: false };
}

/**
 * Takes the answer in the address bar, and the pending login that it belongs to, for the session of one element: each
 * exactly once (SMART-36, SMART-39).
 *
 * @param isLast whether no other element of the page will take it any more.
 * @returns undefined where there is no answer, or it belongs to another element of the page.
 * @throws {Fault} `callback/unknown-state`, `callback/expired`, `callback/other-configuration`,
 *   `callback/error-without-state`.
 */
export async function claimCallback(
  captured: CapturedCallback,
  logins: PendingLogins,
  settings: ClientSettings,
  isLast = false,
): Promise<ClaimedCallback | undefined> {
  const { callback, strayError } = captured;
  const pending = callback && !captured.claimed ? await logins.peek(callback.state) : undefined;
  // Looked at after waiting: another element of the page may have been quicker.
  // Several elements may have no name of their own: then it is server and client that tell them apart (SMART-21).
  const isOfAnother = pending && (isLast ? pending.name !== settings.name : !isSamePlace(pending, settings));
  if (captured.claimed || isOfAnother) {
    return undefined;
  }
  captured.claimed = true;
  if (strayError) {
    throw new Fault('callback/error-without-state', { oauth: { error: strayError } });
  }
  if (!callback) {
    return undefined;
  }
  let finish: (done: Promise<void>) => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  // Mostly nobody else waits for it.
  done.catch(() => undefined);
  captured.completion = { settings, done };
  try {
    const login = await takeLogin(callback, logins, settings);
    return { login, answer: callback.parameters, finish };
  } catch (thrown) {
    finish(Promise.reject(thrown));
    throw thrown;
  }
}

async function takeLogin(
  { state }: Callback,
  logins: PendingLogins,
  settings: ClientSettings,
): Promise<PendingLogin> {
  const login = await logins.take(state);
  if (!login) {
    throw new Fault('callback/unknown-state');
  }
  if (logins.isExpired(login)) {
    throw new Fault('callback/expired');
  }
  if (!isSamePlace(login, settings)) {
    throw new Fault('callback/other-configuration', { values: { name: settings.name } });
  }
  return login;
}

/**
 * Remembers, in this tab, where a person leaves from: all of the address, `code` and `state` of others too, but for what
 * is an answer to a sign-in of ours.
 *
 * @param place default: the page.
 */
export function rememberPlace(host: Host, state: string, place: string = host.pageUrl()): void {
  const isAnswer = readCallback(place) ?? readStrayError(place);
  try {
    host.tabStorage?.set(returnKey, JSON.stringify([state, isAnswer ? withoutCallback(place) : place]));
  } catch {
    // A full storage: then the person comes back to the redirect URI.
  }
}

/** Forgets where a person left from: they have not come back there, and are not signed in any more. */
export function forgetPlace(host: Host): void {
  host.tabStorage?.remove(returnKey);
}

/** Where the person left from, in this tab, to the sign-in of this `state`. */
export function placeLeftFrom(host: Host, state: string): URL | undefined {
  const text = host.tabStorage?.get(returnKey);
  try {
    const [ofState, url] = JSON.parse(text ?? '[]') as readonly unknown[];
    return ofState === state && typeof url === 'string' ? new URL(url) : undefined;
  } catch {
    return undefined;
  }
}
