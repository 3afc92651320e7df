import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folders = { '/dist/': join(root, 'dist'), '/': join(root, 'test/e2e/pages') };
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/**
 * Serves the built kit and the pages of the end-to-end tests on a loopback port of its own.
 *
 * `{{name}}` in a page is filled from `values`. With `policy` every page has that Content-Security-Policy, and what
 * breaks it is collected in `violations`.
 *
 * @param {{ values?: Record<string, string>, policy?: string }} options
 */
export async function startAppServer({ values = {}, policy } = {}) {
  const violations = [];
  const requests = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://app');
    requests.push(pathname);
    if (request.method === 'POST' && pathname === '/violations') {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      violations.push(body);
      response.writeHead(204).end();
      return;
    }
    if (Object.hasOwn(app.documents, pathname)) {
      response.writeHead(200, { 'content-type': types['.json'] });
      response.end(JSON.stringify(app.documents[pathname]));
      return;
    }
    const folder = Object.keys(folders).find((prefix) => pathname.startsWith(prefix));
    const file = join(folders[folder], normalize(pathname.slice(folder.length)) || 'app.html');
    const path = pathname === '/' ? join(folders['/'], 'app.html') : file;
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(path)] ?? 'application/octet-stream';
    const isPage = extname(path) === '.html';
    response.writeHead(200, {
      'content-type': type,
      // A frame without an origin of its own may load the scripts, as from a CDN.
      'access-control-allow-origin': '*',
      ...(isPage && policy && { 'content-security-policy': `${policy}; report-uri /violations` }),
    });
    const content = readFileSync(path);
    const page = isPage ? fill(String(content), values) : content;
    response.end(isPage && app.withoutKit ? page.replace(/<script[^>]*><\/script>/g, '') : page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app = {
    origin: `http://127.0.0.1:${server.address().port}`,
    violations,
    requests,
    values,
    /** JSON documents that the site has besides its files, by path. */
    documents: {},
    /** Serves pages without their scripts, so that nothing deals with what is in the address bar. */
    withoutKit: false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return app;
}

function fill(page, values) {
  return page.replace(/\{\{(\w+)\}\}/g, (_, name) =>
    (values[name] ?? '').replace(/[&"<]/g, (c) => `&#${c.charCodeAt(0)};`),
  );
}
