import { change, without } from './changes.mjs';

/** What servers get wrong about the way there and back. */

const callback = (task) =>
  change('callback', (parameters, about) => {
    task(parameters, about);
    return parameters;
  });

const keptByOracle = /^(openid|fhirUser|launch|online_access)$/;
const isOfVersion1 = (scope) => /^(patient|user)\/[\w*]+\.(read|write|\*)$/.test(scope);

const ownWindow = { 'cross-origin-opener-policy': 'same-origin' };

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const authorizationDeviations = {
  'raw-launch': {
    says: 'The launch has a plus sign in it, which the address does not encode.',
    switches: { rawLaunch: true },
  },
  'strict-aud': {
    says: 'A slash too many at the end of aud is refused.',
    switches: { strictAud: true },
  },
  'aud-without-path': {
    says: 'aud has to be the server without the path of its FHIR base.',
    switches: { audWithoutPath: true },
  },
  'unknown-scope-is-refused': {
    says: 'A scope that the app is not registered for spoils the sign-in.',
    switches: { refuseScope: (scope) => /Coverage|^user\//.test(scope) },
  },
  'launch-scope-is-unknown': {
    says: 'The scope launch is unknown, and spoils the sign-in.',
    switches: { refuseScope: (scope) => scope === 'launch' },
  },
  'version-1-scopes-are-dropped': {
    says: 'Scopes of version 1 are dropped without a word.',
    switches: change('grant', (scopes) => scopes.filter((scope) => !isOfVersion1(scope))),
  },
  'scopes-are-trimmed': {
    says: 'Of all scopes only those about who signs in are granted, without a word.',
    switches: change('grant', (scopes) => scopes.filter((scope) => !/\/.*\./.test(scope))),
  },
  'offline-access-is-dropped': {
    says: 'offline_access is dropped without a word.',
    switches: change('grant', (scopes) => scopes.filter((scope) => scope !== 'offline_access')),
  },
  'offline-and-resource-scopes-dropped': {
    says: 'Of all scopes only openid, fhirUser, launch and online_access are granted, without a word.',
    switches: change('grant', (scopes) => scopes.filter((scope) => keptByOracle.test(scope))),
  },
  'no-response-iss': {
    says: 'The answer does not say which server it is from.',
    switches: {
      rewrite: {
        wellKnown: without('authorization_response_iss_parameter_supported'),
        callback: (parameters) => {
          parameters.delete('iss');
          return parameters;
        },
      },
    },
  },
  'response-iss-promised-and-missing': {
    says: 'The answer does not say which server it is from, and the configuration says that it does.',
    switches: callback((parameters) => parameters.delete('iss')),
  },
  'other-response-iss': {
    says: 'The answer says that it is from another server.',
    switches: callback((parameters) => parameters.set('iss', 'https://elsewhere.example')),
  },
  'other-state': {
    says: 'The answer is to another sign-in.',
    switches: callback((parameters) => parameters.set('state', `se.${'x'.repeat(43)}`)),
  },
  'neither-code-nor-error': {
    says: 'The answer has neither a code nor an error.',
    switches: callback((parameters) => parameters.delete('code')),
  },
  'two-codes': {
    says: 'The answer has two codes.',
    switches: callback((parameters) => parameters.has('code') && parameters.append('code', 'another')),
  },
  'error-without-state': {
    says: 'An error comes back without the state.',
    switches: callback((parameters) => parameters.has('error') && parameters.delete('state')),
  },
  'code-without-state': {
    says: 'The code comes back without the state.',
    switches: callback((parameters) => parameters.has('code') && parameters.delete('state')),
  },
  'code-and-error': {
    says: 'A code and an error come back together.',
    switches: callback(
      (parameters) => parameters.has('code') && parameters.set('error', 'temporarily_unavailable'),
    ),
  },
  'errors-by-address': {
    says: 'What went wrong is said on another page only, whose address comes with the error.',
    switches: {
      rewrite: {
        callback: (parameters, { base }) => {
          if (parameters.has('error')) {
            parameters.delete('error_description');
            parameters.set('error_uri', `${base}/errors/${parameters.get('error')}`);
          }
          return parameters;
        },
        refusal: ({ status, body }, { base }) => ({
          status,
          body: { error: body.error, error_uri: `${base}/errors/${body.error}` },
        }),
      },
    },
  },
  'only-error-uri': {
    says: 'What went wrong has no name; an address alone says it.',
    switches: {
      rewrite: {
        callback: (parameters, { base }) => {
          if (parameters.has('error')) {
            parameters.set('error_uri', `${base}/errors/${parameters.get('error')}`);
            parameters.delete('error');
            parameters.delete('error_description');
          }
          return parameters;
        },
        refusal: ({ status, body }, { base }) => ({
          status,
          body: { error_uri: `${base}/errors/${body.error}` },
        }),
      },
    },
  },
  'opener-policy': {
    says: 'Its screens let go of the window that opened them.',
    switches: { headers: { authorize: ownWindow, screens: ownWindow } },
  },
  'session-state': {
    says: 'The answer has a session_state too.',
    switches: callback((parameters) => parameters.set('session_state', 'b8f0b6a2')),
  },
};
