import { missingScopes, parseResourceScope } from './scope.js';

/** What somebody wants to do with the records of a type. */
export interface WantedAccess {
  /** A FHIR type. */
  readonly type: string;
  /** `read` for one record by its id, `search` for those that fit. */
  readonly action: 'read' | 'search';
  /** `patient` for the records of the patient of the session, `user` for all that the person may see. */
  readonly level: 'patient' | 'user';
}

/** The scope that something takes. */
export interface NeededScope {
  /** In the syntax that the granted ones are written in, such as `patient/Observation.s` or `patient/Observation.read`. */
  readonly scope: string;
  /** Whether a granted scope, of whichever level, has all of it. */
  readonly isGranted: boolean;
}

/**
 * The scope for reading or searching records of a type (SMART-63: `r` reads, `s` searches; SMART-64: in version 1, `.read`
 * does both).
 *
 * @param granted - the scopes of the session.
 */
export function neededScope({ type, action, level }: WantedAccess, granted: readonly string[]): NeededScope {
  const isVersionOne =
    granted.some((scope) => parseResourceScope(scope) && /\.(?:read|write|\*)$/.test(scope)) &&
    !granted.some((scope) => parseResourceScope(scope) && /\.[cruds]+(?:\?|$)/.test(scope));
  const letter = action === 'read' ? 'r' : 's';
  const isGranted = ['patient', 'user'].some(
    (one) => missingScopes([`${one}/${type}.${letter}`], granted).length === 0,
  );
  return { scope: `${level}/${type}.${isVersionOne ? 'read' : letter}`, isGranted };
}
