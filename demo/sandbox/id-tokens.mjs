import { sign } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());

/**
 * Takes an id_token apart, lets it be changed, and signs it again.
 *
 * @param {string} idToken a JWT
 * @param {import('node:crypto').KeyObject} privateKey RSA
 * @param {(parts: { header: object, claims: object, signature: string }) => typeof parts} change
 */
export function reissue(idToken, privateKey, change) {
  const [first, second] = idToken.split('.');
  const { header, claims, signature } = change({
    header: decode(first),
    claims: decode(second),
    signature: 'good',
  });
  const body = `${encode(header)}.${encode(claims)}`;
  if (signature === 'none') {
    return `${body}.`;
  }
  const hash = `sha${/\d+$/.exec(header.alg)?.[0] ?? '256'}`;
  return `${body}.${sign(hash, Buffer.from(signature === 'bad' ? `${body}!` : body), privateKey).toString('base64url')}`;
}
