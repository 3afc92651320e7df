import { launchError } from '../core/errors/launch.js';
import { SmartError } from '../core/smart-error.js';
import { withoutLaunch } from '../smart/callback.js';
import type { ClientOptions } from '../smart/client-settings.js';
import { issuerNotAllowed, optionsForIssuer, readIssuers } from '../smart/issuers.js';
import type { Launch } from '../smart/launch.js';
import type { CapturedCallback } from './captured-callback.js';
import type { Host } from './host.js';
import { revokeCredentials } from './revocation.js';
import { issuerKey, type Start } from './session-start.js';
import { tellEnded } from './tell-ended.js';
import { createWorkings } from './workings.js';

/**
 * Decides for which server the session of an element starts, where that is not simply the one that the page names: an
 * EHR has opened the page, or had opened it before a reload.
 *
 * A launch that is allowed wins over everything: what this tab had for this element is gone, in the tabs that share it
 * too, before anything of the new one begins (SMART-18). One that is not allowed changes nothing (SMART-17).
 */
export async function startForIssuer(
  options: ClientOptions,
  captured: CapturedCallback,
  host: Host,
): Promise<Start> {
  const before = optionsBefore(options, host);
  const { launch } = captured;
  if (!launch || captured.isLaunchClaimed) {
    return startWithout(before);
  }
  const issuers = readIssuers(options.issuers ?? '');
  const launched = launch.issuer ? optionsForIssuer(options, issuers, launch) : undefined;
  if (launched && launch.launch === undefined && isSameServer(launched, before)) {
    // Anybody can make such a link: it must not sign a person out of where they are.
    captured.isLaunchClaimed = true;
    host.showUrl(withoutLaunch(host.pageUrl()));
    return { options: before };
  }
  if (!launched) {
    return { ...startWithout(before), problem: whyNot(launch, issuers.length > 0) };
  }
  try {
    // Before anything of the old session goes: settings that cannot work replace nothing.
    await createWorkings(launched, host);
  } catch (thrown) {
    if (SmartError.is(thrown)) {
      return { ...startWithout(before), problem: thrown };
    }
    throw thrown;
  }
  captured.isLaunchClaimed = true;
  host.showUrl(withoutLaunch(host.pageUrl()));
  const isReplacing = await endSession(before, host, await endSession(launched, host, false));
  host.tabStorage?.set(issuerKey(options), launch.issuer);
  return { options: launched, launch: launch.launch, isReplacing };
}

function isSameServer(one: ClientOptions, other: ClientOptions): boolean {
  return one.fhirBase === other.fhirBase.trim() && one.clientId.trim() === other.clientId.trim();
}

/** What this tab's session was for. */
function optionsBefore(options: ClientOptions, host: Host): ClientOptions {
  const issuer = host.tabStorage?.get(issuerKey(options));
  const launched =
    issuer === undefined
      ? undefined
      : optionsForIssuer(options, readIssuers(options.issuers ?? ''), { issuer });
  return launched ?? options;
}

function startWithout(options: ClientOptions): Start {
  // Nobody has done anything wrong: the page is for EHRs only, and was opened by hand.
  return options.fhirBase.trim() ? { options } : { options, refusal: launchError('required') };
}

/**
 * @returns what to say; undefined where the address is nobody's business. Where another element of the page takes the
 *   launch, the page is left before anybody has read it.
 */
function whyNot(launch: Launch, hasIssuers: boolean): SmartError | undefined {
  if (!launch.issuer) {
    return hasIssuers ? launchError('missing-issuer') : undefined;
  }
  return hasIssuers || launch.launch !== undefined ? issuerNotAllowed(launch) : undefined;
}

/** Forgets a session that this tab has stored, everywhere. @returns whether there was one now or before. */
async function endSession(options: ClientOptions, host: Host, wasThere: boolean): Promise<boolean> {
  try {
    const { vault, settings } = await createWorkings(options, host);
    const { sessionId } = vault;
    if (sessionId === undefined) {
      return wasThere;
    }
    const opening = vault.open().catch(() => undefined);
    const cleared = opening.then(() => vault.clear(sessionId));
    tellEnded(host, sessionId, cleared);
    const opened = await opening;
    await cleared;
    if (opened?.sessionId === sessionId) {
      // Nobody waits for it: it is of the session before.
      const { credentials } = opened;
      const party = { ...settings, configuration: credentials.configuration, fetch: host.fetch };
      revokeCredentials(party, credentials).catch(() => undefined);
    }
    return true;
  } catch (thrown) {
    // What the page names may be wrong, or nothing at all: then nothing was stored for it.
    if (SmartError.is(thrown)) {
      return wasThere;
    }
    throw thrown;
  }
}
