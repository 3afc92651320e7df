import { expect } from '@open-wc/testing';

import { FhirClient } from '../../src/fhir/index.js';
import { settled } from '../support/settled.js';
import { answer, codeOf, HandMadeClock, HandMadeFetch } from './answers.js';

const base = 'https://ehr.example/fhir';
const patient = { resourceType: 'Patient', id: '1' };

describe('A server that is busy', () => {
  let server: HandMadeFetch;
  let clock: HandMadeClock;
  let client: FhirClient;
  beforeEach(() => {
    server = new HandMadeFetch();
    clock = new HandMadeClock();
    client = new FhirClient({ fetch: server.fetch, base, clock });
  });

  async function refuse(status = 503, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    server.answerAll(() => answer('', status, headers));
    await settled();
  }

  async function pass(ms: number): Promise<void> {
    clock.pass(ms);
    await settled();
  }

  for (const status of [429, 503]) {
    it(`(${status}) is asked again after a second or less, then after two or less, and then no more`, async () => {
      const read = client.read('Patient/1').catch((error: unknown) => error);
      await refuse(status);
      await pass(499);
      expect(server.urls).to.have.length(1);
      await pass(501);
      expect(server.urls).to.have.length(2);
      await refuse(status);
      await pass(999);
      expect(server.urls).to.have.length(2);
      await pass(1_001);
      expect(server.urls).to.have.length(3);
      await refuse(status);
      expect(await read).to.include({ status, retryAfter: undefined });
      await pass(120_000);
      expect(server.urls).to.have.length(3);
    });
  }

  it('may be free the next time', async () => {
    const read = client.read('Patient/1');
    await refuse();
    await pass(1_000);
    server.answerAll(() => answer(patient));
    expect(await read).to.deep.equal(patient);
  });

  for (const status of [400, 403, 404, 408, 500, 502, 504]) {
    it(`is not one that answers ${status}`, async () => {
      const read = codeOf(client.read('Patient/1'));
      await refuse(status, { 'Retry-After': '1' });
      expect(await read).to.match(/^fhir\//);
      await pass(120_000);
      expect(server.urls).to.have.length(1);
    });
  }

  const date = 'Thu, 26 Nov 2026 10:00:00 GMT';
  for (const [headers, seconds] of [
    [{ 'Retry-After': '7' }, 7],
    [{ 'Retry-After': ' 60 ' }, 60],
    [{ 'Retry-After': 'Thu, 26 Nov 2026 10:00:07 GMT', Date: date }, 7],
  ] as const) {
    it(`is left in peace for as long as it says: ${JSON.stringify(headers)}`, async () => {
      const read = client.read('Patient/1');
      await refuse(429, headers);
      await pass(seconds * 1_000 - 4_000);
      expect(server.urls).to.have.length(1);
      await pass(4_000);
      expect(server.urls).to.have.length(2);
      server.answerAll(() => answer(patient));
      expect(await read).to.deep.equal(patient);
    });
  }

  it('is left in peace until then, by the clock of this machine where it does not show its own', async () => {
    const read = client.read('Patient/1');
    await refuse(429, { 'Retry-After': new Date(Date.now() + 40_000).toUTCString() });
    await pass(30_000);
    expect(server.urls).to.have.length(1);
    await pass(10_000);
    server.answerAll(() => answer(patient));
    expect(await read).to.deep.equal(patient);
  });

  for (const retryAfter of ['0', '-5', 'soon', 'Thu, 26 Nov 2020 10:00:00 GMT', '1e3', '']) {
    it(`is not asked at once where it says “${retryAfter}”`, async () => {
      const read = client.read('Patient/1');
      await refuse(429, { 'Retry-After': retryAfter });
      await pass(499);
      expect(server.urls).to.have.length(1);
      await pass(501);
      expect(server.urls).to.have.length(2);
      server.answerAll(() => answer(patient));
      await read;
    });
  }

  for (const [retryAfter, ms] of [
    ['61', 61_000],
    ['86400', 86_400_000],
  ] as const) {
    it(`for longer than a minute keeps nobody waiting: the error says how long (${retryAfter} s)`, async () => {
      const read = client.read('Patient/1').catch((error: unknown) => error);
      await refuse(429, { 'Retry-After': retryAfter });
      expect(await read).to.include({ code: 'fhir/too-many-requests', retryAfter: ms });
    });
  }

  it('takes no place of those who ask for something else meanwhile', async () => {
    const reads = Array.from({ length: 12 }, (_, index) => client.read(`Patient/${index}`));
    expect(server.urls).to.have.length(6);
    await refuse();
    expect(server.urls).to.have.length(12);
    const give = (url: string): Response => answer({ ...patient, id: url.split('/').at(-1) });
    server.answerAll(give);
    await pass(1_000);
    expect(server.urls).to.have.length(18);
    server.answerAll(give);
    await Promise.all(reads);
  });

  it('is not waited for by one who has given up', async () => {
    const { signal, abort } = leaving();
    const read = codeOf(client.read('Patient/1', { signal }));
    await refuse();
    abort();
    expect(await read).to.have.property('message', 'enough');
    await pass(120_000);
    expect(server.urls).to.have.length(1);
  });

  it('is not waited for once the session is over', async () => {
    const read = codeOf(client.read('Patient/1'));
    await refuse();
    client.close();
    expect(await read).to.equal('session/superseded');
    await pass(120_000);
    expect(server.urls).to.have.length(1);
  });

  it('is waited for by all who want the same', async () => {
    const reads = [client.read('Patient/1'), client.read('Patient/1')];
    await refuse();
    reads.push(client.read('Patient/1'));
    await pass(1_000);
    expect(server.urls).to.have.length(2);
    server.answerAll(() => answer(patient));
    expect(await Promise.all(reads)).to.deep.equal([patient, patient, patient]);
  });
});

function leaving(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) };
}

