import { askForNextPage, reloadRecord } from '../../e2e/harness/page-tasks.mjs';
import { signedIn } from './outcomes.mjs';

const nextPage = {
  when: 'a script asks for the next page',
  way: { then: async (page) => ({ next: await askForNextPage(page) }) },
};

/** @type {import('./outcomes.mjs').Expectations} */
export const recordExpectations = {
  'no-cors-on-401': {
    rule: 'SMART-61',
    when: 'the token is known to nobody any more',
    way: {
      then: async (page, { sandbox }) => {
        sandbox.forgetAccessTokens();
        return { record: await reloadRecord(page) };
      },
    },
    // It cannot be told from a server that is out of reach, and is no reason to call the record empty.
    makes: signedIn({ record: 'stale' }),
  },
  'relative-next-links': { rule: 'SMART-58', ...nextPage, makes: signedIn({ next: 200 }) },
  'next-links-at-base': { rule: 'SMART-58', ...nextPage, makes: signedIn({ next: 200 }) },
  'next-links-elsewhere': { rule: 'SMART-58', ...nextPage, makes: signedIn({ next: 'fhir/foreign-url' }) },
  'next-links-over-http': { rule: 'SMART-58', ...nextPage, makes: signedIn({ next: 'fhir/foreign-url' }) },
  'filtered-silently': {
    rule: 'SMART-60',
    when: 'the page shows a search',
    way: { values: { src: 'Observation?patient={patient}' } },
    makes: signedIn({ record: 'empty' }),
  },
  'revocation-unavailable': { rule: 'SMART-101', makes: signedIn({ revoked: [503, 503] }) },
  'revocation-refused': { rule: 'SMART-101', makes: signedIn({ revoked: [400, 400] }) },
  'no-cors-on-revocation': { rule: 'SMART-101', makes: signedIn() },
};
