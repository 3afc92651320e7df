import { allScopes } from '../scopes.mjs';
import { change, withMembers, without } from './changes.mjs';

/** What servers get wrong about saying where to sign in. */

const configuration = (members) => change('wellKnown', withMembers(members));

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const discoveryDeviations = {
  'no-well-known': {
    says: 'There is no smart-configuration; only the conformance statement names the endpoints.',
    switches: { wellKnown: false },
  },
  'slow-well-known': {
    says: 'The smart-configuration that is not there takes its time to say so.',
    switches: { wellKnown: false, delay: { wellKnown: 600 } },
  },
  'very-slow-well-known': {
    says: 'The smart-configuration takes more than five seconds.',
    switches: { delay: { wellKnown: 5_500 } },
  },
  'well-known-needs-token': {
    says: 'The smart-configuration is for those who have signed in.',
    switches: { down: { wellKnown: 401 } },
  },
  'metadata-needs-token': {
    says: 'The conformance statement is for those who have signed in.',
    switches: { down: { metadata: 401 } },
  },
  'well-known-at-root': {
    says: 'The smart-configuration is at the root of the server, and not below the FHIR base.',
    switches: { wellKnownAtRoot: true, metadata: false },
  },
  'well-known-unavailable': {
    says: 'The smart-configuration answers 503.',
    switches: { down: { wellKnown: true } },
  },
  'well-known-rate-limited': {
    says: 'The smart-configuration answers 429 and says when to come again.',
    switches: { down: { wellKnown: 429 } },
  },
  'well-known-as-web-page': {
    says: 'In place of the smart-configuration comes a web page, with status 200.',
    switches: { html: { wellKnown: true } },
  },
  'well-known-as-text': {
    says: 'The smart-configuration is labelled text/plain.',
    switches: { contentType: { wellKnown: 'text/plain' } },
  },
  'missing-members': {
    says: 'The smart-configuration lacks members that it must have.',
    switches: change(
      'wellKnown',
      without('grant_types_supported', 'capabilities', 'code_challenge_methods_supported'),
    ),
  },
  'no-authorize-endpoint': {
    says: 'The smart-configuration names no authorization endpoint.',
    switches: change('wellKnown', without('authorization_endpoint')),
  },
  'relative-endpoints': {
    says: 'The endpoints are relative addresses.',
    switches: change('wellKnown', (body, { base }) => ({
      ...body,
      authorization_endpoint: `${new URL(base).pathname.replace(/\/$/, '')}/auth`,
      token_endpoint: `${new URL(base).pathname.replace(/\/$/, '')}/token`,
    })),
  },
  'insecure-endpoints': {
    says: 'The token endpoint is not https.',
    switches: configuration({ token_endpoint: 'http://ehr.example/token' }),
  },
  'insecure-optional-endpoints': {
    says: 'The endpoints for inspecting, managing and signing out are not https.',
    switches: configuration({
      introspection_endpoint: 'http://ehr.example/introspect',
      management_endpoint: 'http://ehr.example/manage',
      end_session_endpoint: 'http://ehr.example/sign-out',
    }),
  },
  'associated-endpoints': {
    says: 'The token is for images, too, which are on another host.',
    switches: configuration({
      associated_endpoints: [{ url: 'https://images.example/fhir', capabilities: ['smart-imaging-access'] }],
    }),
  },
  'no-smart': {
    says: 'No document names a place to sign in.',
    switches: { wellKnown: false, oauthUris: false },
  },
  open: {
    says: 'Records are read without a sign-in.',
    switches: { wellKnown: false, oauthUris: false, open: true },
  },
  'no-cors-on-discovery': {
    says: 'No page of another site may read the discovery documents.',
    switches: { noCors: { wellKnown: true, metadata: true } },
  },
  'xml-metadata': {
    says: 'The conformance statement is XML, unless the address asks for JSON.',
    switches: { xmlMetadata: true },
  },
  'dstu2-metadata': {
    says: 'The conformance statement is a Conformance of DSTU2.',
    switches: change('metadata', (body) => ({ ...body, resourceType: 'Conformance', fhirVersion: '1.0.2' })),
  },
  'oauth-uris-in-second-rest': {
    says: 'Only the conformance statement names the endpoints, in the second part about its service.',
    switches: {
      wellKnown: false,
      ...change('metadata', (body) => ({ ...body, rest: [{ mode: 'server' }, ...body.rest] })),
    },
  },
  'capabilities-of-version-1': {
    says: 'Capabilities have their names of version 1, and one of them is an address.',
    switches: configuration({
      capabilities: [
        'launch-ehr',
        'launch-standalone',
        'client-public',
        'context-passthrough-banner',
        'context-passthrough-style',
        'http://ehr.example/capabilities/own',
      ],
    }),
  },
  'no-standalone-capability': {
    says: 'It does not say that an app may be opened outside of it, though it may.',
    switches: configuration({ capabilities: ['launch-ehr', 'client-public', 'permission-v2'] }),
  },
  'few-scopes-supported': {
    says: 'It lists five scopes, and grants others.',
    switches: configuration({
      scopes_supported: ['fhirUser', 'launch', 'openid', 'profile', 'launch/patient'],
    }),
  },
  'many-scopes-supported': {
    says: 'It lists 581 scopes.',
    switches: configuration({ scopes_supported: allScopes().slice(0, 581) }),
  },
  'no-scopes-supported': {
    says: 'It lists no scopes.',
    switches: change('wellKnown', without('scopes_supported')),
  },
  'no-optional-endpoints': {
    says: 'There is no endpoint for revoking, inspecting, managing or signing out.',
    switches: {
      endSession: false,
      ...change('wellKnown', without('revocation_endpoint', 'introspection_endpoint', 'management_endpoint')),
    },
  },
  'no-pkce-advertised': {
    says: 'It does not say that it knows PKCE.',
    switches: change('wellKnown', without('code_challenge_methods_supported')),
  },
  'no-refresh-advertised': {
    says: 'It does not say that it renews, and it renews.',
    switches: configuration({ grant_types_supported: ['authorization_code'] }),
  },
  'legacy-oauth-advertised': {
    says: 'It lists ways to sign in that OAuth has given up.',
    switches: configuration({
      response_types_supported: ['code', 'token', 'id_token token'],
      token_endpoint_auth_methods: ['none', 'client_secret_post'],
    }),
  },
  'token-auth-methods-spelled-both-ways': {
    says: 'How an app says who it is at the token endpoint stands there twice, under two names.',
    switches: configuration({ token_endpoint_auth_methods: ['none', 'private_key_jwt'] }),
  },
  'jwt-bearer-advertised': {
    says: 'It lists a way to renew with a key of the app.',
    switches: change('wellKnown', (body) => ({
      ...body,
      grant_types_supported: [...body.grant_types_supported, 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
    })),
  },
  'keys-by-openid-only': {
    says: 'Only OpenID discovery says where the keys are.',
    switches: change('wellKnown', without('jwks_uri')),
  },
  'only-scopes-of-version-1': {
    says: 'It speaks scopes of version 1 alone.',
    switches: change('wellKnown', (body) => ({
      ...body,
      capabilities: body.capabilities.filter((name) => name !== 'permission-v2'),
    })),
  },
  'authorize-post': {
    says: 'A long request for authorization may be posted.',
    switches: change('wellKnown', (body) => ({
      ...body,
      capabilities: [...body.capabilities, 'authorize-post'],
    })),
  },
  'authorize-query': {
    says: 'The address of the authorization endpoint has parameters of its own.',
    switches: change('wellKnown', (body) => ({
      ...body,
      authorization_endpoint: `${body.authorization_endpoint}?realm=patients`,
    })),
  },
};
