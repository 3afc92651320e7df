import { without } from './changes.mjs';

/** What servers get wrong about records, and about ending a session. */

/** Changes the links of a searchset. */
const links = (task) => ({
  rewrite: {
    searchset: (body, about) => ({
      ...body,
      link: body.link.map((link) =>
        link.relation === 'next' ? { ...link, url: task(link.url, about) } : link,
      ),
    }),
  },
});

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const recordDeviations = {
  'no-cors-on-401': {
    says: 'No page of another site may read that a token was refused.',
    switches: { noCors: { fhir: [401] } },
  },
  'relative-next-links': {
    says: 'The link to the next page is relative.',
    switches: links((url) => url.replace(/^.*\/fhir\/R4\/[^/]+\//, '')),
  },
  'next-links-elsewhere': {
    says: 'The link to the next page leads to another host.',
    switches: links((url) => url.replace(/^https?:\/\/[^/]+/, 'https://inner-proxy.example')),
  },
  'next-links-at-base': {
    says: 'The link to the next page is of the FHIR base itself.',
    switches: links((url, { fhirBase }) => {
      const search = url.slice(fhirBase.length + 1);
      return `${fhirBase}?_getpages=${Buffer.from(search).toString('base64url')}`;
    }),
  },
  'next-links-over-http': {
    says: 'The link to the next page is not https.',
    switches: links((url) => url.replace(/^https?:\/\/[^/]+/, 'http://ehr.example')),
  },
  'filtered-silently': {
    says: 'A search finds nothing, whatever there is.',
    switches: {
      rewrite: {
        searchset: ({ link, ...body }) => ({
          ...without('entry')(body),
          total: 0,
          link: link.filter(({ relation }) => relation === 'self'),
        }),
      },
    },
  },
  'revocation-unavailable': {
    says: 'Revoking answers 503.',
    switches: { down: { revoke: true } },
  },
  'revocation-refused': {
    says: 'Revoking answers 400.',
    switches: { down: { revoke: 400 } },
  },
  'no-cors-on-revocation': {
    says: 'No page of another site may revoke.',
    switches: { noCors: { revoke: true } },
  },
};
