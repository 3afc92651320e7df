import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'missing-patient': {
    message: 'The server did not say whose record this is.',
    fix: 'Scopes for a patient were granted without a patient. Ask for launch/patient, or for launch in an EHR.',
    who: 'server',
  },
  'patient-changed': {
    message: 'The server now speaks of another patient. You were signed out for safety.',
    fix: 'Sign in again. A renewed token came with another patient.',
    who: 'person',
  },
} as const;

/** Errors and warnings of `context/…`: what the server said the sign-in is about. */
export const contextError: ErrorFamily<'context', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'context',
  texts,
);
