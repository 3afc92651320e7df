import { Fault, inWords, worded } from '../core/fault.js';
import { storageError } from '../core/errors/storage.js';
import type { SmartError } from '../core/smart-error.js';
import { readClientSettings, type ClientOptions, type ClientSettings } from '../smart/client-settings.js';
import { createTokenGuard, type TokenGuard } from '../smart/token-guard.js';
import type { Host } from './host.js';
import { PendingLogins } from './pending-logins.js';
import { SessionVault } from './session-vault.js';
import { SignInPreparation } from './sign-in-preparation.js';

/** Everything of a session that exists only while the page's settings are good. */
export interface Workings {
  readonly settings: ClientSettings;
  readonly guard: TokenGuard;
  readonly logins: PendingLogins;
  readonly vault: SessionVault;
  readonly preparation: SignInPreparation;
  /** Whether the person signs in in a window of its own. */
  readonly isInWindow: boolean;
  /** How long the person may do nothing, in ms. */
  readonly idleLimitMs: number;
  /** What to say of the browser: it may refuse to keep anything. */
  readonly warnings: readonly SmartError[];
}

/**
 * @param launch what an EHR gave.
 * @throws {SmartError} `config/…`, `storage/unavailable`.
 */
export async function createWorkings(options: ClientOptions, host: Host, launch?: string): Promise<Workings> {
  const settings = await worded(() => {
    if (!host.isSecure) {
      throw new Fault('config/insecure-context');
    }
    return readClientSettings(options, host.pageUrl());
  });
  const { display = 'auto' } = options;
  const canStore = host.tabStorage !== undefined;
  if (!canStore && (display === 'redirect' || launch !== undefined || host.isSandboxed)) {
    // Nobody would know, back on the page, what the answer is to; or it could not be given to the page.
    throw storageError('unavailable');
  }
  const logins = new PendingLogins(host);
  // A sign-in page seldom lets itself be framed. A launch needs no click, and without one no window opens.
  const isInWindow =
    launch === undefined && (display === 'popup' || (display === 'auto' && (host.isFramed || !canStore)));
  return {
    settings,
    isInWindow,
    logins,
    idleLimitMs: settings.idleLimitMs,
    warnings: await inWords(canStore ? [] : [new Fault('storage/memory-only')]),
    guard: createTokenGuard(settings.fhirBase),
    vault: new SessionVault(host, settings, canStore ? settings.persist : 'memory'),
    preparation: new SignInPreparation(host, settings, logins, isInWindow, launch),
  };
}

/** Removes what others left behind. Nobody waits for it, and nobody could mend its failure. */
export function sweep(host: Host): void {
  import('./housekeeping.js').then((housekeeping) => housekeeping.sweep(host)).catch(() => undefined);
}
