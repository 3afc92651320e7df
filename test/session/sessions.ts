import { SmartError } from '../../src/core/smart-error.js';
import type { OAuthSession } from '../../src/session/oauth-session.js';
import type { SignedInSnapshot, Snapshot } from '../../src/session/session.js';
import type { ClientOptions } from '../../src/smart/client-settings.js';
import { callbackUrl, leave, pageUrl, startSession } from '../support/signed-in.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { json, origin, type SimulatedServer, signIdToken, tokenAnswer } from '../support/simulated-server.js';

/** The snapshot of a session in which somebody is signed in. */
export function signedIn({ snapshot }: { readonly snapshot: Snapshot }): SignedInSnapshot {
  if (snapshot.status !== 'signed-in') {
    throw new Error(`The session is ${snapshot.status}: ${snapshot.error?.code ?? 'no error'}`);
  }
  return snapshot;
}

/** The code of the error that a promise rejects with; the name of an error that is none of ours. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (thrown: unknown) =>
      SmartError.is(thrown) ? thrown.code : thrown instanceof Error ? thrown.name : String(thrown),
  );
}

/** The codes of what a snapshot says that the server should do better. */
export function warnedOf({ warnings }: Snapshot): readonly string[] {
  return warnings.map(({ code }) => code);
}

/** The refresh tokens that were sent, in their order. */
export function refreshTokensSent(server: SimulatedServer): readonly (string | null)[] {
  return server.seen
    .filter(({ leg, form }) => leg === 'token' && form.get('grant_type') === 'refresh_token')
    .map(({ form }) => form.get('refresh_token'));
}

/** The token that a request of the server’s log carries. */
export function authorizationOf(request: SimulatedServer['seen'][number] | undefined): string | null {
  return new Headers(request?.init.headers).get('authorization');
}

export interface Journey {
  readonly browser: SimulatedBrowser;
  readonly tab: SimulatedTab;
  readonly session: OAuthSession;
}

/**
 * Signs in at a server that says what it says in its answer to the code.
 *
 * @param members of the token answer, made of the nonce and the time in seconds.
 */
export async function signInWith(
  server: SimulatedServer,
  members: (nonce: string, now: number) => object | Promise<object>,
  options: Partial<ClientOptions> = {},
): Promise<Journey> {
  const browser = new SimulatedBrowser();
  const tab = browser.openTab(pageUrl, server.fetch);
  const before = await startSession(tab, options);
  const authorization = await leave(before, tab);
  before.stop();
  const nonce = authorization.searchParams.get('nonce') ?? '';
  const more = await members(nonce, Math.floor(browser.now / 1000));
  server.plan.token = () => json(tokenAnswer(1, more));
  tab.load(callbackUrl(authorization));
  return { browser, tab, session: await startSession(tab, options) };
}

export const openidScope = 'launch/patient openid fhirUser patient/Patient.rs';

/** Claims of a proper id_token. */
export function properClaims(nonce: string, now: number): object {
  return { iss: origin, aud: 'portal', sub: 'someone', iat: now, exp: now + 600, nonce };
}

/** Signs in at a server whose id_token is proper but for what is said. */
export function signInAs(
  server: SimulatedServer,
  claims: object,
  sign: (claims: object) => Promise<string> = signIdToken,
): Promise<Journey> {
  return signInWith(
    server,
    async (nonce, now) => ({
      scope: openidScope,
      id_token: await sign({ ...properClaims(nonce, now), ...claims }),
    }),
    { scope: openidScope },
  );
}
