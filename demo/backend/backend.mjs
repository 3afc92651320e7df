import { serve } from '@hono/node-server';

import { createBackend } from './routes.mjs';

/**
 * A backend for `<smart-auth backend="/smart">`, as docs/backend.md describes it: tokens stay here, behind a cookie that no
 * script can read. An example to copy from, with the demo page that uses it.
 *
 * @param {object} options
 * @param {number} options.port 0 for a free one
 * @param {string} [options.host]
 * @param {string} options.fhirBase the only FHIR server that is asked
 * @param {string} options.clientId
 * @param {string} options.scope
 * @param {import('oauth4webapi').ClientAuth} [options.clientAuth] default: none, for the sandbox
 * @param {string} [options.origin] where browsers see this server, such as `https://portal.example`. Never taken from a
 *   request: whoever sends one writes its `Host` as they like.
 * @param {string} [options.path] where the backend is on this site
 * @param {number} [options.idleSeconds] how long the person may do nothing
 * @param {number} [options.longestSeconds] how long a session lasts at most
 * @param {() => number} [options.now] ms since the epoch
 * @param {typeof fetch} [options.fetch]
 * @returns its origin, and how to end it; rejects with `EADDRINUSE` where the port is taken
 */
export async function startBackend(options) {
  const { port, host = '127.0.0.1' } = options;
  // The redirect URI has to be known before there is anything that could answer.
  let answer = () => new Response(null, { status: 503 });
  const server = serve({ fetch: (request) => answer(request), port, hostname: host });
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const origin = options.origin ?? `http://${host}:${server.address().port}`;
  const { app, sweep } = createBackend({ ...options, origin });
  answer = app.fetch;
  const sweeping = setInterval(sweep, 60_000).unref();
  return {
    origin,
    async close() {
      clearInterval(sweeping);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
