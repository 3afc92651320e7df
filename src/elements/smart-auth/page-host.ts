import { createBrowserHost } from '../../session/browser-host.js';
import type { Host } from '../../session/host.js';

let host: Host | undefined;

/** The one host that all sessions of this page share; made when it is first needed. */
export function pageHost(): Host {
  return (host ??= createBrowserHost());
}
