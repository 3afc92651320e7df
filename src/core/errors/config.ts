import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'missing-fhir-base': {
    message: 'This page does not say which health record server to use.',
    fix: 'Set fhir-base on <smart-auth>, for example https://ehr.example/fhir.',
    who: 'page',
  },
  'invalid-fhir-base': {
    message: 'The address of the health record server is not valid.',
    fix: 'fhir-base must be an absolute http(s) URL without query, fragment or password. It is “{value}”.',
    who: 'page',
  },
  'insecure-url': {
    message: 'The address of the health record server is not secure.',
    fix: 'Use https in {name}; http is for this machine only. It is “{value}”.',
    who: 'page',
  },
  'missing-tenant': {
    message: 'This page does not say which organisation’s records to use.',
    fix: 'fhir-base contains {tenant}: set the tenant of <smart-auth>.',
    who: 'page',
  },
  'missing-client-id': {
    message: 'This app has not been set up to sign in yet.',
    fix: 'Set client-id on <smart-auth> to the id that the server gave this app.',
    who: 'page',
  },
  'missing-scope': {
    message: 'This app does not say what it would like to read.',
    fix: 'Set scope on <smart-auth>, for example “launch/patient openid fhirUser patient/Patient.rs”.',
    who: 'page',
  },
  'invalid-scope': {
    message: 'This app asks for a permission that is not written correctly.',
    fix: 'A scope cannot hold “{value}”. Separate scopes by spaces.',
    who: 'page',
  },
  'invalid-redirect-uri': {
    message: 'This app has not been set up to come back from sign-in.',
    fix: 'redirect-uri must be a URL of this site, as registered, without fragment or password. It is “{value}”.',
    who: 'page',
  },
  'invalid-config-url': {
    message: 'This page has not been set up correctly.',
    fix: 'config-url must be an https URL, or one of this site. It is “{value}”.',
    who: 'page',
  },
  'invalid-name': {
    message: 'This page has not been set up correctly.',
    fix: 'name on <smart-auth> may hold letters, digits, “.”, “_” and “-” only. It is “{value}”.',
    who: 'page',
  },
  'invalid-persist': {
    message: 'This page has not been set up correctly.',
    fix: 'persist on <smart-auth> is memory, tab or browser. It is “{value}”.',
    who: 'page',
  },
  'invalid-idle-timeout': {
    message: 'This page has not been set up correctly.',
    fix: 'idle-timeout on <smart-auth> is a number of seconds, at least 30. It is “{value}”.',
    who: 'page',
  },
  'insecure-context': {
    message: 'Signing in is not possible here, because this page is not secure.',
    fix: 'Serve the page over https, or from localhost.',
    who: 'page',
  },
  'secret-in-browser': {
    message: 'This page has not been set up correctly.',
    fix: 'Remove client-secret: everyone can read it here. Register the app as a public client with PKCE.',
    who: 'page',
  },
} as const;

/** Errors and warnings of `config/…`: the page asks for something that cannot be. */
export const configError: ErrorFamily<'config', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'config',
  texts,
);
