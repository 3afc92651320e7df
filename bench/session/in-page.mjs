/** What the page does. It has the kit as it is published: compiled, bundled and minified. */
import { createBrowserHost } from '../../build/ts/session/browser-host.js';
import { newCredentials } from '../../build/ts/session/credentials.js';
import { OAuthSession } from '../../build/ts/session/oauth-session.js';
import { SessionVault } from '../../build/ts/session/session-vault.js';
import { readServerConfiguration } from '../../build/ts/smart/server-configuration.js';

const host = createBrowserHost();
const place = { name: 'default' };
let session;

function vaultOf({ fhirBase, clientId, persist }) {
  return new SessionVault(host, { ...place, fhirBase, clientId }, persist);
}

/** Stores a session as a sign-in does. @param expiresIn seconds */
async function store(options, expiresIn) {
  const { fhirBase, scope } = options;
  const { configuration } = readServerConfiguration(options.configuration, fhirBase, 'smart-configuration');
  const credentials = newCredentials(
    { accessToken: 'access-0', refreshToken: 'refresh-0', expiresIn },
    {
      context: { patient: 'maria', needPatientBanner: true, extra: {} },
      configuration,
      askedScope: scope,
      now: Date.now(),
    },
  );
  await vaultOf(options).create(crypto.randomUUID(), credentials);
}

/** Starts a session, and waits until somebody is signed in. @returns how long that took, in ms. */
async function start(options, ownHost = host) {
  session = new OAuthSession(options, ownHost);
  const signedIn = new Promise((resolve) => {
    session.subscribe(({ status }) => {
      if (status === 'signed-in') {
        resolve(performance.now());
      }
    });
  });
  const begun = performance.now();
  session.start();
  return (await signedIn) - begun;
}

/** As the kit's own elements ask. */
function request() {
  const { signal } = new AbortController();
  return { headers: { Accept: 'application/fhir+json' }, cache: 'no-store', signal };
}

function bareRequest() {
  const { headers, ...rest } = request();
  return { ...rest, headers: { ...headers, Authorization: 'Bearer access-0' } };
}

async function timed(count, ask) {
  const begun = performance.now();
  for (let index = 0; index < count; index++) {
    await ask();
  }
  return (performance.now() - begun) / count;
}

function answerTo(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

globalThis.bench = {
  store,

  /** @returns for each batch the ms of one request; and what of the network one request of the session asked. */
  async costOfFetch(options, { count, requests }) {
    const answer = new Response('{}');
    let asked = 0;
    const network = () => {
      asked++;
      return Promise.resolve(answer);
    };
    await start(options, Object.create(host, { fetch: { value: network } }));
    asked = 0;
    await session.snapshot.fetch('Patient/maria', request());
    const askedByOne = asked;
    const url = `${options.fhirBase}/Patient/maria`;
    const perRequest = [];
    while (perRequest.length < count) {
      const bare = await timed(requests, () => network(url, bareRequest()));
      perRequest.push({
        bare,
        session: await timed(requests, () => session.snapshot.fetch('Patient/maria', request())),
      });
    }
    session.stop();
    return { perRequest, asked: askedByOne };
  },

  async readBySession(options, times) {
    await start(options);
    await timed(times, () => session.snapshot.fetch('Patient/maria', request()));
    session.stop();
  },

  async readBare({ fhirBase }, times) {
    await timed(times, () => fetch(`${fhirBase}/Patient/maria`, bareRequest()));
  },

  restore(options) {
    if (options.persist === 'browser') {
      // As in a tab that has had no session yet.
      sessionStorage.clear();
    }
    return start(options);
  },

  /** What the browser takes for the least that restoring needs. @returns ms */
  async readWithoutKit() {
    const begun = performance.now();
    const database = await answerTo(indexedDB.open('smart-elements'));
    await answerTo(database.transaction('records').objectStore('records').get('nothing'));
    return performance.now() - begun;
  },

  forget: (options) => vaultOf(options).clear(),

  /** Starts a session that waits for somebody to sign in, here or in another tab. */
  async open(options) {
    session = new OAuthSession(options, host);
    await session.start();
  },

  /** @returns when the token is to be renewed, in ms since the epoch. */
  async begin(options, expiresIn) {
    const dueAt = Date.now() + expiresIn * 900;
    await store(options, expiresIn);
    host.tell({ began: vaultOf(options).place });
    return dueAt;
  },

  isSignedIn: () => session.snapshot.status === 'signed-in',

  /** @returns the status of the answer, or what was thrown in its place. */
  async readAt(at) {
    await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
    return session.snapshot.fetch('Patient/maria', request()).then(
      ({ status }) => status,
      (thrown) => thrown.code ?? String(thrown),
    );
  },
};
