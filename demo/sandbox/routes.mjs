import { readFileSync } from 'node:fs';

import { launchApp } from './ehr-launch.mjs';
import { refuse } from './fhir-answers.mjs';
import { readForm, redirect, sendJson, sendPage, sendPreflight } from './http.mjs';
import { describeQuery } from './request-log.mjs';
import { renderFailure, renderWelcome } from './screens.mjs';

const css = readFileSync(new URL('./sandbox.css', import.meta.url));

/** What apps that want to look like this server are told: the answer at `smart_style_url`. */
const style = {
  color_background: '#f5f7f9',
  color_error: '#a4161a',
  color_highlight: '#0b5cad',
  color_success: '#1c6b33',
  color_text: '#1a2027',
  dim_border_radius: '6px',
  dim_font_size: '16px',
  dim_spacing_size: '16px',
  font_family_body: 'system-ui, sans-serif',
  font_family_heading: 'system-ui, sans-serif',
};

/**
 * Which part of the sandbox answers which path.
 *
 * @param {object} site
 * @param {{ authorize: Function, interact: Function, fhirServers: Map<string, Function> }} parts
 */
export function createRoutes(site, { authorize, interact, fhirServers }) {
  const files = {
    '/': (response) => sendPage(response, 200, renderWelcome(site)),
    '/sandbox.css': (response) => response.writeHead(200, { 'content-type': 'text/css' }).end(css),
    '/smart-style.json': (response) => sendJson(response, 200, style),
    '/favicon.ico': (response) => response.writeHead(204).end(),
  };

  return async function route(request, response, url) {
    const { pathname } = url;
    const [, first, , tenantId] = pathname.split('/');
    if (first === 'fhir') {
      await routeFhir(request, response, url, fhirServers.get(tenantId));
    } else if (pathname === '/.well-known/smart-configuration') {
      // All organisations say the same.
      const [fhirServer] = fhirServers.values();
      await fhirServer(request, response, new URL('/fhir/R4/all/', url));
    } else if (first === 'interaction') {
      await interact(request, response, url);
    } else if (first === 'launch') {
      launchApp(site, response, url);
    } else if (Object.hasOwn(files, pathname)) {
      files[pathname](response);
    } else if (pathname === '/session/end' && !site.switches.endSession) {
      sendPage(response, 404, renderFailure('not_found', 'Apps cannot sign anybody out here.'));
    } else if (pathname === '/session/end' && request.method === 'POST') {
      // From another site, the cookie that says who is signed in comes with a visit only (SameSite=Lax).
      redirect(response, `${site.prefix()}${pathname}?${await readForm(request)}`);
    } else {
      if (pathname === '/auth') {
        await takeForm(request, url);
        askForConsent(request, url);
      }
      // The library tells by it where it is mounted.
      request.originalUrl = `${site.prefix()}${request.url}`;
      await authorize(request, response);
    }
  };
}

async function routeFhir(request, response, url, fhirServer) {
  if (request.method === 'OPTIONS') {
    sendPreflight(response);
  } else if (fhirServer && url.pathname.startsWith('/fhir/R4/')) {
    await fhirServer(request, response, url);
  } else {
    refuse(response, 404, 'not-found', 'There is no such FHIR base here.');
  }
}

/** A request for authorization may be posted (SMART App Launch 2.2, `authorize-post`): from here on it is as if it was not. */
async function takeForm(request, url) {
  if (request.method === 'POST') {
    for (const [name, value] of await readForm(request)) {
      url.searchParams.append(name, value);
    }
    request.seen.query = describeQuery(url);
    request.method = 'GET';
    request.url = `${url.pathname}${url.search}`;
  }
}

/** SMART apps do not send it, and without it the provider drops offline_access (OpenID Connect Core §11). */
function askForConsent(request, url) {
  const { searchParams } = url;
  const prompts = (searchParams.get('prompt') ?? '').split(' ').filter(Boolean);
  const isOffline = searchParams.get('scope')?.split(' ').includes('offline_access');
  if (isOffline && !prompts.includes('none') && !prompts.includes('consent')) {
    searchParams.set('prompt', [...prompts, 'consent'].join(' '));
    request.url = `${url.pathname}${url.search}`;
  }
}
