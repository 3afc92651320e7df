const defaultPageSize = 50;

/**
 * One page of a searchset.
 *
 * @param {object} found
 * @param {{ resource: object, search?: { mode?: string } }[]} found.entries all that were found
 * @param {string} found.fhirBase
 * @param {string} found.type
 * @param {URLSearchParams} found.query
 */
export function searchsetPage({ entries, fhirBase, type, query }) {
  const start = query.has('_page') ? readPlace(query.get('_page')) : 0;
  const size = query.get('_summary') === 'count' ? 0 : wholeNumber(query.get('_count'), defaultPageSize);
  const hasMore = size > 0 && start + size < entries.length;
  const self = `${fhirBase}/${type}${query.size > 0 ? `?${query}` : ''}`;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: entries.filter(({ search }) => search?.mode !== 'include').length,
    link: [
      { relation: 'self', url: self },
      ...(hasMore ? [{ relation: 'next', url: linkTo(start + size, { fhirBase, type, query }) }] : []),
    ],
    // FHIR JSON knows no empty arrays.
    ...(size > 0 && start < entries.length
      ? { entry: entries.slice(start, start + size).map((entry) => shownEntry(entry, fhirBase, query)) }
      : {}),
  };
}

function shownEntry({ resource, search }, fhirBase, query) {
  return {
    fullUrl: `${fhirBase}/${resource.resourceType}/${resource.id}`,
    resource: withElements(resource, query.get('_elements')),
    search: { mode: search?.mode ?? 'match' },
  };
}

/** Links are for following, not for reading: the place is an opaque word. */
function linkTo(offset, { fhirBase, type, query }) {
  const parameters = new URLSearchParams(query);
  parameters.set('_page', Buffer.from(`page:${offset}`).toString('base64url'));
  return `${fhirBase}/${type}?${parameters}`;
}

function readPlace(word) {
  return wholeNumber(Buffer.from(word, 'base64url').toString().replace('page:', ''), 0);
}

function wholeNumber(text, otherwise) {
  return /^\d+$/.test(text ?? '') ? Number(text) : otherwise;
}

/** FHIR R4 search §3.1.1.5.9: a resource that is not complete says so. */
function withElements(resource, elements) {
  if (!elements) {
    return resource;
  }
  const wanted = new Set(['resourceType', 'id', ...elements.split(',')]);
  const tag = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
  const kept = Object.entries(resource).filter(([name]) => wanted.has(name.replace(/^_/, '')));
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), tag] };
  return { ...Object.fromEntries(kept), meta };
}
