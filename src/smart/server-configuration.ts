import { Fault } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import { isJsonObject, type JsonObject } from './json-object.js';
import { asFolder, isSecureUrl } from './secure-url.js';

/** What a server declares about signing in to it. */
export interface ServerConfiguration {
  readonly source: 'smart-configuration' | 'capability-statement';
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Only where the server supports OpenID Connect. */
  readonly issuer?: string;
  readonly jwksUri?: string;
  readonly revocationEndpoint?: string;
  readonly introspectionEndpoint?: string;
  readonly managementEndpoint?: string;
  readonly registrationEndpoint?: string;
  /** Where a person signs out of the server itself (OpenID Connect RP-Initiated Logout 1.0). */
  readonly endSessionEndpoint?: string;
  readonly capabilities: readonly string[];
  /** Whether every answer to a sign-in carries `iss` (RFC 9207). */
  readonly issParameterSupported: boolean;
  /** Further FHIR bases that the same token is for. */
  readonly associatedEndpoints: readonly string[];
}

/** A configuration, and what the server should have done better. */
export interface Discovered {
  readonly configuration: ServerConfiguration;
  readonly warnings: readonly SmartError[];
}

/** The same, before its warnings have words. */
export interface ReadConfiguration {
  readonly configuration: ServerConfiguration;
  readonly warnings: readonly Fault[];
}

const endpoints = {
  authorizationEndpoint: 'authorization_endpoint',
  tokenEndpoint: 'token_endpoint',
  jwksUri: 'jwks_uri',
  revocationEndpoint: 'revocation_endpoint',
  introspectionEndpoint: 'introspection_endpoint',
  managementEndpoint: 'management_endpoint',
  registrationEndpoint: 'registration_endpoint',
  endSessionEndpoint: 'end_session_endpoint',
} as const;
type EndpointName = keyof typeof endpoints;
/** Without these nobody can sign in; without the others something else is missing. */
const required: readonly string[] = [endpoints.authorizationEndpoint, endpoints.tokenEndpoint];

/**
 * Reads a `smart-configuration` document, or the same members gathered from a CapabilityStatement.
 *
 * Hard on what signing in needs, lenient on the rest (SMART-3).
 *
 * @throws {Fault} `discovery/missing-endpoint`, `discovery/insecure-endpoint`.
 */
export function readServerConfiguration(
  document: JsonObject,
  fhirBase: string,
  source: ServerConfiguration['source'],
): ReadConfiguration {
  const warnings: Fault[] = [];
  const found: Partial<Record<EndpointName, string>> = {};
  for (const [property, name] of Object.entries(endpoints) as [EndpointName, string][]) {
    const url = readEndpoint(document[name], name, fhirBase, warnings);
    if (url !== undefined) {
      found[property] = url;
    }
  }
  const { authorizationEndpoint, tokenEndpoint, ...optional } = found;
  if (authorizationEndpoint === undefined || tokenEndpoint === undefined) {
    const name =
      authorizationEndpoint === undefined ? endpoints.authorizationEndpoint : endpoints.tokenEndpoint;
    throw new Fault('discovery/missing-endpoint', { values: { name } });
  }
  const issuer = document['issuer'];
  const capabilities = texts(document['capabilities']);
  if (source === 'smart-configuration') {
    if (!texts(document['code_challenge_methods_supported']).includes('S256')) {
      warnings.push(new Fault('discovery/pkce-not-advertised'));
    }
    const expected = ['grant_types_supported', 'capabilities'];
    if (capabilities.includes('sso-openid-connect')) {
      expected.push('issuer', 'jwks_uri');
    }
    for (const name of expected.filter((member) => document[member] === undefined)) {
      warnings.push(new Fault('discovery/missing-member', { values: { name } }));
    }
  }
  const configuration: ServerConfiguration = {
    source,
    authorizationEndpoint,
    tokenEndpoint,
    ...(typeof issuer === 'string' && issuer !== '' && { issuer }),
    ...optional,
    capabilities,
    issParameterSupported: document['authorization_response_iss_parameter_supported'] === true,
    associatedEndpoints: readAssociatedEndpoints(document['associated_endpoints']),
  };
  return { configuration, warnings };
}

/** What version 1 of the guide called by another name. */
const formerly: Readonly<Record<string, string>> = {
  'context-banner': 'context-passthrough-banner',
  'context-style': 'context-passthrough-style',
};

/**
 * Whether a server says that it can do something (SMART-8). It is advice: servers can more, and less, than they say.
 *
 * @param capability one of SMART App Launch, such as `launch-standalone`, or the URI of another's.
 */
export function supports({ capabilities }: ServerConfiguration, capability: string): boolean {
  return capabilities.includes(capability) || capabilities.includes(formerly[capability] ?? capability);
}

function readEndpoint(value: unknown, name: string, fhirBase: string, warnings: Fault[]): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  // SMART-4: a relative endpoint is resolved against the FHIR base as a folder.
  const base = asFolder(fhirBase);
  if (!URL.canParse(value, base)) {
    return undefined;
  }
  const url = new URL(value, base);
  if (!isSecureUrl(url)) {
    const values = { name, value };
    if (required.includes(name)) {
      throw new Fault('discovery/insecure-endpoint', { values });
    }
    warnings.push(new Fault('discovery/insecure-optional-endpoint', { values }));
    return undefined;
  }
  if (URL.canParse(value)) {
    return value;
  }
  warnings.push(new Fault('discovery/relative-endpoint', { values: { name } }));
  return url.href;
}

function readAssociatedEndpoints(value: unknown): readonly string[] {
  const urls = Array.isArray(value)
    ? value.map((item: unknown) => (isJsonObject(item) ? item['url'] : undefined))
    : [];
  return texts(urls).filter((url) => URL.canParse(url) && isSecureUrl(new URL(url)));
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item: unknown) => typeof item === 'string') : [];
}
