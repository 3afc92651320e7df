/** Who can mend a fault: the person at the screen, whoever wrote the page, or whoever runs the server. */
export type ErrorOwner = 'person' | 'page' | 'server';

/** What stands in the catalogue for one code. `{name}` in a text is filled from the error's `values`. */
export interface ErrorEntry {
  /** For the person at the screen: what happened, without jargon. */
  readonly message: string;
  /** For whoever can mend it: what to do. */
  readonly fix: string;
  readonly who: ErrorOwner;
}

/**
 * Every error and warning of the kit, by its stable code `area/what-is-wrong`.
 *
 * The one source: messages on the page, types and docs are made from this table. A code is a promise; texts may
 * improve.
 */
export const errorCatalogue = {
  // config: the page asks for something that cannot be.
  'config/missing-fhir-base': {
    message: 'This page does not say which health record server to use.',
    fix: 'Set fhir-base on <smart-auth>, for example https://ehr.example/fhir.',
    who: 'page',
  },
  'config/invalid-fhir-base': {
    message: 'The address of the health record server is not valid.',
    fix: 'fhir-base must be an absolute http(s) URL without query, fragment or password. It is “{value}”.',
    who: 'page',
  },
  'config/insecure-url': {
    message: 'The address of the health record server is not secure.',
    fix: 'Use https in {name}; http is for this machine only. It is “{value}”.',
    who: 'page',
  },
  'config/missing-tenant': {
    message: 'This page does not say which organisation’s records to use.',
    fix: 'fhir-base contains {tenant}: set the tenant of <smart-auth>.',
    who: 'page',
  },
  'config/missing-client-id': {
    message: 'This app has not been set up to sign in yet.',
    fix: 'Set client-id on <smart-auth> to the id that the server gave this app.',
    who: 'page',
  },
  'config/missing-scope': {
    message: 'This app does not say what it would like to read.',
    fix: 'Set scope on <smart-auth>, for example “launch/patient openid fhirUser patient/Patient.rs”.',
    who: 'page',
  },
  'config/invalid-scope': {
    message: 'This app asks for a permission that is not written correctly.',
    fix: 'A scope cannot hold “{value}”. Separate scopes by spaces.',
    who: 'page',
  },
  'config/invalid-redirect-uri': {
    message: 'This app has not been set up to come back from sign-in.',
    fix: 'redirect-uri must be a URL of this site, as registered, without fragment or password. It is “{value}”.',
    who: 'page',
  },
  'config/invalid-name': {
    message: 'This page has not been set up correctly.',
    fix: 'name on <smart-auth> may hold letters, digits, “.”, “_” and “-” only. It is “{value}”.',
    who: 'page',
  },
  'config/insecure-context': {
    message: 'Signing in is not possible here, because this page is not secure.',
    fix: 'Serve the page over https, or from localhost.',
    who: 'page',
  },
  'config/secret-in-browser': {
    message: 'This page has not been set up correctly.',
    fix: 'Remove client-secret: everyone can read it here. Register the app as a public client with PKCE.',
    who: 'page',
  },
  'config/no-provider': {
    message: 'This part of the page is not connected to a sign-in.',
    fix: 'Put <{tag}> inside a <smart-auth>, or give it for="…" with the id of one.',
    who: 'page',
  },
  'config/unknown-provider': {
    message: 'This part of the page is not connected to a sign-in.',
    fix: 'for="{value}" on <{tag}> names no <smart-auth> of this page.',
    who: 'page',
  },

  // discovery: finding the server's endpoints.
  'discovery/unreachable': {
    message: 'The health record server could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site (CORS), or this page’s Content-Security-Policy does not list it in connect-src.',
    who: 'server',
  },
  'discovery/timed-out': {
    message: 'The health record server did not answer in time.',
    fix: 'Try again. {host} is slow to answer .well-known/smart-configuration and metadata.',
    who: 'server',
  },
  'discovery/unavailable': {
    message: 'The health record server is not available at the moment.',
    fix: 'Try again later. {host} answered with HTTP {status}.',
    who: 'server',
  },
  'discovery/not-found': {
    message: 'This address is not a health record server that an app can sign in to.',
    fix: 'Check fhir-base: nothing under it (.well-known/smart-configuration, metadata) says where to sign in.',
    who: 'page',
  },
  'discovery/not-json': {
    message: 'This address does not answer as a health record server does.',
    fix: 'Check fhir-base: {host} did not answer with JSON.',
    who: 'page',
  },
  'discovery/missing-endpoint': {
    message: 'The health record server does not say where to sign in.',
    fix: 'Its configuration has no {name}.',
    who: 'server',
  },
  'discovery/insecure-endpoint': {
    message: 'The health record server would have you sign in at an address that is not secure.',
    fix: 'Its {name} is not https: “{value}”.',
    who: 'server',
  },
  'discovery/relative-endpoint': {
    message: 'The health record server describes itself incompletely.',
    fix: 'Its {name} is a relative URL. It was resolved against the FHIR base.',
    who: 'server',
  },
  'discovery/pkce-not-advertised': {
    message: 'The health record server does not say that it protects sign-in with PKCE.',
    fix: 'Its code_challenge_methods_supported lacks S256. It was used all the same.',
    who: 'server',
  },

  // launch: opened from an EHR.
  'launch/issuer-not-allowed': {
    message: 'This app was opened for a health record server that it does not know.',
    fix: 'Add it to issuers on <smart-auth> if you trust it: {host}.',
    who: 'page',
  },
  'launch/missing-issuer': {
    message: 'This app was opened in an incomplete way.',
    fix: 'Open it again from the EHR, which sent launch without iss.',
    who: 'server',
  },

  // authorize: what the authorization server answered with.
  'authorize/denied': {
    message: 'You did not allow access, or it was refused. Nothing was shared.',
    fix: 'Sign in again if this was not intended.',
    who: 'person',
  },
  'authorize/invalid-scope': {
    message: 'The health record server does not offer what this app asks for.',
    fix: 'Ask only for the scopes that the app is registered for.',
    who: 'page',
  },
  'authorize/invalid-client': {
    message: 'The health record server does not know this app.',
    fix: 'Check client-id, and that the app is registered and enabled there.',
    who: 'page',
  },
  'authorize/invalid-request': {
    message: 'The health record server did not understand the request to sign in.',
    fix: 'Check that redirect URI and FHIR base are exactly as registered.',
    who: 'page',
  },
  'authorize/server-error': {
    message: 'The health record server had a problem of its own.',
    fix: 'Try again later.',
    who: 'server',
  },
  'authorize/refused': {
    message: 'The health record server refused the sign-in.',
    fix: 'See the server’s own words.',
    who: 'server',
  },

  // callback: coming back to the page.
  'callback/unknown-state': {
    message: 'This sign-in was already used, is too old, or was started in another browser.',
    fix: 'Sign in again from this page. If it happens each time, sign-in starts and ends on different addresses, or storage is blocked.',
    who: 'person',
  },
  'callback/expired': {
    message: 'The sign-in took too long.',
    fix: 'Sign in again, within ten minutes.',
    who: 'person',
  },
  'callback/malformed': {
    message: 'The health record server sent an incomplete answer to the sign-in.',
    fix: 'Sign in again. The answer held neither one code nor one error.',
    who: 'server',
  },
  'callback/issuer-mismatch': {
    message: 'The answer to the sign-in did not come from the expected server. It was not used.',
    fix: 'The iss of the answer (RFC 9207) is not the server’s issuer.',
    who: 'server',
  },
  'callback/error-without-state': {
    message: 'Somebody sent you here with an error that belongs to no sign-in of yours.',
    fix: 'Nothing was changed. A server that sends errors without state breaks RFC 6749 §4.1.2.1.',
    who: 'server',
  },
  'callback/other-configuration': {
    message: 'This sign-in was started with other settings than the page has now.',
    fix: 'Sign in again. client-id, fhir-base or tenant of <smart-auth name="{name}"> changed meanwhile.',
    who: 'page',
  },

  // token: exchanging the code, renewing.
  'token/unreachable': {
    message: 'The sign-in service could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site (CORS), or this page’s Content-Security-Policy does not list it in connect-src.',
    who: 'server',
  },
  'token/timed-out': {
    message: 'The sign-in service did not answer in time.',
    fix: 'Try again. {host} is slow.',
    who: 'server',
  },
  'token/unavailable': {
    message: 'The sign-in service is not available at the moment.',
    fix: 'Try again later. {host} answered with HTTP {status}.',
    who: 'server',
  },
  'token/invalid-grant': {
    message: 'The sign-in service no longer accepts this sign-in.',
    fix: 'Sign in again.',
    who: 'person',
  },
  'token/invalid-client': {
    message: 'The sign-in service does not know this app.',
    fix: 'Check client-id, and that the app is registered as a public client.',
    who: 'page',
  },
  'token/refused': {
    message: 'The sign-in service refused to complete the sign-in.',
    fix: 'See the server’s own words.',
    who: 'server',
  },
  'token/invalid-response': {
    message: 'The sign-in service gave an answer that cannot be used.',
    fix: 'The token response is not JSON, or has no access_token.',
    who: 'server',
  },
  'token/unsupported-type': {
    message: 'The sign-in service gave an answer that cannot be used.',
    fix: 'The token_type is not Bearer.',
    who: 'server',
  },
  'token/type-missing': {
    message: 'The sign-in service described its answer incompletely.',
    fix: 'The token response has no token_type. Bearer was assumed.',
    who: 'server',
  },
  'token/scope-missing': {
    message: 'The sign-in service does not say what you allowed.',
    fix: 'The token response has no scope: all that was asked for (RFC 6749 §5.1).',
    who: 'server',
  },
  'token/lifetime-missing': {
    message: 'The sign-in service does not say how long the sign-in lasts.',
    fix: 'The token response has no expires_in. The token is used until it is refused.',
    who: 'server',
  },

  // id-token: who signed in.
  'id-token/missing': {
    message: 'The server did not say who signed in.',
    fix: 'openid was granted, but there is no id_token.',
    who: 'server',
  },
  'id-token/malformed': {
    message: 'The server’s statement of who signed in cannot be read.',
    fix: 'The id_token lacks what OpenID Connect Core §2 requires.',
    who: 'server',
  },
  'id-token/issuer-mismatch': {
    message: 'The statement of who signed in is not from the expected server.',
    fix: 'iss of the id_token is not the server’s issuer.',
    who: 'server',
  },
  'id-token/audience-mismatch': {
    message: 'The statement of who signed in was made for another app.',
    fix: 'aud or azp of the id_token is not this client id.',
    who: 'server',
  },
  'id-token/expired': {
    message: 'The statement of who signed in has expired.',
    fix: 'Check the clocks of server and device.',
    who: 'server',
  },
  'id-token/nonce-mismatch': {
    message: 'The answer belongs to another sign-in. It was not used.',
    fix: 'Sign in again. The nonce of the id_token is another one.',
    who: 'server',
  },
  'id-token/nonce-missing': {
    message: 'The server’s statement of who signed in is incomplete.',
    fix: 'The id_token does not repeat the nonce.',
    who: 'server',
  },
  'id-token/bad-signature': {
    message: 'The statement of who signed in is not genuine.',
    fix: 'The signature of the id_token does not fit the server’s keys.',
    who: 'server',
  },
  'id-token/keys-unavailable': {
    message: 'Who signed in could not be confirmed.',
    fix: 'The server’s keys (jwks_uri) could not be read. The claims were checked, the signature was not.',
    who: 'server',
  },
  'id-token/subject-changed': {
    message: 'The server now says that somebody else is signed in.',
    fix: 'Sign in again. sub of the renewed id_token is another one.',
    who: 'server',
  },

  // session: its life.
  'session/superseded': {
    message: 'This belongs to an earlier sign-in.',
    fix: 'Take the current snapshot from <smart-auth> or its context.',
    who: 'page',
  },
  'session/not-signed-in': {
    message: 'You are not signed in.',
    fix: 'Sign in first.',
    who: 'person',
  },
  'session/expired': {
    message: 'Your sign-in has ended.',
    fix: 'Sign in again.',
    who: 'person',
  },
  'session/not-renewable': {
    message: 'This sign-in cannot be extended.',
    fix: 'The server gave no refresh token. Ask for online_access or offline_access.',
    who: 'server',
  },
  'session/busy': {
    message: 'Your sign-in is being renewed in another tab.',
    fix: 'Try again in a moment.',
    who: 'person',
  },

  // storage: what the browser lets the page keep.
  'storage/unavailable': {
    message: 'This page cannot keep a sign-in here. Open it in a window of its own.',
    fix: 'The browser refuses storage: the page is in a frame, or storage is blocked.',
    who: 'page',
  },
  'storage/unreadable': {
    message: 'The earlier sign-in could not be read again.',
    fix: 'Sign in again.',
    who: 'person',
  },
  'storage/write-failed': {
    message: 'Your sign-in could not be kept: it ends when you leave this page.',
    fix: 'The browser refused to write. Its storage may be full.',
    who: 'person',
  },

  // context: what the server said the sign-in is about.
  'context/missing-variable': {
    message: 'It is not known which {value} to show.',
    fix: 'src needs {value}, and the server gave none. Ask for the scope {scope}.',
    who: 'page',
  },
  'context/patient-changed': {
    message: 'The server now speaks of another patient. You were signed out for safety.',
    fix: 'Sign in again. A renewed token came with another patient.',
    who: 'server',
  },

  // scope: what was allowed.
  'scope/missing': {
    message: 'You have not allowed this app to read this.',
    fix: 'The scope {value} was not granted.',
    who: 'person',
  },

  // fhir: reading records.
  'fhir/invalid-source': {
    message: 'This part of the page does not say correctly what to show.',
    fix: 'src is not a usable reference: “{value}”. Write it like Patient/{patient}.',
    who: 'page',
  },
  'fhir/foreign-url': {
    message: 'This record is at another place than the one you signed in to. It was not asked for.',
    fix: 'The access token does not go to {host}.',
    who: 'page',
  },
  'fhir/unauthorized': {
    message: 'The server did not accept the sign-in for this record.',
    fix: 'Sign in again. HTTP 401, also after renewal.',
    who: 'server',
  },
  'fhir/forbidden': {
    message: 'You are not allowed to see this record here.',
    fix: 'HTTP 403. A scope may be missing.',
    who: 'server',
  },
  'fhir/not-found': {
    message: 'There is no such record, or it is not shared with this app.',
    fix: 'HTTP 404.',
    who: 'server',
  },
  'fhir/gone': {
    message: 'This record was deleted.',
    fix: 'HTTP 410.',
    who: 'server',
  },
  'fhir/too-many-requests': {
    message: 'The server is busy. Try again in a moment.',
    fix: 'HTTP 429.',
    who: 'server',
  },
  'fhir/rejected': {
    message: 'The server could not do what this page asked for.',
    fix: 'HTTP {status}. See the server’s own words.',
    who: 'page',
  },
  'fhir/server-error': {
    message: 'The server had a problem of its own. What was asked for could not be read.',
    fix: 'Try again later. HTTP {status}.',
    who: 'server',
  },
  'fhir/unreachable': {
    message: 'The record could not be fetched: the server could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site (CORS).',
    who: 'server',
  },
  'fhir/timed-out': {
    message: 'The record could not be fetched: the server did not answer in time.',
    fix: 'Try again.',
    who: 'server',
  },
  'fhir/not-json': {
    message: 'The server answered with something that is not a record.',
    fix: 'The answer is not FHIR JSON.',
    who: 'server',
  },
  'fhir/wrong-type': {
    message: 'The server answered with another record than the one asked for. It is not shown.',
    fix: '{expected} was asked for, {value} came.',
    who: 'server',
  },
  'fhir/wrong-patient': {
    message: 'The server answered with the record of another patient. It is not shown.',
    fix: 'Its subject is not the patient of this session.',
    who: 'server',
  },

  // view: showing records.
  'view/not-a-resource': {
    message: 'This cannot be shown, because it is not a health record.',
    fix: 'resource must be an object with a resourceType.',
    who: 'page',
  },
  'view/modifier-not-understood': {
    message:
      'This record carries a condition that changes its meaning and that this page does not understand. It is not shown.',
    fix: 'Read it in the source system: {value}.',
    who: 'server',
  },
} as const;

/** The stable code of an error or a warning. */
export type ErrorCode = keyof typeof errorCatalogue;
