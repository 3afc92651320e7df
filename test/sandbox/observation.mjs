import { createPublicKey, verify } from 'node:crypto';

import { authorizationRequest, createPerson, redirectUri, signIn } from './person.mjs';

const scope =
  'launch/patient openid fhirUser offline_access online_access patient/Patient.rs patient/Observation.read';

/** The sandbox as one that behaves as its name says. */
export function as(sandbox, name) {
  return {
    ...sandbox,
    origin: `${sandbox.origin}/as/${name}`,
    fhirBase: (tenant = 'north') => sandbox.fhirBase(tenant, name),
  };
}

/** Everything that an app can see of a server. */
export async function observe(server) {
  const [discovery, ways, tokens] = await Promise.all([
    observeDiscovery(server),
    observeWays(server),
    observeTokens(server),
  ]);
  return { ...discovery, ...ways, ...tokens };
}

async function observeDiscovery(server) {
  const base = server.fhirBase();
  const [wellKnown, root, metadata, metadataAsJson] = await Promise.all([
    ask(`${base}/.well-known/smart-configuration`),
    ask(`${server.origin}/.well-known/smart-configuration`),
    ask(`${base}/metadata`),
    ask(`${base}/metadata?_format=json`),
  ]);
  const { authorization_endpoint: authorize = '' } = wellKnown.body ?? {};
  return {
    // Wherever it is, and in whatever form it comes first.
    wellKnown: { ...wellKnown, body: root.status === 200 ? root.body : wellKnown.body },
    metadata: { ...metadata, body: metadata.body ?? metadataAsJson.body },
    root,
    authorizeSearch: URL.canParse(authorize) ? new URL(authorize).search : undefined,
  };
}

/** The ways there, and the ways back without a code. */
async function observeWays(server) {
  const launched = await fetch(`${server.origin}/launch/north?app=${redirectUri}&patient=anna`, {
    redirect: 'manual',
  });
  const { url } = authorizationRequest(server, { scope: 'openid' });
  const screen = await createPerson(server).visit(url);
  const back = async (request) => {
    const { callback } = await signIn(server, { scope: 'openid', ...request });
    return Object.fromEntries(callback.searchParams);
  };
  return {
    isLaunchRaw: /launch=[^&]*\+/.test(launched.headers.get('location')),
    openerPolicy: screen.headers.get('cross-origin-opener-policy') ?? undefined,
    denied: await back({ decision: 'deny' }),
    slashAud: await back({ aud: `${server.fhirBase()}/` }),
    originAud: await back({ aud: new URL(server.origin).origin }),
    coverage: await back({ scope: 'openid patient/Coverage.rs' }),
    withLaunch: await back({ scope: 'launch openid' }),
  };
}

