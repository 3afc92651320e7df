import { members, token, without } from './changes.mjs';

/** What servers get wrong about tokens. */

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const tokenDeviations = {
  'token-as-jwt': {
    says: 'The access token is a JWT, which says of itself that it has expired.',
    switches: token((body) => ({
      ...body,
      access_token: [encode({ alg: 'RS256', typ: 'at+jwt' }), encode({ exp: 1 }), body.access_token].join(
        '.',
      ),
    })),
  },
  'token-with-dots': {
    says: 'The access token has dots in it, and is no JWT.',
    switches: token((body) => ({ ...body, access_token: `v2.local.${body.access_token}` })),
  },
  'short-tokens': {
    says: 'Access tokens last nine and a half minutes.',
    switches: { accessTokenLifetime: 570 },
  },
  'no-lifetime': {
    says: 'It does not say how long a token lasts.',
    switches: token(without('expires_in')),
  },
  'lifetime-as-text': {
    says: 'The lifetime is a text, not a number.',
    switches: token((body) => ({ ...body, expires_in: String(body.expires_in) })),
  },
  'lifetime-of-zero': {
    says: 'The lifetime is said to be zero.',
    switches: members({ expires_in: 0 }),
  },
  'lifetime-negative': {
    says: 'The lifetime is said to be less than nothing.',
    switches: members({ expires_in: -1 }),
  },
  'lifetime-nonsense': {
    says: 'The lifetime is a word.',
    switches: members({ expires_in: 'soon' }),
  },
  'no-token-type': {
    says: 'It does not say of what type the token is.',
    switches: token(without('token_type')),
  },
  'lower-case-token-type': {
    says: 'The type is bearer, in small letters.',
    switches: members({ token_type: 'bearer' }),
  },
  'other-token-type': {
    says: 'The token is of a type that the kit cannot use.',
    switches: members({ token_type: 'mac' }),
  },
  'no-access-token': {
    says: 'The answer has no token in it.',
    switches: token(without('access_token')),
  },
  'extra-members': {
    says: 'The answer has members that nobody knows, one of them misspelt.',
    switches: members({ ext_expires_in: 3600, resource: 'api', practioner: 'lee', practitioner: 'lee' }),
  },
  'cacheable-tokens': {
    says: 'Nothing forbids to keep token answers in a cache.',
    switches: { headers: { token: { 'cache-control': undefined, pragma: undefined } } },
  },
  'secret-demanded': {
    says: 'No app is known without a secret.',
    switches: {
      refuseToken: () => ({
        status: 401,
        body: { error: 'invalid_client', error_description: 'The client secret is missing.' },
      }),
    },
  },
  'errors-as-success': {
    says: 'A refusal comes with status 200.',
    switches: { rewrite: { refusal: ({ body }) => ({ status: 200, body }) } },
  },
  'errors-as-401': {
    says: 'A refusal comes with status 401.',
    switches: { rewrite: { refusal: ({ body }) => ({ status: 401, body }) } },
  },
  'token-as-web-page': {
    says: 'In place of a token comes a web page.',
    switches: { html: { token: true } },
  },
  'unavailable-as-json': {
    says: 'Asking for a token answers 503, in JSON of no known form.',
    switches: { refuseToken: () => ({ status: 503, body: { message: 'Service temporarily unavailable' } }) },
  },
  'no-cors-on-token': {
    says: 'No page of another site may read token answers.',
    switches: { noCors: { token: true } },
  },
};
