/** A person with a browser that knows nothing but cookies, redirects and forms, and the app that sent them there. */
import { createHash, randomBytes } from 'node:crypto';

/** @typedef {Awaited<ReturnType<import('../../demo/sandbox/sandbox.mjs').startSandbox>>} Sandbox */

/** @param {Sandbox} sandbox */
export function createPerson(sandbox) {
  const cookies = new Map();

  async function visit(url, init = {}) {
    const { pathname } = new URL(url);
    const sent = [...cookies.values()].filter(({ path }) => pathname.startsWith(path));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value, path = '/'] = /^([^=]+)=([^;]*)(?:.*; path=([^;]+))?/i.exec(line);
      if (value === '') {
        cookies.delete(`${name} ${path}`);
      } else {
        cookies.set(`${name} ${path}`, { name, value, path });
      }
    }
    const { status, headers } = response;
    const location = headers.get('location');
    if (location === null) {
      return { url: String(url), status, headers, html: await response.text() };
    }
    const target = new URL(location, url);
    return target.origin === new URL(sandbox.origin).origin
      ? visit(target.href)
      : { url: target.href, status, headers, html: '' };
  }

  /** Sends the form of a page, with the button that was pressed. Boxes stay ticked unless `without` names them. */
  const submit = (page, fields, without = []) => {
    const [, action] = /<form method="post" action="([^"]+)"/.exec(page.html);
    const scopes = offeredScopes(page).filter((scope) => !without.includes(scope));
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
    const body = new URLSearchParams([
      ...hidden.map(([, name, value]) => [name, decode(value)]),
      ...scopes.map((scope) => ['scope', scope]),
      ...Object.entries(fields),
    ]);
    return visit(new URL(decode(action), sandbox.origin), { method: 'POST', body });
  };

  return { visit, submit };
}

/** The scopes that a consent page offers. */
export function offeredScopes({ html }) {
  return [...html.matchAll(/name="scope" value="([^"]+)"/g)].map(([, value]) => decode(value));
}

/** The patients that a page offers. */
export function offeredPatients({ html }) {
  return [...html.matchAll(/name="patient" value="([^"]+)"/g)].map(([, value]) => decode(value));
}

function decode(text) {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

export const redirectUri = 'http://127.0.0.1:9/app';

/** What an app asks for. A parameter of `undefined` is left out. */
export function authorizationRequest(sandbox, { scope, tenant, ...more }) {
  const codeVerifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const parameters = {
    response_type: 'code',
    client_id: 'demo-app',
    redirect_uri: redirectUri,
    scope,
    state,
    aud: sandbox.fhirBase(tenant),
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  const sent = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return { url: `${sandbox.origin}/auth?${new URLSearchParams(sent)}`, codeVerifier, state };
}

/** Goes through all screens, and gives back the address that the app is called back at. */
export async function signIn(sandbox, request) {
  const { person = createPerson(sandbox), username = 'anna', password = `${username}-pw`, ...rest } = request;
  const { patient, decision = 'allow', without, ...asked } = rest;
  const { url, codeVerifier, state } = authorizationRequest(sandbox, asked);
  let page = await person.visit(url);
  if (page.html.includes('id="username"')) {
    page = await person.submit(page, { username, password, 'sign-in': 'yes' });
  }
  if (page.html.includes('name="patient"')) {
    page = await person.submit(page, { patient, choose: 'yes' });
  }
  if (page.html.includes('name="decision"')) {
    page = await person.submit(page, { decision }, without);
  }
  return { person, page, callback: new URL(page.url), codeVerifier, state };
}

/** Posts to an endpoint of the authorization server, as a page of another site does. */
export async function post(sandbox, path, parameters) {
  const response = await fetch(`${sandbox.origin}${path}`, {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:9' },
    body: new URLSearchParams({ client_id: 'demo-app', ...parameters }),
  });
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** Exchanges a code, or whatever else the grant type says. */
export function requestToken(sandbox, parameters) {
  return post(sandbox, '/token', parameters);
}

/** Renews. */
export function refresh(sandbox, refreshToken, more = {}) {
  return requestToken(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken, ...more });
}

/** Signs in and exchanges the code. */
export async function obtainTokens(sandbox, request) {
  const { callback, codeVerifier } = await signIn(sandbox, request);
  const { body } = await requestToken(sandbox, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code'),
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
  return body;
}

/** Asks the FHIR server of a tenant. */
export async function readFhir(sandbox, path, token, { tenant, method = 'GET' } = {}) {
  const response = await fetch(new URL(path, `${sandbox.fhirBase(tenant)}/`), {
    method,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
}
