import { expect } from '@open-wc/testing';

import { decimalText, FhirClient, type SearchOptions, type SearchPage } from '../../src/fhir/index.js';
import { toFhirJson } from '../../src/fhir/json.js';
import { settled } from '../support/settled.js';
import { answer, codeOf, HandMadeClock, HandMadeFetch, serverWith } from './answers.js';

const base = 'https://ehr.example/fhir';
const first = `${base}/Observation?patient=1`;

function observation(id: string, patient = '1'): Record<string, unknown> {
  return { resourceType: 'Observation', id, subject: { reference: `Patient/${patient}` } };
}

/** A page of a search, with these links. */
function bundle(links: Readonly<Record<string, string>>, ...resources: unknown[]): object {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: Object.entries(links).map(([relation, url]) => ({ relation, url })),
    entry: resources.map((resource) => ({ resource })),
  };
}

async function pagesOf(
  bodies: Readonly<Record<string, unknown>>,
  options: SearchOptions & { source?: string; patient?: string; places?: string[] } = {},
): Promise<{ pages: SearchPage[]; urls: string[] }> {
  const { fetch, urls } = serverWith(bodies);
  const { source = 'Observation?patient=1', patient, places, ...rest } = options;
  const client = new FhirClient({ fetch, base, patient, ...(places && { places }) });
  const pages: SearchPage[] = [];
  for await (const page of client.search(source, rest)) {
    pages.push(page);
  }
  return { pages, urls };
}

async function onlyPage(...parameters: Parameters<typeof pagesOf>): Promise<SearchPage> {
  const { pages } = await pagesOf(...parameters);
  expect(pages).to.have.length(1);
  return pages[0]!;
}

const ids = (page: SearchPage | undefined): unknown[] => page?.matches.map((one) => one['id']) ?? [];

