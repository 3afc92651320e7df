import { maySee } from './compartment.mjs';
import { capabilityStatement, smartConfiguration } from './discovery.mjs';
import { refuse, refuseResource, refuseScope, refuseToken, sendFhir, sendXml } from './fhir-answers.mjs';
import { createEngine } from './fhir-engine.mjs';
import { sendJson } from './http.mjs';
import { permittingScopes, resourceTypes } from './scopes.mjs';
import { searchsetPage } from './searchset.mjs';
import { rewritten } from './switches.mjs';

/**
 * The FHIR server of one tenant: reads, searches and deletions, for whoever has a token that permits them.
 *
 * @param {object} tenant
 * @param {object} site `{ base(), fhirBase(tenantId), switches, findAccess(authorization) }`
 */
export async function createFhirServer(tenant, site) {
  const { base, switches } = site;
  const fhirBase = () => site.fhirBase(tenant.id);
  const engine = await createEngine(tenant.resources);
  const deleted = new Set(tenant.deleted ?? []);
  /** What anybody may do where nobody has to sign in. */
  const everything = { tenant: tenant.id, account: { role: 'clinician' }, scopes: ['user/*.rs'] };

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
    const page = searchsetPage({ entries, fhirBase: fhirBase(), type, query });
    sendFhir(response, 200, rewritten(switches, 'searchset', page, { base: base(), fhirBase: fhirBase() }));
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
  function serveDiscovery(response, { path, format }) {
    if (path === 'metadata') {
      serveMetadata(response, format);
    } else if (switches.wellKnown && switches.wellKnownAtRoot === (path === '')) {
      const body = rewritten(switches, 'wellKnown', smartConfiguration(site), { base: base() });
      sendJson(response, 200, body);
    } else {
      sendJson(response, 404, { error: 'not found' });
    }
  }

  function serveMetadata(response, format) {
    if (!switches.metadata) {
      refuse(response, 404, 'not-found', 'There is nothing here.');
    } else if (switches.xmlMetadata && format !== 'json') {
      sendXml(
        response,
        '<CapabilityStatement xmlns="http://hl7.org/fhir"><kind value="instance"/></CapabilityStatement>',
      );
    } else {
      const statement = capabilityStatement(site, tenant);
      sendFhir(response, 200, rewritten(switches, 'metadata', statement, { base: base() }));
    }
  }

  /** @param {URL} url */
  return async function serve(request, response, url) {
    const { pathname, searchParams } = pagedAtBase(url) ?? url;
    const [, path = ''] = /^\/fhir\/R4\/[^/]+\/(.*)$/.exec(pathname) ?? [];
    if (path === '' || path === '.well-known/smart-configuration' || path === 'metadata') {
      return serveDiscovery(response, { path, format: searchParams.get('_format') });
    }
    const { authorization } = request.headers;
    const access = switches.open ? everything : await site.findAccess(authorization);
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
      return target.id ? read(response, access, target) : search(response, access, target.type, searchParams);
    }
    return method === 'DELETE' && target.id
      ? remove(response, access, target)
      : refuseWrite(response, access, method, target.type);
  };
}

/** Some servers page at their base: there `_getpages` is the search itself, in base64url. */
function pagedAtBase({ pathname, searchParams }) {
  const word = searchParams.get('_getpages');
  const [, base] = /^(\/fhir\/R4\/[^/]+)\/?$/.exec(pathname) ?? [];
  if (word === null || base === undefined) {
    return undefined;
  }
  const [type, query] = Buffer.from(word, 'base64url').toString().split('?');
  return { pathname: `${base}/${type}`, searchParams: new URLSearchParams(query) };
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
