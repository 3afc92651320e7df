import { readFile } from 'node:fs/promises';

const file = (path, type) => ({ url: new URL(path, import.meta.url), type });

/** What there is, by name: nothing of a path that somebody sends reaches the file system. */
const pages = {
  '/backend.html': file('../backend.html', 'text/html; charset=utf-8'),
  '/backend.js': file('../backend.js', 'text/javascript; charset=utf-8'),
  '/demo.css': file('../demo.css', 'text/css; charset=utf-8'),
  '/smart-elements.min.js': file('../../dist/smart-elements.min.js', 'text/javascript; charset=utf-8'),
  '/smart-elements.min.js.map': file('../../dist/smart-elements.min.js.map', 'application/json'),
};

/** A page needs this site and no other: also a script that should not be there can send nothing anywhere. */
const policy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'self'; style-src 'self'; " +
  "connect-src 'self'; img-src 'self' blob: data:; frame-src blob:; trusted-types lit-html smart-elements; " +
  "require-trusted-types-for 'script'";

/** Serves the demo page beside the backend: on one origin, as its cookies want it. @param {import('hono').Hono} app */
export function servePages(app) {
  app.get('/', (c) => c.redirect('/backend.html'));
  for (const [path, { url, type }] of Object.entries(pages)) {
    app.get(path, async (c) => {
      c.header('content-type', type);
      c.header('cache-control', 'no-cache');
      c.header('content-security-policy', policy);
      return c.body(await readFile(url));
    });
  }
}
