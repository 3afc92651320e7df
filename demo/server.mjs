import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const demo = fileURLToPath(new URL('.', import.meta.url));
const bundle = fileURLToPath(new URL('../dist/smart-elements.min.js', import.meta.url));

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
};

/** What a page with the kit needs, and no more; a reader may try a server anywhere. */
const policyWith = (frames) =>
  "default-src 'none'; base-uri 'none'; script-src 'self'; style-src 'self'; connect-src *; " +
  `img-src 'self' blob: data:; frame-src ${frames}; trusted-types lit-html smart-elements; ` +
  "require-trusted-types-for 'script'";

/**
 * Serves the demo pages.
 *
 * @param {{ port: number, host?: string, settings: object }} options `settings` replace those of `settings.js`
 * @returns the server's origin; rejects with `EADDRINUSE` where the port is taken.
 */
export async function startDemoServer({ port, host = '127.0.0.1', settings }) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://demo');
    if (pathname === '/') {
      response.writeHead(302, { location: '/standalone.html' }).end();
      return;
    }
    if (pathname === '/settings.js') {
      response.writeHead(200, { 'content-type': types['.js'] });
      response.end(`export const settings = ${JSON.stringify(settings)};\n`);
      return;
    }
    const isBundle = pathname.startsWith('/smart-elements.min.js');
    const path = isBundle
      ? bundle + pathname.slice('/smart-elements.min.js'.length)
      : join(demo, normalize(pathname));
    const type = types[extname(path)];
    if (!type || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
      return;
    }
    // The page that plays an EHR shows the app in a frame, and in it the sign-in page.
    const frames = pathname === '/ehr-launch.html' ? `blob: 'self' ${originOf(settings.fhirBase)}` : 'blob:';
    const headers = extname(path) === '.html' ? { 'content-security-policy': policyWith(frames) } : {};
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', ...headers });
    response.end(readFileSync(path));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    origin: `http://${host}:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function originOf(url) {
  return URL.canParse(url) ? new URL(url).origin : '';
}
