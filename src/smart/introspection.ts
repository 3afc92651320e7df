import { Fault, worded } from '../core/fault.js';
import { parseJsonObject, type JsonObject } from './json-object.js';
import { readLaunchContext, type LaunchContext } from './launch-context.js';
import type { OAuthParty } from './oauth/index.js';
import { splitScope } from './scope.js';
import { hostOf } from './secure-url.js';

/** How long the server may take, in milliseconds. */
const timeoutMs = 30_000;

/** What the server says of a token now (RFC 7662 §2.2), without the token. */
export interface Introspection {
  /** Whether the server would accept it. Where it would not, nothing else is known. */
  readonly isActive: boolean;
  readonly clientId?: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** What the token is about, as far as the server says so (SMART App Launch, "Token Introspection"). */
  readonly context: LaunchContext;
}

/**
 * Asks the server what it makes of an access token: a diagnostic for developers, and no way to find out whether a request
 * will succeed (SMART-103).
 *
 * A public client has no password to ask with. It gives its id, as at the token endpoint; a server that wants more gets
 * the token itself as the bearer of the request, which is what SMART has in mind for it.
 *
 * @throws {SmartError} `token/no-introspection`, `token/unreachable`, `token/timed-out`, `token/unavailable`,
 *   `token/introspection-refused`, `token/invalid-response`.
 */
export function introspectToken(party: OAuthParty, token: string): Promise<Introspection> {
  return worded(async () => {
    const first = await ask(party, token, {});
    const isUnauthorized = first.status === 401 || first.status === 403;
    const answer = isUnauthorized ? await ask(party, token, { authorization: `Bearer ${token}` }) : first;
    return readAnswer(answer, token, party.configuration.introspectionEndpoint ?? '');
  });
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(
  { configuration, clientId, fetch }: OAuthParty,
  token: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const url = configuration.introspectionEndpoint;
  if (url === undefined) {
    throw new Fault('token/no-introspection');
  }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body: new URLSearchParams({ token, token_type_hint: 'access_token', client_id: clientId }),
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (thrown) {
    const isLate = thrown instanceof DOMException && thrown.name === 'TimeoutError';
    throw new Fault(isLate ? 'token/timed-out' : 'token/unreachable', { values: { host: hostOf(url) }, url });
  }
}

function readAnswer({ status, text }: Answer, token: string, url: string): Introspection {
  const body = parseJsonObject(text);
  if (status >= 500) {
    throw new Fault('token/unavailable', { values: { host: hostOf(url) }, status, url });
  }
  if (status >= 400) {
    throw new Fault('token/introspection-refused', { status, url });
  }
  // Servers in the wild say "true" in words.
  const active = body?.['active'];
  if (!body || !(typeof active === 'boolean' || active === 'true' || active === 'false')) {
    throw new Fault('token/invalid-response', { status, url });
  }
  const isActive = active === true || active === 'true';
  const { client_id: clientId, exp, scope } = isActive ? body : ({} as JsonObject);
  const expiresAt = Number(exp ?? Number.NaN) * 1_000;
  return Object.freeze({
    isActive,
    ...(typeof clientId === 'string' && { clientId }),
    scopes: typeof scope === 'string' ? splitScope(scope) : [],
    ...(Number.isFinite(expiresAt) && { expiresAt }),
    context: readLaunchContext(isActive ? contextOf(body, token) : {}),
  });
}

/** The members of RFC 7662 §2.2, which are about the token. */
const ofToken = new Set('active scope client_id username token_type exp iat nbf sub aud iss jti'.split(' '));

/** What is left for the launch context; nothing that repeats the token (SMART-131). */
function contextOf(body: JsonObject, token: string): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => !ofToken.has(name) && !JSON.stringify(value).includes(token),
    ),
  );
}
