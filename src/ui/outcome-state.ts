import type { ErrorCode } from '../core/error-code.js';
import type { SmartError } from '../core/smart-error.js';
import {
  isObject,
  isResource,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
} from '../fhir/resource.js';
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

/** Whether an answer is all that was asked for: a search may have found nothing, or have more pages. */
export function stateOfAnswer(resource: FhirResource): 'ready' | 'empty' | 'partial' {
  if (resource.resourceType !== 'Bundle') {
    return 'ready';
  }
  if (objectsIn(own(resource, 'link')).some((link) => textIn(link, 'relation') === 'next')) {
    return 'partial';
  }
  const entries = objectsIn(own(resource, 'entry'));
  const outcomes = entries.filter(isOutcome);
  const isFaulty = outcomes
    .flatMap((entry) => objectsIn(own(entry, 'resource')))
    .flatMap((outcome) => objectsIn(own(outcome, 'issue')))
    .some((issue) => /^(?:fatal|error)$/.test(textIn(issue, 'severity') ?? ''));
  const found = entries.length - outcomes.length;
  const total = own(resource, 'total');
  // What the server counts or could not search is not nothing.
  if (isFaulty || (typeof total === 'number' && total > 0 && found === 0)) {
    return 'partial';
  }
  return found > 0 ? 'ready' : 'empty';
}

/** An entry that says how the search went, and is nothing that was found. */
function isOutcome(entry: JsonObject): boolean {
  const [search, resource] = [own(entry, 'search'), own(entry, 'resource')];
  return (
    (isObject(search) && textIn(search, 'mode') === 'outcome') ||
    (isResource(resource) && resource.resourceType === 'OperationOutcome')
  );
}