describe('The pages of a search', () => {
  it('come one after the other, by links that are followed as they are', async () => {
    const second = `${base}?_getpages=a%2Fb&_offset=2&x=~%7e`;
    const third = `${base}/page/3`;
    const { pages, urls } = await pagesOf({
      [first]: bundle({ self: first, next: second }, observation('a')),
      [second]: bundle({ self: second, next: third }, observation('b')),
      [third]: bundle({ self: third }, observation('c')),
    });
    expect(urls).to.deep.equal([first, second, third]);
    expect(pages.map(ids)).to.deep.equal([['a'], ['b'], ['c']]);
    expect(pages.map(({ number, hasMore }) => [number, hasMore])).to.deep.equal([
      [1, true],
      [2, true],
      [3, false],
    ]);
    expect(pages.at(-1)).to.not.have.property('stopped');
  });

  it('are read when they are asked for, and not before', async () => {
    const { fetch, urls } = serverWith({
      [first]: bundle({ next: `${base}/2` }),
      [`${base}/2`]: bundle({}),
    });
    const pages = new FhirClient({ fetch, base }).search('Observation?patient=1');
    await settled();
    expect(urls).to.have.length(0);
    expect((await pages.next()).value).to.include({ number: 1, hasMore: true });
    await settled();
    expect(urls).to.have.length(1);
    const both = await Promise.all([pages.next(), pages.next()]);
    expect(both.map(({ done, value }) => [done, value?.number])).to.deep.equal([
      [false, 2],
      [true, undefined],
    ]);
    expect(await pages.next()).to.deep.equal({ done: true, value: undefined });
    expect(urls).to.have.length(2);
  });

  it('end where the one who reads them ends', async () => {
    const { fetch, urls } = serverWith({ [first]: bundle({ next: `${base}/2` }) });
    const pages = new FhirClient({ fetch, base }).search('Observation?patient=1');
    for await (const page of pages) {
      expect(page.number).to.equal(1);
      break;
    }
    expect(await pages.next()).to.deep.equal({ done: true, value: undefined });
    expect(urls).to.have.length(1);
  });

  it('can be asked for again where one has failed', async () => {
    const server = new HandMadeFetch();
    const pages = new FhirClient({ fetch: server.fetch, base }).search('Observation?patient=1');
    const next = async (response: Response): Promise<unknown> => {
      const page = pages.next().then(
        ({ value }) => value?.number,
        (error: unknown) => error,
      );
      await settled();
      server.answerAll(() => response);
      return page;
    };
    expect(await next(answer('', 500))).to.have.property('code', 'fhir/server-error');
    expect(await next(answer(bundle({ next: `${base}/2` })))).to.equal(1);
    expect(await next(answer('', 404))).to.have.property('code', 'fhir/not-found');
    expect(await next(answer(bundle({})))).to.equal(2);
    expect(server.urls).to.deep.equal([first, first, `${base}/2`, `${base}/2`]);
  });

  it('are one request for all who search the same, or read it', async () => {
    const { fetch, urls } = serverWith({ [first]: bundle({}, observation('a', '2')) });
    const client = new FhirClient({ fetch, base, patient: '1' });
    const all = [1, 2].map(() => client.search('Observation?patient=1').next());
    const [one, other] = await Promise.all(all);
    expect([one?.value?.leftOut, other?.value?.leftOut]).to.deep.equal([1, 1]);
    expect(urls).to.have.length(1);
    expect(await codeOf(client.read('Observation?patient=1'))).to.equal('fhir/wrong-patient');
    expect(urls).to.have.length(1);
  });

  it('end with the signal, and with the client', async () => {
    const server = new HandMadeFetch();
    const client = new FhirClient({ fetch: server.fetch, base, clock: new HandMadeClock() });
    const controller = new AbortController();
    const pages = client.search('Observation?patient=1', { signal: controller.signal });
    const page = codeOf(pages.next());
    await settled();
    controller.abort(new Error('enough'));
    expect(await page).to.have.property('message', 'enough');
    expect(await codeOf(pages.next())).to.have.property('message', 'enough');
    expect(server.urls).to.have.length(1);
    expect(server.inits[0]?.signal?.aborted).to.equal(true);
    client.close();
    expect(await codeOf(client.search('Observation?patient=1').next())).to.equal('session/superseded');
  });

  for (const [what, body, code] of [
    ['a record', observation('a'), 'fhir/wrong-type'],
    ['a failure', { resourceType: 'OperationOutcome' }, 'fhir/rejected'],
    ['a web page', '<html>', 'fhir/not-json'],
  ] as const) {
    it(`are not ${what}`, async () => {
      expect(await codeOf(pagesOf({ [first]: body }))).to.equal(code);
      const next = `${base}/2`;
      const second = pagesOf({ [first]: bundle({ next }), [next]: body });
      expect(await codeOf(second)).to.equal(code);
    });
  }

  it('are not asked for at a source that is none', async () => {
    expect(await codeOf(pagesOf({}, { source: '../Observation' }))).to.equal('fhir/invalid-source');
  });
});

