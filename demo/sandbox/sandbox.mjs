import { createServer } from 'node:http';

import { createAccounts } from './accounts.mjs';
import { createAuthorizationServer } from './authorization-server.mjs';
import { changeHeaders, failAsSwitched } from './deviant-answers.mjs';
import { deviations, presets, switchesOf } from './deviations/index.mjs';
import { createFhirServer } from './fhir-server.mjs';
import { sendPage } from './http.mjs';
import { createInteractions } from './interactions.mjs';
import { describeRequest, logWhenAnswered } from './request-log.mjs';
import { createRoutes } from './routes.mjs';
import { renderFailure } from './screens.mjs';
import { copyState, createState } from './state.mjs';
import { createSwitchboard } from './switchboard.mjs';
import { combine, delayOf, legOf } from './switches.mjs';

/**
 * Starts an authorization server and a FHIR server for each tenant, in this process, on one loopback port.
 *
 * @param {Partial<import('./switches.mjs').Switches> & { port?: number, host?: string, tenants?: object[],
 *   clients?: { client_id: string, redirect_uris: string[], post_logout_redirect_uris?: string[] }[],
 *   appOrigins?: string[], preset?: string, state?: ReturnType<typeof createState> }} [options] A port of 0, the default,
 *   is a free one. The client `demo-app` may be anywhere on this machine, and at `appOrigins`. `preset` names how the
 *   server behaves, such as `oracle` or `oracle+no-scope`; switches are set over it. With the `state()` of an earlier
 *   sandbox, and its port, this one goes on where that one ended; records are loaded afresh.
 */
