import { parseJsonObject } from '../json-object.js';
import { isSecureUrl } from '../secure-url.js';

/**
 * Reads a server's keys where its SMART configuration does not say where they are, by OpenID Connect Discovery
 * (SMART-84). The document must be of the same issuer, or it could name anybody's keys.
 */
export async function findKeys(issuer: string, read: (url: string) => Promise<Response>): Promise<Response> {
  const base = issuer.replace(/\/$/, '');
  const response = await read(`${base}/.well-known/openid-configuration`);
  const document = response.ok ? parseJsonObject(await response.text()) : undefined;
  const keys = document?.['jwks_uri'];
  const named = document?.['issuer'];
  const isSame = typeof named === 'string' && named.replace(/\/$/, '') === base;
  if (!isSame || typeof keys !== 'string' || !URL.canParse(keys) || !isSecureUrl(new URL(keys))) {
    throw new TypeError('There are no keys of this issuer.');
  }
  return read(keys);
}
