/** Small things that every answer needs. */

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Location, WWW-Authenticate, Content-Location',
};

/** Answers with JSON that any site may read. */
export function sendJson(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...corsHeaders, ...headers });
  response.end(JSON.stringify(body));
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

/** Answers with a page of this server. Its policy allows nothing but its own style and forms. */
export function sendPage(response, status, html) {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(html);
}

export function redirect(response, location) {
  response.writeHead(303, { location });
  response.end();
}

/** Reads a form that was posted, up to a size that no honest form has. */
export async function readForm(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 100_000) {
      throw new RangeError('The form is too large.');
    }
  }
  return new URLSearchParams(text);
}