describe('The link to the next page', () => {
  async function follow(next: string, places?: string[]): Promise<{ urls: string[]; page: SearchPage }> {
    const { fetch, urls } = serverWith({ [first]: bundle({ next }) });
    const client = new FhirClient({ fetch, base, ...(places && { places }) });
    const pages = client.search('Observation?patient=1');
    const { value } = await pages.next();
    await pages.next().catch(() => undefined);
    return { urls: urls.slice(1), page: value! };
  }

  const followed: Readonly<Record<string, string>> = {
    [`${base}/Observation?page=2`]: `${base}/Observation?page=2`,
    'Observation?page=2': `${base}/Observation?page=2`,
    '?_getpages=1': `${base}/?_getpages=1`,
    // What a server thinks that does not know of the TLS before it.
    'http://ehr.example/fhir?page=2': `${base}?page=2`,
    'HTTP://EHR.EXAMPLE:80/fhir/Observation?page=2': `${base}/Observation?page=2`,
    [`${base}/Observation?code=a|b c\\d`]: `${base}/Observation?code=a|b%20c\\d`,
  };
  for (const [next, url] of Object.entries(followed)) {
    it(`is followed to ${url} from ${next}`, async () => {
      const { urls, page } = await follow(next);
      expect(urls).to.deep.equal([url]);
      expect(page).to.include({ hasMore: true });
    });
  }

  it('is followed to a place that the server has named', async () => {
    const next = 'https://pages.example/fhir/2';
    expect((await follow(next, ['https://pages.example/fhir'])).urls).to.deep.equal([next]);
    expect((await follow(next)).page.stopped).to.deep.equal({ reason: 'foreign', host: 'pages.example' });
  });

  const refused: readonly (readonly [string, string?])[] = [
    ['https://evil.example/fhir/Observation?page=2', 'evil.example'],
    ['http://evil.example/fhir/Observation?page=2', 'evil.example'],
    ['http://ehr.example:8080/fhir?page=2', 'ehr.example:8080'],
    ['http://ehr.example:443/fhir?page=2', 'ehr.example:443'],
    ['http://ehr.example/other?page=2', 'ehr.example'],
    ['http://someone@ehr.example/fhir?page=2', 'ehr.example'],
    ['https://ehr.example/other?page=2', 'ehr.example'],
    ['javascript:alert(1)'],
    ['https://['],
  ];
  for (const [next, host] of refused) {
    it(`is not followed to ${next}, which is said`, async () => {
      const { urls, page } = await follow(next);
      expect(urls).to.deep.equal([]);
      expect(page.hasMore).to.equal(false);
      expect(page.stopped).to.deep.equal({ reason: 'foreign', ...(host && { host }) });
    });
  }

  it('is not followed round in circles', async () => {
    const [second, third] = [`${base}/2`, `${base}/3`];
    const bodies = { [first]: bundle({ next: second }), [second]: bundle({ next: third }) };
    for (const next of [third, second, first, `${first}#again`]) {
      const { pages, urls } = await pagesOf({ ...bodies, [third]: bundle({ next }) });
      expect(urls).to.deep.equal([first, second, third]);
      expect(pages.at(-1)).to.deep.include({ hasMore: false, stopped: { reason: 'loop' } });
    }
  });

  it('is followed for fifty pages, or as many as one wants', async () => {
    const bodies = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`${base}/${at}`, bundle({ next: `${base}/${at + 1}` })]),
    );
    const many = await pagesOf({ ...bodies, [first]: bundle({ next: `${base}/1` }) });
    expect(many.urls).to.have.length(50);
    expect(many.pages.at(-1)).to.deep.include({ hasMore: false, stopped: { reason: 'limit' } });
    const two = await pagesOf({ ...bodies, [first]: bundle({ next: `${base}/1` }) }, { maxPages: 2 });
    expect(two.urls).to.have.length(2);
  });
});

