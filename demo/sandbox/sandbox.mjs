import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { createAccounts } from './accounts.mjs';
import { createAuthorizationServer } from './authorization-server.mjs';
import { createFhirServer } from './fhir-server.mjs';
import { redirect, sendPage, sendPreflight } from './http.mjs';
import { createInteractions } from './interactions.mjs';
import { renderFailure, renderWelcome } from './screens.mjs';
import { defaultSwitches, delayOf, legOf } from './switches.mjs';

/**
 * Starts an authorization server and a FHIR server for each tenant, in this process, on one loopback port.
 *
 * @param {Partial<import('./switches.mjs').Switches> & { port?: number, host?: string, tenants?: object[],
 *   clients?: { client_id: string, redirect_uris: string[] }[] }} [options] a port of 0, the default, is a free one.
 */
export async function startSandbox({ port = 0, host = '127.0.0.1', tenants, clients, ...switched } = {}) {
  const places = tenants ?? (await import('../data/index.mjs')).tenants;
  const switches = { ...defaultSwitches, ...switched };
  const log = [];
  const sockets = new Set();
  let serve = () => undefined;
  const server = createServer((request, response) => {
    serve(request, response).catch((fault) => {
      log.push({ fault: String(fault?.stack ?? fault) });
      if (!response.headersSent) {
        sendPage(
          response,
          fault?.status ?? 500,
          renderFailure(fault?.error ?? 'server_error', fault?.error_description),
        );
      } else {
        response.destroy();
      }
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

  const origin = `http://${host}:${server.address().port}`;
  const fhirBase = (tenantId = places[0].id) => `${origin}/fhir/R4/${tenantId}`;
  const site = {
    origin,
    switches,
    tenants: places,
    clients,
    fhirBase,
    accounts: createAccounts(places),
    launches: new Map(),
    /** `aud` is compared as a string, but for a slash at its end. */
    tenantOf: (aud) => places.find(({ id }) => fhirBase(id) === String(aud).replace(/\/$/, '')),
  };
  const authorization = await createAuthorizationServer(site);
  const interact = createInteractions(site, authorization);
  const fhirServers = new Map();
  for (const tenant of places) {
    const view = { ...site, fhirBase: fhirBase(tenant.id), findAccess: authorization.findAccess };
    fhirServers.set(tenant.id, await createFhirServer(tenant, view));
  }
  const css = readFileSync(new URL('./sandbox.css', import.meta.url));

  serve = async (request, response) => {
    const url = new URL(request.url, origin);
    const leg = legOf(url.pathname);
    const seen = {
      method: request.method,
      path: url.pathname,
      query: withoutSecrets(url),
      leg,
      at: Date.now(),
    };
    request.seen = seen;
    response.on('finish', () => log.push(Object.assign(seen, { status: response.statusCode })));
    response.on('close', () => response.writableFinished || log.push(Object.assign(seen, { status: 0 })));
    await pause(delayOf(switches, leg));
    if (misbehave(leg, request, response)) {
      return;
    }
    await route(request, response, url);
  };

  function misbehave(leg, request, response) {
    const down = switches.down[leg];
    if (down === 'drop') {
      request.socket.destroy();
      return true;
    }
    const headers = { 'content-type': 'text/html', 'access-control-allow-origin': '*' };
    if ((down || switches.html[leg]) && request.method !== 'OPTIONS') {
      response.writeHead(down ? 503 : 200, headers);
      response.end('<!doctype html><title>Maintenance</title><p>Maintenance.</p>');
      return true;
    }
    return false;
  }

  async function route(request, response, url) {
    const { pathname } = url;
    if (pathname.startsWith('/fhir/R4/')) {
      if (request.method === 'OPTIONS') {
        sendPreflight(response);
        return;
      }
      const fhir = fhirServers.get(pathname.split('/')[3]);
      await (fhir
        ? fhir(request, response, url)
        : sendPage(response, 404, renderFailure('not_found', 'No such organisation.')));
    } else if (pathname.startsWith('/interaction/')) {
      await interact(request, response, url);
    } else if (pathname.startsWith('/launch/')) {
      launch(response, url);
    } else if (pathname === '/sandbox.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(css);
    } else if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
    } else if (pathname === '/') {
      sendPage(response, 200, renderWelcome(site));
    } else {
      // SMART apps do not send it, and without it the provider drops offline_access (OpenID Connect Core §11).
      if (pathname === '/auth' && url.searchParams.get('scope')?.includes('offline_access')) {
        url.searchParams.set('prompt', url.searchParams.get('prompt') ?? 'consent');
        request.url = `${url.pathname}${url.search}`;
      }
      await authorization.callback(request, response);
    }
  }

  /** Plays an EHR that opens an app: `/launch/{tenant}?app=…&patient=…`. */
  function launch(response, url) {
    const tenantId = url.pathname.split('/')[2];
    const id = randomBytes(16).toString('base64url');
    const { app = '', patient, encounter } = Object.fromEntries(url.searchParams);
    site.launches.set(id, { patient, encounter });
    const target = new URL(app);
    target.searchParams.set('iss', fhirBase(tenantId));
    target.searchParams.set('launch', id);
    redirect(response, target.href);
  }

  return {
    origin,
    port: server.address().port,
    fhirBase,
    tenants: places,
    /** The requests that were seen, oldest first, without any secret. */
    log,
    /** Changes how the server behaves, from now on. */
    set: (changes) => Object.assign(switches, changes),
    forgetRefreshTokens: authorization.forgetRefreshTokens,
    forgetAccessTokens: authorization.forgetAccessTokens,
    forgetEverything: authorization.forgetEverything,
    async close() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

const secrets = new Set(['code', 'state', 'nonce', 'code_challenge', 'launch']);

function withoutSecrets(url) {
  return Object.fromEntries(
    [...url.searchParams].map(([name, value]) => [name, secrets.has(name) ? '…' : value]),
  );
}

function pause(ms) {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
}
