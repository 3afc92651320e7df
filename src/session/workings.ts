import { storageError } from '../core/errors/storage.js';
import {
  configProblem,
  readClientSettings,
  type ClientOptions,
  type ClientSettings,
} from '../smart/client-settings.js';
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
}

/**
 * @param launch what an EHR gave.
 * @throws {SmartError} `config/…`, `storage/unavailable`.
 */
export async function createWorkings(options: ClientOptions, host: Host, launch?: string): Promise<Workings> {
  if (!host.isSecure) {
    throw await configProblem('insecure-context');
  }
  const settings = await readClientSettings(options, host.pageUrl());
  if (!host.tabStorage) {
    throw storageError('unavailable');
  }
  const logins = new PendingLogins(host);
  return {
    settings,
    logins,
    guard: createTokenGuard(settings.fhirBase),
    vault: new SessionVault(host, settings),
    preparation: new SignInPreparation(host, settings, logins, launch),
  };
}

/** Removes what others left behind. Nobody waits for it, and nobody could mend its failure. */
export function sweep({ vault, logins }: Workings): void {
  vault.sweep().catch(() => undefined);
  logins.sweep().catch(() => undefined);
}