export async function startSandbox(options = {}) {
  const {
    port = 0,
    host = '127.0.0.1',
    tenants: givenTenants,
    clients,
    appOrigins,
    preset,
    state = createState(),
    ...switched
  } = options;
  const tenants = givenTenants ?? (await import('../data/index.mjs')).tenants;
  const switchboard = createSwitchboard(combine(presetOf(preset), switched));
  const { switches } = switchboard;
  /** @type {(import('./request-log.mjs').SeenRequest | { fault: string })[]} */
  const log = [];
  // The issuer has to be known before there is anything that could answer.
  let serve = async (request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => {
    serve(request, response).catch((fault) => answerFault(fault, response, log));
  });
  const close = await listen(server, port, host);

  const { port: actualPort } = server.address();
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`;
  /** Where the server is for who asks: at its root, or below the part of the address that says how it behaves. */
  const base = () => `${origin}${switchboard.prefix()}`;
  const fhirBase = (tenantId = tenants[0].id) => `${base()}/fhir/R4/${tenantId}`;
  const site = {
    origin,
    base,
    prefix: switchboard.prefix,
    earlier: switchboard.earlier,
    switches,
    tenants,
    clients,
    appOrigins,
    fhirBase,
    state,
    accounts: createAccounts(tenants),
    tenantOf: (aud) => tenants.find(({ id }) => isSameAud(aud, fhirBase(id), switches)),
  };
  const authorization = await createAuthorizationServer(site);
  const fhirServers = new Map();
  for (const tenant of tenants) {
    fhirServers.set(
      tenant.id,
      await createFhirServer(tenant, { ...site, findAccess: authorization.findAccess }),
    );
  }
  const interact = createInteractions(site, authorization);
  const route = createRoutes(site, { authorize: authorization.callback, interact, fhirServers });

  let stateAtEnd;

  async function answer(request, response, url) {
    const leg = legOf(url.pathname);
    const [, first, second, third] = url.pathname.split('/');
    const tenant = { fhir: third, launch: second }[first] ?? site.tenantOf(url.searchParams.get('aud'))?.id;
    const seen = describeRequest(request, url, { leg, tenant });
    // The authorization server adds what it finds out.
    request.seen = seen;
    logWhenAnswered(log, seen, response);
    changeHeaders(switches, leg, response);
    // Who asks whether it may ask is never kept waiting: a delay is felt once, and not twice.
    const ms = request.method === 'OPTIONS' ? 0 : delayOf(switches, leg);
    if (ms > 0) {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    const isClosed = stateAtEnd !== undefined;
    if (!isClosed && !failAsSwitched(switches, leg, request, response)) {
      await route(request, response, url);
    }
  }

  serve = async (request, response) => {
    const url = new URL(request.url, origin);
    const [, prefix, name] = /^(\/as\/([\w.+-]+))\//.exec(url.pathname) ?? [];
    if (!prefix) {
      await answer(request, response, url);
      return;
    }
    const overrides = switchesOf(name);
    if (!overrides) {
      sendPage(response, 404, renderFailure('not_found', 'There is no server here that behaves so.'));
      return;
    }
    url.pathname = url.pathname.slice(prefix.length);
    request.url = `${url.pathname}${url.search}`;
    await switchboard.during({ prefix, overrides }, () => answer(request, response, url));
  };

  const { breaks, forgetRefreshTokens, forgetAccessTokens, forgetEverything } = authorization;
  const { revokeAll, endGrants, endSessions } = authorization;
  return {
    origin,
    port: actualPort,
    /** The FHIR base of a tenant; `behaviour`, such as `oracle`, makes it that of a server which behaves so. */
    fhirBase: (tenantId, behaviour) =>
      switchboard.during({ prefix: behaviour ? `/as/${behaviour}` : '' }, () => fhirBase(tenantId)),
    /** `/launch/{tenant}`, as an EHR would open an app. */
    launchUrl: (app, { tenant = tenants[0].id, ...context } = {}) =>
      `${origin}/launch/${tenant}?${new URLSearchParams({ app, ...context })}`,
    tenants,
    /** The requests that were answered, oldest first, without any secret. */
    log,
    /** Changes how the server behaves, from now on. */
    set: switchboard.set,
    /** The server behaves as when it was started. */
    reset() {
      switchboard.reset();
      breaks.forget();
    },
    /** Breaks off the next renewal that comes to a step. */
    breakNextRenewal: breaks.breakNext,
    forgetRefreshTokens,
    forgetAccessTokens,
    forgetEverything,
    revokeAll,
    endGrants,
    endSessions,
    /** What it knows now, or knew when it was closed: for another sandbox to go on with. */
    state: () => copyState(stateAtEnd ?? state),
    /** Ends the server and every connection at once. What is still under way in it changes nothing any more. */
    async close() {
      stateAtEnd ??= copyState(state);
      await close();
    },
  };
}

/** `aud` is compared as a string, but for a slash at its end where nothing forbids it. */
function isSameAud(aud, fhirBase, { strictAud, audWithoutPath }) {
  const expected = audWithoutPath ? new URL(fhirBase).origin : fhirBase;
  return expected === String(aud).replace(strictAud ? '' : /\/$/, '');
}

/** @returns a function that ends the server and every connection to it. */
async function listen(server, port, host) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return async function close() {
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    for (const socket of sockets) {
      socket.destroy();
    }
    await closed;
  };
}

/** @returns the switches of a preset; none without one. */
function presetOf(name) {
  const preset = name === undefined ? {} : switchesOf(name);
  if (!preset) {
    const known = [...Object.keys(presets), ...Object.keys(deviations)].join(', ');
    throw new RangeError(`There is no preset “${name}”. There are: ${known}.`);
  }
  return preset;
}

/** Says what went wrong to whoever asked; what this server is to blame for is written down too. */
function answerFault(fault, response, log) {
  const status = fault?.status ?? 500;
  if (status >= 500) {
    log.push({ fault: String(fault?.stack ?? fault) });
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isOver = fault?.name === 'SessionNotFound';
  const description = isOver
    ? 'This sign-in is over, or was begun in another browser.'
    : fault?.error_description;
  sendPage(response, status, renderFailure(fault?.error ?? 'server_error', description));
}
