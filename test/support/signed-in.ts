import { OAuthSession } from '../../src/session/oauth-session.js';
import type { ClientOptions } from '../../src/smart/client-settings.js';
import { settled } from './settled.js';
import { SimulatedBrowser, type SimulatedTab } from './simulated-host.js';
import { fhirBase, type SimulatedServer } from './simulated-server.js';

export const pageUrl = 'https://portal.example/chart?tab=labs#latest';

export const clientOptions: ClientOptions = {
  fhirBase,
  clientId: 'portal',
  scope: 'launch/patient patient/Patient.rs online_access',
};

/** Starts a session on the page that the tab shows. */
export async function startSession(
  tab: SimulatedTab,
  options: Partial<ClientOptions> = {},
): Promise<OAuthSession> {
  const session = new OAuthSession({ ...clientOptions, ...options }, tab);
  await session.start();
  await settled();
  return session;
}

/** Leaves for the authorization server. @returns the address it was left with. */
export async function leave(session: OAuthSession, tab: SimulatedTab): Promise<URL> {
  await session.signIn();
  const last = tab.visited.at(-1);
  if (last === undefined) {
    throw new Error('The page was not left.');
  }
  return new URL(last);
}

/** The address that the authorization server sends the browser back to. */
export function callbackUrl(
  authorization: URL,
  answer: Record<string, string> = { code: 'the-code' },
): string {
  const url = new URL(authorization.searchParams.get('redirect_uri') ?? '');
  url.search = new URLSearchParams({
    ...answer,
    state: authorization.searchParams.get('state') ?? '',
  }).toString();
  return url.href;
}

/** Signs in, from a click to tokens. */
export async function signIn(
  browser: SimulatedBrowser,
  server: SimulatedServer,
  options: Partial<ClientOptions> = {},
): Promise<{ tab: SimulatedTab; session: OAuthSession }> {
  const tab = browser.openTab(pageUrl, server.fetch);
  const before = await startSession(tab, options);
  const authorization = await leave(before, tab);
  before.stop();
  tab.load(callbackUrl(authorization));
  return { tab, session: await startSession(tab, options) };
}
