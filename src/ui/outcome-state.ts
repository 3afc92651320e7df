import type { ErrorCode } from '../core/error-code.js';
import type { SmartError } from '../core/smart-error.js';
import type { DataState } from './data-state.js';

const states = new Map<ErrorCode, DataState>([
  ['fhir/forbidden', 'denied'],
  ['fhir/unauthorized', 'denied'],
  ['scope/missing', 'denied'],
  ['fhir/not-found', 'not-found'],
  ['fhir/gone', 'gone'],
  ['fhir/wrong-patient', 'refused'],
  ['view/modifier-not-understood', 'refused'],
]);

/** The state of an element that has nothing to show but this. */
export function stateOfError(error: SmartError): DataState {
  return states.get(error.code) ?? 'error';
}

/**
 * Whether what was read before may stay on the page beside this error: where nobody could answer, or the sign-in has
 * ended; not where the server has answered that this is not, or no longer, to be seen.
 */
export function leavesLastShown(error: SmartError): boolean {
  return /^(?:token|session)\/|^fhir\/(?:unreachable|timed-out|server-error|too-many-requests|unauthorized|not-json)$/.test(
    error.code,
  );
}
