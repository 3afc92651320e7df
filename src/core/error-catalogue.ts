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
    fix: 'Set fhir-base on <smart-auth> to the FHIR base URL of the server, for example https://ehr.example/fhir.',
    who: 'page',
  },
  'config/invalid-fhir-base': {
    message: 'The address of the health record server is not a valid one.',
    fix: 'fhir-base must be an absolute http(s) URL without query, fragment, user name or password. It is “{value}”.',
    who: 'page',
  },
  'config/insecure-url': {
    message: 'The address of the health record server is not secure.',
    fix: 'Use https: {name} is “{value}”. Plain http is allowed for this machine only (localhost, 127.0.0.1, [::1]).',
    who: 'page',
  },
  'config/missing-tenant': {
    message: 'This page does not say which organisation’s records to use.',
    fix: 'fhir-base contains {tenant}: set the tenant attribute of <smart-auth> to the organisation’s id.',
    who: 'page',
  },
  'config/missing-client-id': {
    message: 'This app has not been set up to sign in yet.',
    fix: 'Set client-id on <smart-auth> to the id that the server gave this app when it was registered.',
    who: 'page',
  },
  'config/missing-scope': {
    message: 'This app does not say what it would like to read.',
    fix: 'Set scope on <smart-auth>, for example “launch/patient openid fhirUser patient/Patient.rs”.',
    who: 'page',
  },
  'config/invalid-scope': {
    message: 'This app asks for a permission that is not written correctly.',
    fix: 'scope on <smart-auth> holds characters that a scope cannot have: “{value}”. Separate scopes by one space.',
    who: 'page',
  },
  'config/invalid-redirect-uri': {
    message: 'This app has not been set up to come back from sign-in.',
    fix: 'redirect-uri must be an absolute or relative http(s) URL of this site, without fragment, user name or password, and exactly as registered. It is “{value}”.',
    who: 'page',
  },
  'config/invalid-name': {
    message: 'This page has not been set up correctly.',
    fix: 'name on <smart-auth> may hold letters, digits, “.”, “_” and “-” only. It is “{value}”.',
    who: 'page',
  },
  'config/insecure-context': {
    message: 'Signing in is not possible on this page, because the page itself is not secure.',
    fix: 'Serve the page over https (or from localhost): browsers offer the needed cryptography only there.',
    who: 'page',
  },
  'config/secret-in-browser': {
    message: 'This page has not been set up correctly.',
    fix: 'Remove client-secret: a secret in a web page is known to everyone. Register the app as a public client, which uses PKCE instead.',
    who: 'page',
  },
  'config/no-provider': {
    message: 'This part of the page is not connected to a sign-in.',
    fix: 'Put <{tag}> inside a <smart-auth>, or give it for="…" with the id of one.',
    who: 'page',
  },
  'config/unknown-provider': {
    message: 'This part of the page is not connected to a sign-in.',
    fix: 'for="{value}" on <{tag}> names no <smart-auth> in this document.',
    who: 'page',
  },

  // discovery: finding the server's endpoints.
  'discovery/unreachable': {
    message: 'The health record server could not be reached.',
    fix: 'Check the network and that {host} is up. If it is, it may not allow this site: it must answer with CORS headers for this site, and this page’s Content-Security-Policy must list it in connect-src.',
    who: 'server',
  },
  'discovery/timed-out': {
    message: 'The health record server did not answer in time.',
    fix: 'Try again. If it stays so, {host} is too slow in answering .well-known/smart-configuration and metadata.',
    who: 'server',
  },
  'discovery/unavailable': {
    message: 'The health record server is not available at the moment.',
    fix: '{host} answered with an error of its own (HTTP {status}). Try again later.',
    who: 'server',
  },
  'discovery/not-found': {
    message: 'This address is not a health record server that an app can sign in to.',
    fix: 'Neither .well-known/smart-configuration nor metadata under fhir-base names any sign-in endpoints. Check fhir-base: it must be the FHIR base URL itself.',
    who: 'page',
  },
  'discovery/not-json': {
    message: 'This address does not answer as a health record server does.',
    fix: '{host} answered with something that is not JSON (a web page, perhaps). Check fhir-base.',
    who: 'page',
  },
  'discovery/missing-endpoint': {
    message: 'The health record server does not say where to sign in.',
    fix: 'Its configuration names no {name}.',
    who: 'server',
  },
  'discovery/insecure-endpoint': {
    message: 'The health record server would have you sign in at an address that is not secure.',
    fix: 'Its {name} is not an https URL: “{value}”.',
    who: 'server',
  },
  'discovery/relative-endpoint': {
    message: 'The health record server describes itself incompletely.',
    fix: 'Its {name} is a relative URL; SMART requires absolute ones. It was resolved against the FHIR base.',
    who: 'server',
  },
  'discovery/pkce-not-advertised': {
    message: 'The health record server does not say that it protects sign-in with PKCE.',
    fix: 'Its code_challenge_methods_supported does not list S256, which SMART requires. S256 was sent all the same.',
    who: 'server',
  },

  // launch: opened from an EHR.
  'launch/issuer-not-allowed': {
    message: 'This app was opened for a health record server that it does not know.',
    fix: 'Add the server to issuers on <smart-auth> if you trust it: {host}.',
    who: 'page',
  },
  'launch/missing-issuer': {
    message: 'This app was opened in an incomplete way.',
    fix: 'The EHR sent launch without iss. Open the app again from the EHR.',
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
    fix: 'The server refused the scope. Ask only for what the app is registered for.',
    who: 'page',
  },
  'authorize/invalid-client': {
    message: 'The health record server does not know this app.',
    fix: 'Check client-id, and that the app is registered and enabled at this server (which can take an hour).',
    who: 'page',
  },
  'authorize/invalid-request': {
    message: 'The health record server did not understand the request to sign in.',
    fix: 'See the server’s own words. Often the redirect URI or aud is not exactly as registered.',
    who: 'page',
  },
  'authorize/server-error': {
    message: 'The health record server had a problem of its own while you signed in.',
    fix: 'Try again. If it stays so, ask whoever runs the server.',
    who: 'server',
  },
  'authorize/refused': {
    message: 'The health record server refused the sign-in.',
    fix: 'See the server’s own words.',
    who: 'server',
  },

  // callback: coming back to the page.
  'callback/unknown-state': {
    message: 'This sign-in was already used, is too old, or was started in another tab or browser.',
    fix: 'Sign in again from this page. If it happens each time, sign-in starts and ends on different origins (www and without, http and https, localhost and 127.0.0.1), or storage is blocked.',
    who: 'person',
  },
  'callback/expired': {
    message: 'The sign-in took too long.',
    fix: 'Sign in again; it has to be finished within ten minutes.',
    who: 'person',
  },
  'callback/malformed': {
    message: 'The health record server sent an incomplete answer to the sign-in.',
    fix: 'The redirect holds neither one code nor one error. Sign in again; if it stays so, the server is at fault.',
    who: 'server',
  },
  'callback/issuer-mismatch': {
    message: 'The answer to the sign-in did not come from the expected server. It was not used.',
    fix: 'The iss parameter (RFC 9207) of the redirect differs from the issuer in the server’s configuration.',
    who: 'server',
  },
  'callback/error-without-state': {
    message: 'Somebody sent you here with an error message. It does not belong to a sign-in of yours.',
    fix: 'The address held error without state. Nothing was changed. If the server sends its errors so, it breaks RFC 6749 §4.1.2.1.',
    who: 'server',
  },
  'callback/other-configuration': {
    message: 'This sign-in was started with other settings than the page has now.',
    fix: 'client-id, fhir-base or tenant of <smart-auth name="{name}"> changed while the person was signing in. Sign in again.',
    who: 'page',
  },

  // token: exchanging the code, renewing.
  'token/unreachable': {
    message: 'The sign-in service could not be reached.',
    fix: 'Check the network. If it works, the token endpoint at {host} does not allow this site: it must answer with CORS headers for this site, and this page’s Content-Security-Policy must list it in connect-src.',
    who: 'server',
  },
  'token/timed-out': {
    message: 'The sign-in service did not answer in time.',
    fix: 'Try again. If it stays so, the token endpoint at {host} is too slow.',
    who: 'server',
  },
  'token/unavailable': {
    message: 'The sign-in service is not available at the moment.',
    fix: 'The token endpoint at {host} answered with an error of its own (HTTP {status}). Try again later.',
    who: 'server',
  },
  'token/invalid-grant': {
    message: 'The sign-in service no longer accepts this sign-in.',
    fix: 'Sign in again. The code or refresh token was used before, has ended, or was withdrawn.',
    who: 'person',
  },
  'token/invalid-client': {
    message: 'The sign-in service does not know this app.',
    fix: 'Check client-id, and that the app is registered as a public client without a secret.',
    who: 'page',
  },
  'token/refused': {
    message: 'The sign-in service refused to complete the sign-in.',
    fix: 'See the server’s own words.',
    who: 'server',
  },
  'token/invalid-response': {
    message: 'The sign-in service gave an answer that cannot be used.',
    fix: 'The token response is not JSON, or holds no access_token (SMART App Launch, token response).',
    who: 'server',
  },
  'token/unsupported-type': {
    message: 'The sign-in service gave an answer that cannot be used.',
    fix: 'The token_type is “{value}”; SMART requires Bearer.',
    who: 'server',
  },
  'token/type-missing': {
    message: 'The sign-in service described its answer incompletely.',
    fix: 'The token response has no token_type. Bearer was assumed.',
    who: 'server',
  },
  'token/scope-missing': {
    message: 'The sign-in service does not say what you allowed.',
    fix: 'The token response has no scope; RFC 6749 §5.1 then means: all that was asked for.',
    who: 'server',
  },
  'token/lifetime-missing': {
    message: 'The sign-in service does not say how long the sign-in lasts.',
    fix: 'The token response has no usable expires_in. The token is used until the server refuses it.',
    who: 'server',
  },

  // id-token: who signed in.
  'id-token/missing': {
    message: 'The server did not say who signed in.',
    fix: 'openid was granted, but the token response has no id_token.',
    who: 'server',
  },
  'id-token/malformed': {
    message: 'The server’s statement of who signed in cannot be read.',
    fix: 'The id_token is not a JWT with the claims that OpenID Connect Core §2 requires.',
    who: 'server',
  },
  'id-token/issuer-mismatch': {
    message: 'The statement of who signed in is not from the expected server.',
    fix: 'iss of the id_token differs from issuer in the server’s smart-configuration.',
    who: 'server',
  },
  'id-token/audience-mismatch': {
    message: 'The statement of who signed in was made for another app.',
    fix: 'aud (or azp) of the id_token is not this client id.',
    who: 'server',
  },
  'id-token/expired': {
    message: 'The statement of who signed in has expired.',
    fix: 'exp, iat or nbf of the id_token do not fit the time. Check the clocks of server and device.',
    who: 'server',
  },
  'id-token/nonce-mismatch': {
    message: 'The answer belongs to another sign-in. It was not used.',
    fix: 'nonce of the id_token is not the one that was sent. Sign in again.',
    who: 'server',
  },
  'id-token/nonce-missing': {
    message: 'The server’s statement of who signed in is incomplete.',
    fix: 'A nonce was sent, and the id_token does not repeat it (OpenID Connect Core §2).',
    who: 'server',
  },
  'id-token/bad-signature': {
    message: 'The statement of who signed in is not genuine.',
    fix: 'The signature of the id_token does not fit the keys at jwks_uri, or its algorithm is not allowed.',
    who: 'server',
  },
  'id-token/keys-unavailable': {
    message: 'Who signed in could not be confirmed.',
    fix: 'The keys at jwks_uri could not be read: the server does not name it, or does not allow this site (CORS). The claims were checked, the signature was not.',
    who: 'server',
  },
  'id-token/subject-changed': {
    message: 'The server now says that somebody else is signed in.',
    fix: 'sub of the renewed id_token differs from the first one (OpenID Connect Core §12.2). Sign in again.',
    who: 'server',
  },

  // session: its life.
  'session/superseded': {
    message: 'This belongs to an earlier sign-in.',
    fix: 'The session was replaced or ended. Take the current snapshot from <smart-auth> or its context.',
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
    fix: 'The server gave no refresh token. Ask for online_access or offline_access, if the server offers it to this app.',
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
    fix: 'The browser refuses storage to this page: it is in a sandboxed or third-party frame, or storage is blocked.',
    who: 'page',
  },
  'storage/unreadable': {
    message: 'The earlier sign-in could not be read again.',
    fix: 'Sign in again. The stored record is damaged, or its key is gone.',
    who: 'person',
  },
  'storage/write-failed': {
    message: 'Your sign-in could not be kept: it ends when you leave this page.',
    fix: 'The browser refused to write (its storage may be full).',
    who: 'person',
  },

  // context: what the server said the sign-in is about.
  'context/missing-variable': {
    message: 'It is not known which {value} to show.',
    fix: 'src needs {value}, and the server gave none at sign-in. Ask for it with the scope launch/{value}.',
    who: 'page',
  },
  'context/patient-changed': {
    message: 'The server now speaks of another patient. You were signed out for safety.',
    fix: 'A renewed token came with another patient than the first. Sign in again.',
    who: 'server',
  },

  // scope: what was allowed.
  'scope/missing': {
    message: 'You have not allowed this app to read this.',
    fix: 'The scope {value} was not granted. Ask for it in scope, or have it enabled at the server.',
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
    fix: 'The access token goes only to the FHIR base and what that server declares; {host} is neither.',
    who: 'page',
  },
  'fhir/unauthorized': {
    message: 'The server did not accept the sign-in for this record.',
    fix: 'HTTP 401, also after renewal. Sign in again.',
    who: 'server',
  },
  'fhir/forbidden': {
    message: 'You are not allowed to see this record here.',
    fix: 'HTTP 403. See the server’s own words; a scope may be missing.',
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
    fix: 'HTTP {status}. Try again later.',
    who: 'server',
  },
  'fhir/unreachable': {
    message: 'The record could not be fetched: the server could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site: it must answer with CORS headers for this site.',
    who: 'server',
  },
  'fhir/timed-out': {
    message: 'The record could not be fetched: the server did not answer in time.',
    fix: 'Try again.',
    who: 'server',
  },
  'fhir/not-json': {
    message: 'The server answered with something that is not a record.',
    fix: 'The answer is not FHIR JSON (a web page or XML, perhaps).',
    who: 'server',
  },
  'fhir/wrong-type': {
    message: 'The server answered with another record than the one asked for. It is not shown.',
    fix: '{expected} was asked for, {value} came.',
    who: 'server',
  },
  'fhir/wrong-patient': {
    message: 'The server answered with the record of another patient. It is not shown.',
    fix: 'The subject of the record is not the patient of this session.',
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
    fix: 'modifierExtension or implicitRules: {value}. Read the record in the source system.',
    who: 'server',
  },
} as const;

/** The stable code of an error or a warning. */
export type ErrorCode = keyof typeof errorCatalogue;
