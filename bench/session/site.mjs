import { createServer } from 'node:http';

/**
 * A site with some scripts, each in a page of its own, and a FHIR server at another origin.
 *
 * @param {Record<string, string>} scripts by path: `/kit.js` is in `/kit.html`
 */
export async function startSite(scripts) {
  const requests = [];
  const site = await listen((request, response) => {
    const script = scripts[request.url];
    response.writeHead(200, {
      'content-type': script ? 'text/javascript' : 'text/html',
      // With a site of its own process, a page has a clock of microseconds.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    const src = request.url.replace(/\.html$/, '.js');
    response.end(
      script ??
        `<!doctype html><link rel="icon" href="data:," /><script type="module" src="${src}"></script>`,
    );
  });
  const server = await listen(async (request, response) => {
    const { method, url } = request;
    requests.push({ method, path: url, authorization: request.headers.authorization });
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization');
    // Each preflight is counted.
    response.setHeader('access-control-max-age', '0');
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
    } else if (url === '/token') {
      await answerToken(request, response);
    } else {
      response.setHeader('content-type', 'application/fhir+json');
      response.end('{"resourceType":"Patient","id":"maria"}');
    }
  });
  const fhirBase = `${server.origin}/fhir`;
  return {
    origin: site.origin,
    requests,
    /** What a page says to the session. */
    clientOptions: (persist) => ({
      fhirBase,
      clientId: 'bench',
      scope: 'launch/patient patient/Patient.rs online_access',
      persist,
      configuration: {
        authorization_endpoint: `${server.origin}/authorize`,
        token_endpoint: `${server.origin}/token`,
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        capabilities: ['launch-standalone', 'client-public'],
      },
    }),
    async close() {
      await Promise.all([site.close(), server.close()]);
    },
  };
}

/** A refresh token is good once, as with servers that rotate them. */
async function answerToken(request, response) {
  const form = new URLSearchParams(await textOf(request));
  // Long enough for every tab to come meanwhile.
  await new Promise((wait) => setTimeout(wait, 150));
  const isGood = form.get('refresh_token') === 'refresh-0';
  response.writeHead(isGood ? 200 : 400, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify(
      isGood
        ? { access_token: 'access-1', token_type: 'Bearer', expires_in: 3_600, refresh_token: 'refresh-1' }
        : { error: 'invalid_grant' },
    ),
  );
}

async function textOf(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return text;
}

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
