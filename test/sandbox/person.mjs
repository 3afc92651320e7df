/** A person with a browser that knows nothing but cookies, redirects and forms. */
import { createHash, randomBytes } from 'node:crypto';

/** @param {import('../../demo/sandbox/sandbox.mjs').startSandbox} sandbox */
export function createPerson(sandbox) {
  const cookies = new Map();

  async function visit(url, init = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '') {
        cookies.delete(name);
      } else {
        cookies.set(name, value);
      }
    }
    const location = response.headers.get('location');
    if (location === null) {
      return { url, status: response.status, html: await response.text() };
    }
    const target = new URL(location, url);
    return target.origin === sandbox.origin ? visit(target.href) : { url: target.href, status: response.status, html: '' };
  }

  /** Sends the form of a page, with the button that was pressed. */
  const submit = (page, fields) => {
    const [, action] = /<form method="post" action="([^"]+)"/.exec(page.html);
    const scopes = [...page.html.matchAll(/name="scope" value="([^"]+)"/g)].map(([, value]) => ['scope', decode(value)]);
    const body = new URLSearchParams([...scopes, ...Object.entries(fields)]);
    return visit(new URL(decode(action), sandbox.origin), { method: 'POST', body });
  };

  return { visit, submit };
}

function decode(text) {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

export const redirectUri = 'http://127.0.0.1:9/app';

/** What an app asks for. */
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
  return { url: `${sandbox.origin}/auth?${new URLSearchParams(parameters)}`, codeVerifier, state };
}

/** Goes through all screens, and gives back the address that the app is called back at. */
export async function signIn(sandbox, { username = 'maria', password = username, patient, decision = 'allow', ...request }) {
  const person = createPerson(sandbox);
  const { url, codeVerifier, state } = authorizationRequest(sandbox, request);
  let page = await person.visit(url);
  page = await person.submit(page, { username, password, 'sign-in': 'yes' });
  if (page.html.includes('name="patient"')) {
    page = await person.submit(page, { patient, choose: 'yes' });
  }
  if (page.html.includes('name="decision"')) {
    page = await person.submit(page, { decision });
  }
  return { page, callback: new URL(page.url), codeVerifier, state };
}

/** Posts to the token endpoint. */
export async function requestToken(sandbox, parameters) {
  const response = await fetch(`${sandbox.origin}/token`, {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:9' },
    body: new URLSearchParams({ client_id: 'demo-app', ...parameters }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
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
export async function readFhir(sandbox, path, token, tenant) {
  const response = await fetch(`${sandbox.fhirBase(tenant)}/${path}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