describe('What a page has', () => {
  it('is sorted into matches, what came along, and what the server says', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', code: 'not-supported', details: { text: 'No code.' } }],
    };
    const page = await onlyPage({
      [first]: {
        resourceType: 'Bundle',
        total: 2,
        entry: [
          { resource: observation('a'), search: { mode: 'match' } },
          { resource: observation('b') },
          { resource: observation('c'), search: { mode: 'include' } },
          { resource: { resourceType: 'Practitioner', id: 'd' } },
          { resource: outcome, search: { mode: 'outcome' } },
          { resource: outcome },
          { fullUrl: 'urn:x' },
          { resource: 'nonsense' },
          null,
        ],
      },
    });
    expect(ids(page)).to.deep.equal(['a', 'b']);
    expect(page.included.map((one) => one['id'])).to.deep.equal(['c', 'd']);
    const said = { severity: 'warning', code: 'not-supported', text: 'No code.' };
    expect(page.outcomes).to.deep.equal([said, said]);
    expect(page).to.include({ total: 2, leftOut: 0, hasMore: false });
    expect(page.bundle['entry']).to.have.length(9);
  });

  it('has no total where the server does not count', async () => {
    expect((await onlyPage({ [first]: bundle({}) })).total).to.equal(undefined);
    expect((await onlyPage({ [first]: { ...bundle({}), total: 'many' } })).total).to.equal(undefined);
  });

  it('is nothing of another patient, which is counted', async () => {
    const mine = { ...observation('a'), valueQuantity: { value: 1 } };
    const text = JSON.stringify(
      bundle({}, mine, observation('b', '2'), { resourceType: 'Patient', id: '2' }),
    );
    const page = await onlyPage({ [first]: text.replace('"value":1', '"value":1.00') }, { patient: '1' });
    expect(page.leftOut).to.equal(2);
    expect(ids(page)).to.deep.equal(['a']);
    expect(JSON.stringify([page.bundle, page.included]))
      .to.not.contain('Patient/2')
      .and.not.contain('"2"');
    expect(Object.isFrozen(page.bundle)).to.equal(true);
    // As good as it was read: also the numbers, for whoever takes it on from here.
    expect(toFhirJson(page.bundle)).to.equal(page.bundle);
    const quantity = page.matches[0]?.['valueQuantity'] as Parameters<typeof decimalText>[0];
    expect(decimalText(quantity, 'value')).to.equal('1.00');
  });

  it('is what one without a patient of the session may see', async () => {
    const page = await onlyPage({ [first]: bundle({}, observation('a', '2')) });
    expect(ids(page)).to.deep.equal(['a']);
  });
});

describe('A parameter that the server has not heeded', () => {
  const cases: [asked: string, self: string | undefined, ignored: string[] | undefined][] = [
    ['patient=1', 'patient=1', []],
    ['patient=1&code=a', 'patient=1', ['code']],
    ['patient=1&code=a', 'code=b&patient=Patient/1&_format=json', []],
    ['patient=1&code:exact=a', 'patient=1&code=a', ['code:exact']],
    ['patient=1&date=ge2020&date=le2021', 'patient=1&date=ge2020', ['date']],
    ['patient=1&date=ge2020&date=le2021', 'patient=1&date=le2021&date=ge2020', []],
    ['patient=1&_sort=date&_count=5&_format=json&_total=none', 'patient=1', ['_sort']],
    ['patient=1&_include=a', 'patient=1', ['_include']],
    ['patient=1', 'subject:Patient=1', []],
    ['subject=Patient/1', 'patient=1', []],
    ['patient=1&x=a&x=b', 'patient=1', ['x']],
    ['patient=1', '', ['patient']],
    ['patient=1', '_format=json&_count=20', ['patient']],
    ['patient=1&code=a', '_getpages=abc&_getpagesoffset=0', undefined],
    ['patient=1', undefined, undefined],
    ['', 'page=1', []],
    ['patient=1&code=a', 'patient=1#code=a', ['code']],
    ['patient=1&c%6Fde=a', 'patient=1&code=a', []],
  ];
  for (const [asked, self, ignored] of cases) {
    it(`is ${String(ignored)} of “${asked}” where the self link says ${self ?? 'nothing'}`, async () => {
      const source = `Observation?${asked}`;
      const links = self === undefined ? {} : { self: `http://inside.example/Observation?${self}` };
      const page = await onlyPage({ [`${base}/${source}`]: bundle(links) }, { source });
      expect(page.ignored).to.deep.equal(ignored);
    });
  }

  it('is known on every page', async () => {
    const second = `${base}?_getpages=1`;
    const { pages } = await pagesOf(
      {
        [`${first}&code=a`]: bundle({ self: first, next: second }),
        [second]: bundle({ self: second }),
      },
      { source: 'Observation?patient=1&code=a' },
    );
    expect(pages.map(({ ignored }) => ignored)).to.deep.equal([['code'], ['code']]);
  });
});
