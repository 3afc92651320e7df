import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { createAuthorization } from './authorization.mjs';
import { createCookies } from './cookies.mjs';
import { askServer, isAllowed, targetOf } from './fhir-proxy.mjs';
import { servePages } from './pages.mjs';
import { createPendingSignIns } from './pending-sign-ins.mjs';
import { problem } from './problem.mjs';
import { comesFromThisSite, readReturnTo } from './request-checks.mjs';
import { describeFailure, describeSession } from './session-answer.mjs';
import { createSessions } from './sessions.mjs';
import { createTokenUse } from './token-use.mjs';

/**
 * The backend, and the demo page, without a server around them.
 *
 * @param {Parameters<typeof import('./backend.mjs').startBackend>[0] & { origin: string }} options
 */
export function createBackend(options) {
  const { origin, path = '/smart', fhirBase, scope, fetch = globalThis.fetch, now = Date.now } = options;
  const { idleSeconds = 15 * 60, longestSeconds = 12 * 3600 } = options;
  const redirectUri = `${origin}${path}/callback`;
  const authorization = createAuthorization({ ...options, redirectUri, fetch, now });
  const cookies = createCookies(origin, path);
  const signIns = createPendingSignIns(now);
  const sessions = createSessions({
    idleMs: idleSeconds * 1000,
    longestMs: longestSeconds * 1000,
    now,
    // Nobody waits for it, and nobody could mend its failure: the tokens are gone here either way.
    revoke: (tokens) => authorization.revoke(tokens).catch(() => undefined),
  });
  const tokenUse = createTokenUse(sessions, authorization);
  const describe = (session) =>
    describeSession(session, { fhirBase, scope, idleSeconds, now }, sessions.endingOf);
  const app = new Hono();
  const backend = new Hono();

  app.use(async (c, next) => {
    await next();
    // Nobody shows this site inside theirs, to make a person click on what they do not see.
    c.res.headers.append('content-security-policy', "frame-ancestors 'none'");
    c.res.headers.set('referrer-policy', 'no-referrer');
    c.res.headers.set('x-content-type-options', 'nosniff');
  });

  backend.use(async (c, next) => {
    await next();
    // Records, and what is said about people, have no place in a cache.
    c.res.headers.set('cache-control', 'no-store');
  });

  backend.get('/sign-in', async (c) => {
    // Another site could otherwise send people through a sign-in that they did not ask for.
    if (!comesFromThisSite(c.req.raw, origin, { mayBeTyped: true })) {
      return problem('foreign-origin');
    }
    const returnTo = readReturnTo(c.req.query('return_to') ?? '/', { origin, path });
    if (returnTo === undefined) {
      return problem('bad-return-to');
    }
    const browser = cookies.browser.keep(c);
    try {
      const { url, pending } = await authorization.begin();
      // The browser does not send the cookie of the session on the way back: it is `Strict`.
      signIns.add(pending, { returnTo, browser, before: cookies.session.read(c) });
      return c.redirect(url, 303);
    } catch {
      signIns.fail(browser, { error: 'temporarily_unavailable' });
      return c.redirect(returnTo, 303);
    }
  });

  // The one address that other sites lead to. What protects it is `state`: a sign-in that this browser began, once.
  backend.get('/callback', async (c) => {
    const parameters = new URL(c.req.url).searchParams;
    const browser = cookies.browser.read(c);
    const pending = signIns.take(parameters.get('state'), browser);
    if (!pending) {
      return problem('unknown-sign-in');
    }
    try {
      const facts = await authorization.complete(pending, parameters);
      // Who signs in anew is somebody new: what was there of somebody before ends, here and at the server.
      sessions.forget(pending.before);
      cookies.session.set(c, sessions.begin(facts));
    } catch (thrown) {
      signIns.fail(browser, describeFailure(thrown));
    }
    return c.redirect(pending.returnTo, 303);
  });

  // From here on scripts ask, and never a link, a form, an image, or another site.
  backend.use(async (c, next) => {
    if (!comesFromThisSite(c.req.raw, origin)) {
      return problem('foreign-origin');
    }
    // No form and no tag can send it, and another site's script only after asking (CORS), which nobody answers here.
    if (c.req.header('smart-session') === undefined) {
      return problem('missing-header');
    }
    await next();
  });

  backend.get('/session', (c) => {
    const session = sessions.find(cookies.session.read(c));
    const failure = signIns.takeFailure(cookies.browser.read(c));
    return c.json({ ...describe(session), ...(failure && { problem: failure }) });
  });

  backend.post('/refresh', async (c) => {
    const { session, refusal } = findFor(c);
    if (refusal) {
      return refusal;
    }
    // The person is still here: that counts also where the token cannot be renewed just now.
    sessions.touch(session);
    const failure = await tokenUse.renewWhereDue(session);
    return failure ?? c.json(describe(session));
  });

  backend.post('/sign-out', (c) => {
    const { session, refusal } = findFor(c);
    if (session && refusal?.status === 409) {
      // Somebody else has signed in meanwhile. Their session is not this page's to end.
      return refusal;
    }
    sessions.forget(cookies.session.read(c));
    cookies.session.remove(c);
    return c.body(null, 204);
  });

  const atMost = bodyLimit({ maxSize: 1_000_000, onError: () => problem('too-large') });
  backend.all('/fhir/*', atMost, async (c) => {
    const { session, refusal } = findFor(c);
    if (refusal) {
      return refusal;
    }
    const { pathname, search } = new URL(c.req.url);
    const rest = pathname.slice(`${path}/fhir/`.length);
    const target = targetOf(fhirBase, rest, search);
    if (!target) {
      return problem('not-passed-on');
    }
    if (!isAllowed(c.req.method, rest)) {
      return problem('method-not-allowed');
    }
    const body = c.req.method === 'POST' ? await c.req.text() : undefined;
    return tokenUse.ask(session, (token) => askServer(c.req.raw, target, token, body, fetch));
  });

  /** The session of a request that needs one: the one of the cookie, if it is the one that the page means. */
  function findFor(c) {
    const session = sessions.find(cookies.session.read(c));
    if (!session) {
      return { refusal: problem('no-session') };
    }
    // Two tabs share a cookie. A page that shows one person's record must not fill up with another's.
    if (c.req.header('smart-session') !== session.id) {
      return { session, refusal: problem('other-session') };
    }
    return { session, ...(session.ended && { refusal: problem('session-ended') }) };
  }

  app.route(path, backend);
  servePages(app);
  return { app, sweep: () => [sessions, signIns].forEach((store) => store.sweep()) };
}
