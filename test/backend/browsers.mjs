/** Browsers of people: they keep cookies, follow redirects, and name the site that a request comes from. */
import { request as httpRequest } from 'node:http';

import { startBackend } from '../../demo/backend/backend.mjs';
import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { createPerson } from '../sandbox/person.mjs';
import { tenants } from '../sandbox/tenants.mjs';

export const scope = 'launch/patient openid fhirUser patient/Patient.rs online_access';

/** The sandbox that a file of tests shares: it takes a while to start. */
export const openSandbox = () => startSandbox({ tenants });

/**
 * A backend in front of a sandbox.
 *
 * @returns with a clock that a test can put forward, the tokens that were issued, and what the backend asked
 */
export async function startAt(sandbox, options = {}) {
  sandbox.reset();
  sandbox.forgetEverything();
  const clock = { now: Date.now() };
  /** Everything secret that the authorization server gave to the backend. */
  const issued = new Set();
  /** The requests of the backend. */
  const asked = [];
  const backend = await startBackend({
    port: 0,
    fhirBase: sandbox.fhirBase('north'),
    clientId: 'demo-app',
    scope,
    now: () => clock.now,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push({ url: request.url, method: request.method, headers: request.headers });
      const answer = await fetch(request);
      if (new URL(request.url).pathname === '/token' && answer.ok) {
        const { access_token: access, refresh_token: refresh, id_token: id } = await answer.clone().json();
        [access, refresh, id].filter(Boolean).forEach((token) => issued.add(token));
      }
      return answer;
    },
    ...options,
  });
  return {
    sandbox,
    origin: backend.origin,
    startedAt: Date.now(),
    clock,
    issued,
    asked,
    /** How often the backend asked an address of the server. */
    count: (pathname) => asked.filter(({ url }) => new URL(url).pathname.endsWith(pathname)).length,
    close: backend.close,
  };
}

/** A browser at the page of the backend. */
export function openBrowser({ sandbox, origin }) {
  const person = createPerson(sandbox);
  /** Everything that the backend has answered to this browser. */
  const seen = [];
  let sessionId = 'none';

  const visit = async (url, headers) => {
    const page = await person.visit(new URL(url, origin).href, { headers });
    seen.push(page);
    return page;
  };

  /** What a script of the page asks. A header of `undefined` is left out. */
  async function ask(path, { method = 'GET', headers = {}, body } = {}) {
    const all = {
      'smart-session': sessionId,
      'sec-fetch-site': 'same-origin',
      ...(method === 'GET' ? {} : { origin }),
      ...headers,
    };
    const sent = Object.entries(all).filter(([, value]) => value !== undefined);
    const answer = await person.visit(new URL(path, origin).href, {
      method,
      headers: Object.fromEntries(sent),
      body,
    });
    seen.push(answer);
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { ...answer, body: isJson ? JSON.parse(answer.html) : undefined };
  }

  /** From a click on the button to the last page of the authorization server. @returns the address that it leads to. */
  async function reachCallback({ returnTo = '/backend.html', ...how } = {}) {
    return passScreens(`/smart/sign-in?${new URLSearchParams({ return_to: returnTo })}`, how);
  }

  async function passScreens(address, { username = 'anna', patient, decision = 'allow' } = {}) {
    let page = await visit(address, { 'sec-fetch-site': 'same-origin' });
    if (page.html.includes('other-account')) {
      const [, link] = /href="([^"]+other-account)"/.exec(page.html);
      page = await visit(new URL(link.replaceAll('&#47;', '/'), sandbox.origin).href);
    }
    if (page.html.includes('id="username"')) {
      page = await person.submit(page, { username, password: `${username}-pw`, 'sign-in': 'yes' });
    }
    if (page.html.includes('name="patient"')) {
      page = await person.submit(page, { patient, choose: 'yes' });
    }
    if (page.html.includes('name="decision"')) {
      page = await person.submit(page, { decision });
    }
    return page.url;
  }

  return {
    seen,
    visit,
    ask,
    reachCallback,
    /** Signs in, or tries to. @returns the answer that brings the person back. */
    async signIn(how) {
      // The browser comes from the authorization server, which is another site.
      return visit(await reachCallback(how), { 'sec-fetch-site': 'cross-site' });
    },
    /** The same, from the address that a page leaves with. */
    async follow(address, how) {
      return visit(await passScreens(address, how), { 'sec-fetch-site': 'cross-site' });
    },
    /** Asks who is signed in, and takes that session for the page's from here on. */
    async takeUp() {
      const { body } = await ask('/smart/session', { headers: { 'smart-session': 'none' } });
      sessionId = body.id ?? 'none';
      return body;
    },
  };
}

/** The cookie that an answer sets, as it is sent back. */
export const cookieOf = ({ headers }) => headers.getSetCookie()[0].split(';')[0];

/** Asks with these headers and no others: whoever is at no page of this site, and whatever cookie they have. */
export async function askAs({ origin }, path, { method = 'GET', ...headers } = {}) {
  const answer = await fetch(new URL(path, origin), { method, headers, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text };
}

/** Sends a path exactly as it is written, which no URL parser lets through. */
export function askRaw({ origin }, path, headers = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}
