import { change, onRefresh, token, without } from './changes.mjs';

/** What servers get wrong about renewing. */

const isRenewal = (parameters) => parameters.grant_type === 'refresh_token';
const refuses = (isRefused) => ({
  refuseToken: (parameters) =>
    isRenewal(parameters) && isRefused(parameters)
      ? { status: 400, body: { error: 'invalid_request', error_description: 'scope is wrong' } }
      : undefined,
});

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const renewalDeviations = {
  'no-refresh-tokens': {
    says: 'Public apps get no refresh token.',
    switches: { refreshTokens: false },
  },
  'no-new-refresh-token': {
    says: 'A renewal brings no new refresh token; the old one goes on.',
    switches: { rotate: false, ...token(onRefresh(without('refresh_token'))) },
  },
  'same-refresh-token': {
    says: 'A renewal brings the same refresh token again.',
    switches: { rotate: false },
  },
  'bare-renewal': {
    says: 'A renewal says neither how long the token lasts nor what it permits.',
    switches: token(onRefresh(without('expires_in', 'scope', 'patient', 'need_patient_banner'))),
  },
  'another-patient-on-renewal': {
    says: 'A renewal is about another patient.',
    switches: token(onRefresh((body) => ({ ...body, patient: 'somebody-else' }))),
  },
  'renewal-needs-scope': {
    says: 'A renewal that does not say for what is refused.',
    switches: refuses(({ scope }) => scope === undefined),
  },
  'renewal-refuses-scope': {
    says: 'A renewal that says for what is refused.',
    switches: refuses(({ scope }) => scope !== undefined),
  },
  'refresh-needs-client-id': {
    says: 'A renewal that does not say which app asks is refused with status 401.',
    switches: change('refusal', (said, { parameters }) =>
      isRenewal(parameters) && parameters.client_id === undefined
        ? { status: 401, body: { error: 'unauthorized_client', error_description: 'client_id is missing' } }
        : said,
    ),
  },
  'renewal-unavailable': {
    says: 'Renewing answers 503.',
    switches: {
      refuseToken: (parameters) =>
        isRenewal(parameters) ? { status: 503, body: '<!doctype html><p>Maintenance.</p>' } : undefined,
    },
  },
  'renewal-drops-connection': {
    says: 'Renewing ends the connection.',
    switches: { breakRenewal: 'before' },
  },
};
