import { maySee } from './compartment.mjs';
import { capabilityStatement, smartConfiguration } from './discovery.mjs';
import { refuse, refuseResource, refuseScope, refuseToken, sendFhir } from './fhir-answers.mjs';
import { createEngine } from './fhir-engine.mjs';
import { sendJson } from './http.mjs';
import { permittingScopes, resourceTypes } from './scopes.mjs';
import { searchsetPage } from './searchset.mjs';
import { rewritten } from './switches.mjs';

/**
 * The FHIR server of one tenant: reads, searches and deletions, for whoever has a token that permits them.
 *
 * @param {object} tenant
 * @param {object} site `{ origin, fhirBase, switches, findAccess(authorization) }`
 */
export async function createFhirServer(tenant, site) {
  const { origin, fhirBase, switches } = site;
  const engine = await createEngine(tenant.resources);
  const deleted = new Set(tenant.deleted ?? []);

  /** Finds a resource for a request about one, or refuses the request. */
  async function findResource(response, access, { type, id }, permission) {
    const scopes = permittingScopes(access.scopes, type, permission);
    if (scopes.length === 0) {
      refuseScope(response, type, permission);
      return undefined;
    }
    if (deleted.has(`${type}/${id}`)) {
      refuse(response, 410, 'deleted', `${type}/${id} was deleted.`);
      return undefined;
    }
    const { resource } = await engine.read(type, id);
    if (!resource) {
      refuse(response, 404, 'not-found', `There is no ${type}/${id}.`);
      return undefined;
    }
    if (!maySee(access, resource, scopes, tenant)) {
      refuseResource(response, `${type}/${id}`);
      return undefined;
    }
    return resource;
  }

  async function read(response, access, target) {
    const resource = await findResource(response, access, target, 'r');
    if (!resource) {
      return;
    }
    // No resource changes here, so each has one version.
    if (target.version !== undefined && target.version !== resource.meta?.versionId) {
      refuse(response, 404, 'not-found', `There is no version ${target.version} of it.`);
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
      refuse(response, 400, 'invalid', 'The search was not understood.');
      return;
    }
    const isVisible = ({ resource, search: how }) => {
      const name = resource.resourceType;
      // What is included has to be permitted for its own type.
      const permitting = how?.mode === 'include' ? permittingScopes(access.scopes, name, 'r') : scopes;
      return !deleted.has(`${name}/${resource.id}`) && maySee(access, resource, permitting, tenant);
    };
    const entries = found.entries.filter(isVisible);
    sendFhir(response, 200, searchsetPage({ entries, fhirBase, type, query }));
  }

  async function remove(response, access, target) {
    if (await findResource(response, access, target, 'd')) {
      deleted.add(`${target.type}/${target.id}`);
      sendFhir(response, 204);
    }
  }

  function refuseWrite(response, access, method, type) {
    const permission = method === 'POST' ? 'c' : 'u';
    if (permittingScopes(access.scopes, type, permission).length === 0) {
      refuseScope(response, type, permission);
    } else {
      refuse(response, 405, 'not-supported', 'This server neither creates nor changes anything.', {
        allow: 'GET, DELETE',
      });
    }
  }

  /** Answers what anybody may ask. */
  function serveDiscovery(response, path) {
    if (path === 'metadata') {
      return switches.metadata
        ? sendFhir(
            response,
            200,
            rewritten(switches, 'metadata', capabilityStatement(origin, tenant, switches.oauthUris)),
          )
        : refuse(response, 404, 'not-found', 'There is nothing here.');
    }
    return switches.wellKnown
      ? sendJson(response, 200, rewritten(switches, 'wellKnown', smartConfiguration(origin)))
      : sendJson(response, 404, { error: 'not found' });
  }

  /** @param {URL} url */
  return async function serve(request, response, url) {
    const path = url.pathname.slice(new URL(fhirBase).pathname.length + 1);
    if (path === '.well-known/smart-configuration' || path === 'metadata') {
      return serveDiscovery(response, path);
    }
    const { authorization } = request.headers;
    const access = await site.findAccess(authorization);
    if (!access) {
      return refuseToken(response, authorization !== undefined);
    }
    if (access.tenant !== tenant.id) {
      return refuseToken(response, true, 'The access token is for another organisation.');
    }
    const target = targetOf(path);
    if (!target) {
      return refuse(response, 404, 'not-supported', 'This server does not have that.');
    }
    const { method } = request;
    if (method === 'GET' || method === 'HEAD') {
      return target.id
        ? read(response, access, target)
        : search(response, access, target.type, url.searchParams);
    }
    return method === 'DELETE' && target.id
      ? remove(response, access, target)
      : refuseWrite(response, access, method, target.type);
  };
}

/** @returns what a path of a FHIR server is about; undefined for what this server does not have. */
function targetOf(path) {
  const parts = /^(\w+)(?:\/([\w.-]{1,64})(?:\/_history\/([\w.-]{1,64}))?)?$/.exec(path);
  const [, type, id, version] = parts ?? [];
  return resourceTypes.includes(type) ? { type, id, version } : undefined;
}

function versionHeaders({ meta }) {
  return {
    ...(meta?.versionId && { etag: `W/"${meta.versionId}"` }),
    ...(meta?.lastUpdated && { 'last-modified': new Date(meta.lastUpdated).toUTCString() }),
  };
}
