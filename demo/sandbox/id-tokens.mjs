import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());

/** The keys that id_tokens are signed with: one for the server that keeps the rules, and one for others. */
export function createKeys() {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return {
    rsa,
    ec: ec.privateKey,
    rsaJwk: { ...rsa.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'sandbox' },
    ecPublicJwk: { ...ec.publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES384', kid: 'other' },
  };
}

/**
 * Takes an id_token apart, lets it be changed, and signs it again as its header says.
 *
 * @param {string} idToken a JWT
 * @param {ReturnType<typeof createKeys>} keys
 * @param {(parts: { header: object, claims: object, signature: string }) => typeof parts} change
 */
export function reissue(idToken, keys, change) {
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
  const signed = signature === 'bad' ? `${body}!` : body;
  return `${body}.${signatureOf(signed, header.alg, keys).toString('base64url')}`;
}

/** @param {string} alg of JSON Web Algorithms (RFC 7518 §3.1), such as `RS256` */
function signatureOf(text, alg, { rsa, ec }) {
  const [, family, size] = /^([A-Z]{2})(\d+)$/.exec(alg) ?? [undefined, 'RS', '256'];
  const hash = `sha${size}`;
  if (family === 'HS') {
    // The only secret that a public app could have is one that everybody knows.
    return createHmac(hash, 'demo-app').update(text).digest();
  }
  const key = family === 'ES' ? { key: ec, dsaEncoding: 'ieee-p1363' } : rsa;
  return sign(hash, Buffer.from(text), key);
}
