import { inWords, worded } from '../core/fault.js';
import { resolveFhirUser } from './fhir-user.js';
import { checkIdToken, type CheckedIdToken, type IdTokenCheck } from './oauth/index.js';
import type { SmartError } from '../core/smart-error.js';

/** Who signed in, from an id_token whose claims passed every check. */
export interface SignedInUser {
  /** `sub`: the person at this issuer. */
  readonly subject: string;
  /** The FHIR resource of the person, as an absolute URL or relative to the FHIR base. */
  readonly fhirUser?: string;
  /** A name to show, where the server gives one. */
  readonly name?: string;
  /** `unverified` where the server's keys could not be read: then only TLS vouches for the claims. */
  readonly signature: 'verified' | 'unverified';
}

/**
 * Checks an id_token and reads who signed in.
 *
 * @throws {SmartError} `id-token/…`; then nobody is to be taken for signed in by name.
 */
export async function readSignedInUser(
  idToken: string,
  check: IdTokenCheck,
): Promise<{ readonly user: SignedInUser; readonly warnings: readonly SmartError[] }> {
  const { claims, signature, warnings }: CheckedIdToken = await worded(() => checkIdToken(idToken, check));
  const text = (...names: readonly string[]): string | undefined =>
    names.map((name) => claims[name]).find((value) => typeof value === 'string' && value !== '') as
      string | undefined;
  // SMART-89: version 1 of the guide named the claim `profile`, which is a web page to everybody else.
  const profile = text('profile');
  const isRecord =
    profile !== undefined && resolveFhirUser(profile, check.party.fhirBase)?.type !== undefined;
  const fhirUser = text('fhirUser') ?? (isRecord ? profile : undefined);
  const name = text('name');
  const user: SignedInUser = Object.freeze({
    subject: claims.sub,
    ...(fhirUser !== undefined && { fhirUser }),
    ...(name !== undefined && { name }),
    signature,
  });
  return { user, warnings: await inWords(warnings) };
}
