import type { TokenGuard } from '../smart/token-guard.js';
import type { ReadTarget } from './read-target.js';
import type { FhirResource } from './resource.js';

/** The server whose links and references are followed. */
export interface LinkedServer {
  /** The FHIR base URL. */
  readonly base: string;
  /** Further places that the server itself has named. */
  readonly places?: readonly string[];
  /** The id of the patient of the session. */
  readonly patient?: string | undefined;
  readonly read: (target: ReadTarget) => Promise<FhirResource>;
}

/**
 * Where a link or a reference of a server leads, if it stays with the server.
 *
 * A server behind a proxy that speaks TLS for it may think that it is at http: then https is what it means.
 *
 * @param link - absolute, or relative to the base.
 * @param base - the FHIR base URL.
 * @throws {SmartError} `fhir/foreign-url` with the host; nothing has been asked for then.
 */
export function serverUrl(link: string, base: string, guard: TokenGuard): string {
  const home = new URL(base);
  const url = URL.canParse(link, base) ? new URL(link, base) : undefined;
  // An http URL is never relative to an https base: it says so itself. The same host is also the same port.
  if (
    url?.protocol === 'http:' &&
    home.protocol === 'https:' &&
    url.host === home.host &&
    !link.includes('\0')
  ) {
    url.protocol = 'https:';
    return guard(url).href;
  }
  return guard(link).href;
}
