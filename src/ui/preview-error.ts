import { answerError } from '../core/errors/answer.js';
import { fhirError } from '../core/errors/fhir.js';
import type { SmartError } from '../core/smart-error.js';
import { anythingForbidden } from '../fhir/failed-answer.js';
import type { DataState } from './data-state.js';

/** An error such as a state comes from, for whoever looks at the state without data. */
export function errorOfState(state: DataState): SmartError | undefined {
  switch (state) {
    case 'denied':
      return answerError('forbidden', { values: anythingForbidden });
    case 'not-found':
    case 'gone':
      return answerError(state);
    case 'refused':
      return fhirError('wrong-patient');
    case 'error':
      return fhirError('timed-out');
    default:
      return undefined;
  }
}
