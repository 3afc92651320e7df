import { createEngine } from './fhir-engine.mjs';
import { capabilityStatement, smartConfiguration } from './discovery.mjs';
import { isInCompartment } from './compartment.mjs';
import { sendJson } from './http.mjs';
import { permittingScopes, resourceTypes } from './scopes.mjs';

const defaultPageSize = 50;

/** @returns an OperationOutcome of one issue. */
function outcome(code, diagnostics, severity = 'error') {
  return { resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }] };
}

function sendFhir(response, status, body, headers = {}) {
  sendJson(response, status, body, { 'content-type': 'application/fhir+json; charset=utf-8', ...headers });
}

/** RFC 6750 §3: a refusal says what kind it is. */
function challenge(error, details = {}) {
  const parts = Object.entries({ realm: 'fhir', ...(error && { error }), ...details });
  return { 'www-authenticate': `Bearer ${parts.map(([name, value]) => `${name}="${value}"`).join(', ')}` };
}

/**
 * The FHIR server of one tenant: reads and searches, for whoever has a token that permits them.
 *
 * @param {object} tenant
 * @param {object} site `{ origin, fhirBase, switches, findAccess(token) }`
 */
export async function createFhirServer(tenant, site) {
  const engine = await createEngine(tenant.resources);
  const { fhirBase } = site;
  const deleted = new Set(tenant.deleted ?? []);

  /** Whether an access may see a resource under one of the scopes that permit the kind of request. */
  const maySee = (access, resource, scopes) =>
    scopes.some(({ level, category }) => {
      const isMine = level === 'user' ? seesAll(access) : isInCompartment(resource, access.patient);
      return isMine && (!category || hasCategory(resource, category));
    });

  const seesAll = (access) => access.account.role === 'clinician';

  async function read(response, access, type, id) {
    const scopes = permittingScopes(access.scopes, type, 'r');
    if (scopes.length === 0) {
      refuseScope(response, type, 'r');
      return;
    }
    if (deleted.has(`${type}/${id}`)) {
      sendFhir(response, 410, outcome('deleted', `${type}/${id} was deleted.`));
      return;
    }
    const { resource } = await engine.read(type, id);
    if (!resource) {
      sendFhir(response, 404, outcome('not-found', `There is no ${type}/${id}.`));
      return;
    }
    if (!maySee(access, resource, scopes)) {
      const body = outcome('forbidden', `${type}/${id} is not in the record that this app may read.`);
      sendFhir(response, 403, body, challenge('insufficient_scope'));
      return;
    }
    sendFhir(response, 200, resource, versionHeaders(resource));
  }

  async function search(response, access, type, query) {
    const scopes = permittingScopes(access.scopes, type, 's');
    if (scopes.length === 0) {
      refuseScope(response, type, 's');
      return;
    }
    const found = await engine.search(type, query);
    if (found.outcome) {
      sendFhir(response, 400, outcome('invalid', 'The search was not understood.'));
      return;
    }
    const visible = found.entries.filter(
      ({ resource, search: how }) => how?.mode === 'include' || maySee(access, resource, scopes),
    );
    sendFhir(response, 200, page(visible, type, query));
  }

  /** One page of a searchset. Its links are for following, not for reading: the place is an opaque word. */
  function page(entries, type, query) {
    const start =
      Number.parseInt(Buffer.from(query.get('_page') ?? '', 'base64url').toString() || '0', 10) || 0;
    const size = Math.max(0, Number.parseInt(query.get('_count') ?? `${defaultPageSize}`, 10) || 0);
    const linkTo = (offset) => {
      const parameters = new URLSearchParams(query);
      parameters.set('_page', Buffer.from(String(offset)).toString('base64url'));
      return `${fhirBase}/${type}?${parameters}`;
    };
    const shown = entries.slice(start, start + size);
    const matches = entries.filter(({ search: how }) => how?.mode !== 'include');
    const hasMore = start + size < entries.length && size > 0;
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matches.length,
      link: [
        { relation: 'self', url: `${fhirBase}/${type}?${query}` },
        ...(hasMore ? [{ relation: 'next', url: linkTo(start + size) }] : []),
      ],
      entry: shown.map(({ resource, search: how }) => ({
        fullUrl: `${fhirBase}/${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode: how?.mode ?? 'match' },
      })),
    };
  }

  /** @param {URL} url */
  return async function serve(request, response, url) {
    const path = url.pathname.slice(new URL(fhirBase).pathname.length + 1);
    if (path === '.well-known/smart-configuration') {
      return site.switches.wellKnown
        ? sendJson(response, 200, smartConfiguration(site.origin))
        : sendJson(response, 404, { error: 'not found' });
    }
    if (path === 'metadata') {
      return site.switches.metadata
        ? sendFhir(response, 200, capabilityStatement(site.origin, tenant, site.switches.oauthUris))
        : sendFhir(response, 404, outcome('not-found', 'There is nothing here.'));
    }
    const access = await site.findAccess(request.headers.authorization);
    if (!access) {
      const body = outcome('login', 'A valid access token is needed.');
      return sendFhir(response, 401, body, challenge(request.headers.authorization && 'invalid_token'));
    }
    if (access.tenant !== tenant.id) {
      const body = outcome('forbidden', 'The access token is for another organisation.');
      return sendFhir(response, 403, body, challenge('insufficient_scope'));
    }
    const [type, id, more] = path.split('/');
    if (!resourceTypes.includes(type) || more !== undefined) {
      return sendFhir(response, 404, outcome('not-supported', 'This server does not have that.'));
    }
    if (request.method !== 'GET') {
      return sendFhir(response, 405, outcome('not-supported', 'This server can be read only.'), {
        allow: 'GET',
      });
    }
    return id
      ? read(response, access, type, decodeURIComponent(id))
      : search(response, access, type, url.searchParams);
  };
}

function refuseScope(response, type, permission) {
  const scope = `patient/${type}.${permission}`;
  const body = outcome('forbidden', `The access token does not permit this: ${scope} is missing.`);
  sendFhir(response, 403, body, challenge('insufficient_scope', { scope }));
}

function hasCategory(resource, category) {
  const [system, code] = category.split('|');
  const codings = (resource.category ?? []).flatMap(({ coding }) => coding ?? []);
  return codings.some((coding) => coding.system === system && coding.code === code);
}

function versionHeaders({ meta }) {
  return {
    ...(meta?.versionId && { etag: `W/"${meta.versionId}"` }),
    ...(meta?.lastUpdated && { 'last-modified': new Date(meta.lastUpdated).toUTCString() }),
  };
}
