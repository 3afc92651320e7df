/** What a server gets wrong about an answer whatever is in it: whether it comes at all, its status, and its headers. */

/** Fails where a switch wants it. @returns whether it did. */
export function failAsSwitched(switches, leg, request, response) {
  const down = switches.down[leg];
  if (down === 'drop') {
    request.socket.destroy();
    return true;
  }
  if ((!down && !switches.html[leg]) || request.method === 'OPTIONS') {
    return false;
  }
  const failure = typeof down === 'number' ? down : 503;
  const headers = { 'content-type': 'text/html', 'access-control-allow-origin': '*' };
  response.writeHead(down ? failure : 200, {
    ...headers,
    ...(failure === 429 && { 'retry-after': '1', 'access-control-expose-headers': 'Retry-After' }),
  });
  response.end('<!doctype html><title>Maintenance</title><p>Maintenance.</p>');
  return true;
}

/**
 * Changes the headers of an answer at the moment that it is sent, whoever made it.
 *
 * @param {import('./switches.mjs').Switches} switches
 * @param {string | undefined} leg
 * @param {import('node:http').ServerResponse} response
 */
export function changeHeaders({ noCors, contentType, headers: changed }, leg, response) {
  const hidden = noCors[leg];
  const type = contentType[leg];
  const own = Object.entries(changed[leg] ?? {});
  if (!hidden && type === undefined && own.length === 0) {
    return;
  }
  const { writeHead } = response;
  response.writeHead = function writeHeadChanged(status, headers = {}) {
    for (const [name, value] of Object.entries(headers)) {
      response.setHeader(name, value);
    }
    if (hidden === true || (Array.isArray(hidden) && hidden.includes(status))) {
      for (const name of response.getHeaderNames().filter((each) => each.startsWith('access-control-'))) {
        response.removeHeader(name);
      }
    }
    if (type !== undefined && status === 200) {
      response.setHeader('content-type', type);
    }
    for (const [name, value] of own) {
      if (value === undefined) {
        response.removeHeader(name);
      } else {
        response.setHeader(name, value);
      }
    }
    return writeHead.call(response, status);
  };
}
