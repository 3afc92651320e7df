import { allScopes, resourceTypes } from './scopes.mjs';

const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';

/** The endpoints of the authorization server. */
function endpointsOf({ base, origin }) {
  return {
    authorize: `${base()}/auth`,
    token: `${base()}/token`,
    jwks: `${base()}/jwks`,
    revoke: `${base()}/token/revocation`,
    introspect: `${base()}/token/introspection`,
    manage: `${origin}/`,
    endSession: `${base()}/session/end`,
  };
}

/**
 * `/.well-known/smart-configuration`.
 *
 * @param {{ base: () => string, origin: string, switches: import('./switches.mjs').Switches }} site
 */
export function smartConfiguration(site) {
  const { origin, switches } = site;
  const { authorize, token, jwks, revoke, introspect, manage, endSession } = endpointsOf(site);
  return {
    issuer: origin,
    jwks_uri: jwks,
    authorization_endpoint: authorize,
    token_endpoint: token,
    revocation_endpoint: revoke,
    introspection_endpoint: introspect,
    management_endpoint: manage,
    ...(switches.endSession && { end_session_endpoint: endSession }),
    ...(switches.saysRefreshLifetime && { refresh_token_expiration_types_supported: ['token_timeout'] }),
    token_endpoint_auth_methods_supported: ['none'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: allScopes().filter((scope) =>
      /^\w+$|^launch|^(patient|user)\/\*\.(rs|cruds)$/.test(scope),
    ),
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'client-public',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'context-standalone-encounter',
      'permission-offline',
      'permission-online',
      'permission-patient',
      'permission-user',
      'permission-v1',
      'permission-v2',
    ],
  };
}

/**
 * `/metadata`.
 *
 * @param {{ base: () => string, origin: string, switches: import('./switches.mjs').Switches }} site
 * @param {{ name: string }} tenant
 */
export function capabilityStatement(site, tenant) {
  const { authorize, token, revoke, introspect, manage } = endpointsOf(site);
  const uris = { authorize, token, revoke, introspect, manage };
  const extension = Object.entries(uris).map(([url, valueUri]) => ({ url, valueUri }));
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    implementation: { description: `${tenant.name}, a sandbox with invented people` },
    rest: [
      {
        mode: 'server',
        security: {
          cors: true,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          ...(site.switches.oauthUris && { extension: [{ url: oauthUris, extension }] }),
        },
        resource: resourceTypes.map((type) => ({
          type,
          interaction: ['read', 'vread', 'delete', 'search-type'].map((code) => ({ code })),
        })),
      },
    ],
  };
}
