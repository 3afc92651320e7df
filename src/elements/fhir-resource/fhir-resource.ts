import { define } from '../../ui/define.js';
import { FhirResourceElement } from './fhir-resource-element.js';

define('fhir-resource', FhirResourceElement);

declare global {
  interface HTMLElementTagNameMap {
    'fhir-resource': FhirResourceElement;
  }
}
