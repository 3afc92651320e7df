import { randomBytes } from 'node:crypto';

import { createKeys } from './id-tokens.mjs';

/** What a server keeps in its database: who comes back after it was started again finds everything as it was. */
export function createState() {
  return {
    keys: createKeys(),
    cookieKeys: [randomBytes(16).toString('hex')],
    /** What the provider remembers: sessions, sign-ins that are under way, grants, codes and tokens. */
    entries: new Map(),
    /** What each grant is about: tenant, patient, encounter, whether it outlasts the session, and when it began. */
    grants: new Map(),
    /** What an EHR knows of each launch that was not used yet. */
    launches: new Map(),
    /** The patient that was chosen, by sign-in that is under way. */
    chosenPatients: new Map(),
    /** When each refresh token was rotated for the first time, by its fingerprint: milliseconds since 1970. */
    rotations: new Map(),
  };
}

/** A copy that nobody goes on writing to: as what is on the disk when the power is cut. */
export function copyState({ keys, ...records }) {
  return { keys, ...structuredClone(records) };
}
