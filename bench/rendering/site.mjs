import { createServer } from 'node:http';

const types = { js: 'text/javascript', css: 'text/css', html: 'text/html', json: 'application/json' };

/**
 * A site with some files.
 *
 * @param {Map<string, Buffer | string>} files by path
 */
export async function startSite(files) {
  const asked = new Set();
  const server = createServer(({ url }, response) => {
    asked.add(url);
    const file = files.get(url);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': types[url.split('.').at(-1)] ?? 'text/plain',
      // With a site of its own process, a page has a clock of microseconds and may measure its memory.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(file);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** The paths that were asked for. */
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
