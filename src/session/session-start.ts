import { loadPart } from '../core/load-part.js';
import type { SmartError } from '../core/smart-error.js';
import type { ClientOptions } from '../smart/client-settings.js';
import type { CapturedCallback } from './captured-callback.js';
import type { Host } from './host.js';

/** For which server a session starts, and how. */
export interface Start {
  readonly options: ClientOptions;
  /** What the EHR gave: sign-in begins at once. It is spent with the first attempt (SMART-19). */
  readonly launch?: string | undefined;
  /** Whether a session had to go for it. */
  readonly isReplacing?: boolean;
  /** Something to say beside whatever comes. */
  readonly problem?: SmartError | undefined;
  /** Why there can be no session. */
  readonly refusal?: SmartError;
}

/** Where a tab keeps which EHR has opened the app. */
export function issuerKey({ name }: ClientOptions): string {
  return `smart-elements/issuer|${name ?? ''}`;
}

/** Most pages name their server, and nobody opens them from an EHR: those need none of what is loaded here. */
export async function findStart(
  options: ClientOptions,
  captured: CapturedCallback,
  host: Host,
): Promise<Start> {
  const isPlain =
    !captured.launch && (!options.issuers || (options.fhirBase && !host.tabStorage?.get(issuerKey(options))));
  if (isPlain) {
    return { options };
  }
  const { startForIssuer } = await loadPart(() => import('./ehr-launch.js'));
  return startForIssuer(options, captured, host);
}
