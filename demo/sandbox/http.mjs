/** Small things that every answer needs. */

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Location, WWW-Authenticate, Content-Location',
};

/** Answers with JSON that any site may read. */
export function sendJson(response, status, body, headers = {}) {
  sendText(response, status, body && JSON.stringify(body), {
    'content-type': 'application/json',
    ...headers,
  });
}

/** Answers with a text that any site may read. */
export function sendText(response, status, text, headers) {
  response.writeHead(status, { ...corsHeaders, ...headers });
  response.end(text);
}

/** Answers the question whether another site may send a request. */
export function sendPreflight(response) {
  response.writeHead(204, {
    ...corsHeaders,
    'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
    'access-control-allow-headers': 'Authorization, Content-Type, Accept, If-None-Match, Prefer',
    'access-control-max-age': '600',
  });
  response.end();
}

/**
 * The headers of a page of this server: its policy allows nothing but its own style and its own forms. Nothing forbids
 * a browser to keep the page for Back.
 *
 * @param {string} [app] the origin that a form leads back to (Chromium holds `form-action` against redirects too), and that
 *   may show the page in a frame, as EHRs do.
 */
export function pageHeaders(app = '') {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action 'self' ${app}`.trim(),
    "base-uri 'none'",
    `frame-ancestors ${/^https?:/.test(app) ? app : "'none'"}`,
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** What `form-action` has to name so that the answer reaches the app: its origin, or its own scheme. */
export function formTargetOf(uri) {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
}

/** Answers with a page of this server. */
export function sendPage(response, status, html, app) {
  response.writeHead(status, pageHeaders(app));
  response.end(html);
}

export function redirect(response, location) {
  response.writeHead(303, { location });
  response.end();
}

/** Reads a form that was posted, up to a size that no honest form has. */
export async function readForm(request) {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 100_000) {
      throw Object.assign(new RangeError('The form is too large.'), { status: 413 });
    }
  }
  return new URLSearchParams(text);
}