async function observeTokens(server) {
  const { callback, codeVerifier, state } = await signIn(server, { scope, nonce: 'nonce-1' });
  const parameters = callback.searchParams;
  const exchanged = await askForTokens(server, {
    grant_type: 'authorization_code',
    code: parameters.get('code') ?? 'none',
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
  const token = exchanged.status === 200 ? exchanged.body : undefined;
  const renewals = token?.refresh_token ? await observeRenewals(server, token.refresh_token) : {};
  const { renewed } = renewals;
  const jwks = await ask(`${server.origin}/jwks`);
  const keys = [...(jwks.body?.keys ?? []), ...((await ask(`${server.origin}/jwks`)).body?.keys ?? [])];
  return {
    callback: {
      ...Object.fromEntries(parameters),
      isOurs: parameters.get('state') === state,
      codes: parameters.getAll('code').length,
    },
    exchanged,
    token,
    hubNames: Object.keys(token ?? {}).filter((name) => name.startsWith('hub.')),
    ...renewals,
    isRefreshTokenSame: token?.refresh_token !== undefined && token.refresh_token === renewed?.refresh_token,
    refused: await askForTokens(server, { grant_type: 'refresh_token', refresh_token: 'none' }),
    revoked: await askAsApp(`${server.origin}/token/revocation`, { token: 'none' }),
    jwks,
    idToken: readIdToken(token?.id_token, keys),
    renewedIdToken: readIdToken(renewed?.id_token, keys),
    ...(await observeRecords(server, renewed?.access_token ?? token?.access_token)),
  };
}

/** Renews as it should be, and in ways that some servers insist on. */
async function observeRenewals(server, refreshToken) {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const withoutClient = await askForTokens(server, { ...form, client_id: undefined });
  const withScope = await askForTokens(server, { ...form, scope: 'openid' });
  const renewal = await askForTokens(server, {
    ...form,
    // As a rule, a renewal ends the token that it was asked with.
    refresh_token: withScope.body?.refresh_token ?? refreshToken,
  });
  return {
    withoutClient,
    withScope,
    renewal,
    renewed: renewal.status === 200 ? renewal.body : undefined,
  };
}

async function observeRecords(server, accessToken) {
  const base = server.fhirBase();
  const withToken = (token) => ({ headers: { authorization: `Bearer ${token}` } });
  const page = await ask(`${base}/Observation?_count=1`, withToken(accessToken));
  return {
    accessTokenParts: accessToken?.split('.').map((part) => part.slice(0, 3)),
    openRead: await ask(`${base}/Patient/anna`),
    refusedRead: await ask(`${base}/Patient/anna`, withToken('nothing')),
    read: await ask(`${base}/Patient/anna`, withToken(accessToken)),
    found: page.body?.total,
    nextLink: page.body?.link?.find(({ relation }) => relation === 'next')?.url,
  };
}

function askForTokens(server, form) {
  return askAsApp(`${server.origin}/token`, form);
}

/** Posts a form, as a page of another site does. A field of `undefined` is left out. */
function askAsApp(url, form) {
  const fields = Object.entries({ client_id: 'demo-app', ...form });
  return ask(url, {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:9' },
    body: new URLSearchParams(fields.filter(([, value]) => value !== undefined)),
  });
}

/** @returns what came back; a status of 0 where nothing did. */
async function ask(url, init) {
  const start = performance.now();
  let response;
  try {
    response = await fetch(url, init);
  } catch {
    return { status: 0 };
  }
  const { status, headers } = response;
  const text = await response.text();
  return {
    status,
    type: headers.get('content-type')?.split(';')[0],
    isReadable: headers.get('access-control-allow-origin') !== null,
    retryAfter: headers.get('retry-after') ?? undefined,
    cacheControl: headers.get('cache-control') ?? undefined,
    isSlow: performance.now() - start > 590,
    isVerySlow: performance.now() - start > 5_400,
    body: /^[[{]/.test(text) ? JSON.parse(text) : undefined,
  };
}

function readIdToken(idToken, keys) {
  if (!idToken) {
    return undefined;
  }
  const [first, second, signature] = idToken.split('.');
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
  const [header, claims] = [read(first), read(second)];
  const key = keys.find(({ kid }) => header.kid === undefined || header.kid === kid);
  return {
    header,
    claims,
    isEarly: claims.nbf * 1000 > Date.now(),
    isOver: claims.exp * 1000 < Date.now(),
    isGood: isSignedWith(key, header.alg, `${first}.${second}`, signature),
  };
}

function isSignedWith(jwk, alg, text, signature) {
  const [, size] = /^[RE]S(\d+)$/.exec(alg) ?? [];
  if (!jwk || !size) {
    return false;
  }
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const options = { key, dsaEncoding: 'ieee-p1363' };
  return verify(`sha${size}`, Buffer.from(text), options, Buffer.from(signature, 'base64url'));
}

/** `a.b` is a member, `a.includes x` and its like are asked of a text or a list. */
export function lookUp(value, path) {
  const [where, ...words] = path.split(' ');
  let found = value;
  const names = where.split('.');
  const question = words.length > 0 ? names.pop() : undefined;
  for (const name of names) {
    found = found?.[name];
  }
  return question ? found?.[question](words.join(' ')) : found;
}
