import {
  isObject,
  isResource,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
} from '../fhir/resource.js';

/** Whether an answer is all that was asked for: a search may have found nothing, or have more pages. */
export function stateOfBundle(bundle: FhirResource): 'ready' | 'empty' | 'partial' {
  if (objectsIn(own(bundle, 'link')).some((link) => textIn(link, 'relation') === 'next')) {
    return 'partial';
  }
  const entries = objectsIn(own(bundle, 'entry'));
  const outcomes = entries.filter(isOutcome);
  const isFaulty = outcomes
    .flatMap((entry) => objectsIn(own(entry, 'resource')))
    .flatMap((outcome) => objectsIn(own(outcome, 'issue')))
    .some((issue) => /^(?:fatal|error)$/.test(textIn(issue, 'severity') ?? ''));
  const found = entries.length - outcomes.length;
  const total = own(bundle, 'total');
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
