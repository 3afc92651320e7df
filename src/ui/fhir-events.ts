import type { SmartError } from '../core/smart-error.js';
import type { FhirResource } from '../fhir/resource.js';

const said: EventInit = { bubbles: true, composed: true };

/** A resource was read, and is on the page. */
export class FhirLoadEvent extends Event {
  readonly resource: FhirResource;

  constructor(resource: FhirResource) {
    super('fhir-load', said);
    this.resource = resource;
  }
}

/** A resource could not be read or may not be shown; the page says why. */
export class FhirErrorEvent extends Event {
  readonly error: SmartError;

  constructor(error: SmartError) {
    super('fhir-error', said);
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'fhir-load': FhirLoadEvent;
    'fhir-error': FhirErrorEvent;
  }
}