describe('Who waits for a place', () => {
  let server: HandMadeFetch;
  let client: FhirClient;
  const name = (url: string): string => url.slice(`${base}/Patient/`.length);
  const asked = (): readonly string[] => server.urls.slice(6).map(name);
  const answerAll = async (): Promise<void> => {
    server.answerAll((url) => answer({ ...patient, id: name(url) }));
    await settled();
  };

  beforeEach(() => {
    server = new HandMadeFetch();
    client = new FhirClient({ fetch: server.fetch, base, clock: new HandMadeClock() });
    for (let index = 0; index < 6; index++) {
      client.read(`Patient/busy${index}`).catch(() => undefined);
    }
  });

  it('goes after all who are seen, where nobody sees it', async () => {
    const all = [
      client.read('Patient/h1', { priority: 'hidden' }),
      client.read('Patient/h2', { priority: 'hidden' }),
      client.read('Patient/v1'),
      client.read('Patient/v2', { priority: 'visible' }),
    ];
    await answerAll();
    await answerAll();
    await Promise.all(all);
    expect(asked()).to.deep.equal(['v1', 'v2', 'h1', 'h2']);
  });

  it('goes first as soon as somebody who is seen wants the same', async () => {
    const all = [
      client.read('Patient/h1', { priority: 'hidden' }),
      client.read('Patient/h2', { priority: 'hidden' }),
      client.read('Patient/v1'),
      client.read('Patient/h2'),
      client.read('Patient/v1', { priority: 'hidden' }),
    ];
    await answerAll();
    await answerAll();
    await Promise.all(all);
    expect(asked()).to.deep.equal(['h2', 'v1', 'h1']);
  });
});

describe('A server that says when it wants to be asked again', () => {
  let server: HandMadeFetch;
  let clock: HandMadeClock;
  let client: FhirClient;
  const answerAll = async (make: (url: string) => Response): Promise<void> => {
    server.answerAll(make);
    await settled();
  };
  const give = (url: string): Response => answer({ ...patient, id: url.split('/').at(-1) });
  const busy = (): Response => answer('', 429, { 'Retry-After': '5' });
  const pass = async (ms: number): Promise<void> => {
    clock.pass(ms);
    await settled();
  };

  beforeEach(() => {
    server = new HandMadeFetch();
    clock = new HandMadeClock();
    client = new FhirClient({ fetch: server.fetch, base, clock });
  });

  it('is asked nothing until then: neither what waits for its turn nor what comes meanwhile', async () => {
    const reads = Array.from({ length: 8 }, (_, index) => client.read(`Patient/${index}`));
    await answerAll(busy);
    const late = client.read('Patient/late');
    await pass(4_999);
    expect(server.urls, 'there is room for six').to.have.length(6);
    await pass(1);
    expect(server.urls).to.have.length(12);
    await answerAll(give);
    expect(server.urls.slice(6).map((url) => url.split('/').at(-1))).to.have.members(
      '0 1 2 3 4 5 6 7 late'.split(' '),
    );
    await answerAll(give);
    expect(await Promise.all([...reads, late])).to.have.length(9);
  });

  it('is left in peace for the longest time that it has named', async () => {
    const reads = ['3', '9', '1'].map((seconds) => client.read(`Patient/${seconds}`));
    await answerAll((url) => answer('', 503, { 'Retry-After': url.split('/').at(-1) ?? '' }));
    await pass(8_999);
    expect(server.urls).to.have.length(3);
    await pass(1);
    expect(server.urls).to.have.length(6);
    await answerAll(give);
    await Promise.all(reads);
  });

  it('is left in peace also when the one who was refused is not to be asked for any more', async () => {
    const first = codeOf(client.read('Patient/1'));
    for (const seconds of [5, 5, 0]) {
      await answerAll(busy);
      await pass(seconds * 1_000);
    }
    expect(await first).to.equal('fhir/too-many-requests');
    const second = client.read('Patient/2');
    await pass(4_999);
    expect(server.urls).to.have.length(3);
    await pass(1);
    await answerAll(give);
    expect(await second).to.have.property('id', '2');
  });

  it('is left in peace also when the one who was refused has given up', async () => {
    const { signal, abort } = leaving();
    const first = codeOf(client.read('Patient/1', { signal }));
    await answerAll(busy);
    abort();
    await first;
    const second = client.read('Patient/2');
    await pass(4_999);
    expect(server.urls).to.have.length(1);
    await pass(1);
    await answerAll(give);
    expect(await second).to.have.property('id', '2');
  });

  it('is told of to all who wait, with the time that is left', async () => {
    const told: string[] = [];
    const read = (id: string): Promise<unknown> =>
      client.read(`Patient/${id}`, { onBusy: (ms) => told.push(`${id}: ${ms}`) });
    const reads = [read('1'), read('2')];
    await answerAll((url) => (url.endsWith('/1') ? busy() : give(url)));
    expect(told).to.deep.equal(['1: 5000']);
    await pass(2_000);
    reads.push(read('1'), read('3'));
    expect(told.slice(1)).to.deep.equal(['1: 3000', '3: 3000']);
    await pass(3_000);
    await answerAll(give);
    await Promise.all(reads);
    await read('1');
    expect(told).to.have.length(3);
  });

  it('holds nobody up for longer than a minute, and others not at all', async () => {
    const first = codeOf(client.read('Patient/1'));
    await answerAll(() => answer('', 429, { 'Retry-After': '3600' }));
    expect(await first).to.equal('fhir/too-many-requests');
    const second = client.read('Patient/2');
    await answerAll(give);
    expect(await second).to.have.property('id', '2');
  });
});
