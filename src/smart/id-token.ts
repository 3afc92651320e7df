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
