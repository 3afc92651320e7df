import { loadPart } from '../../core/load-part.js';
import type { Host } from '../../session/host.js';
import { OAuthSession } from '../../session/oauth-session.js';
import type { SessionAdapter } from '../../session/session-adapter.js';
import type { Session } from '../../session/session.js';
import type { ClientOptions } from '../../smart/client-settings.js';

/** What a page says about its session, whichever kind that is. */
export interface SessionChoice extends ClientOptions {
  /** Where a backend of the page keeps the tokens; empty where there is none. */
  readonly backend: string;
  /** A session of the page's own. */
  readonly adapter: SessionAdapter | undefined;
}

/**
 * Makes the session that a page asks for: its own, that of its backend, or one that signs in from here. The first two are
 * loaded on demand.
 *
 * @throws {SmartError} `session/part-missing`.
 */
export function chooseSession(choice: SessionChoice, host: Host): Session | Promise<Session> {
  const { adapter, backend, kiosk = false, fhirBase, tenant = '' } = choice;
  if (adapter !== undefined) {
    return loadPart(() => import('../../session/adapted-session.js')).then(
      ({ AdaptedSession }) => new AdaptedSession({ adapter, fhirBase, tenant, kiosk }, host),
    );
  }
  if (backend) {
    return loadPart(() => import('../../session/backend-session.js')).then(
      ({ BackendSession }) => new BackendSession({ backend, kiosk }, host),
    );
  }
  return new OAuthSession(choice, host);
}
