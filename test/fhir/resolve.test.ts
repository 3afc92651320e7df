import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { FhirClient, parseFhirJson, type FhirResource } from '../../src/fhir/index.js';
import { runs } from '../support/property-runs.js';
import { codeOf, serverWith } from './answers.js';

const base = 'https://ehr.example/fhir';
const uuid = 'urn:uuid:9d5c5f7e-0f5c-4c1e-8a70-1df6b6f0c1aa';

function resource(value: object): FhirResource {
  return parseFhirJson(JSON.stringify(value)) as FhirResource;
}

const practitioner = { resourceType: 'Practitioner', id: '3' };
const order = resource({
  resourceType: 'MedicationRequest',
  id: '1',
  contained: [
    { resourceType: 'Medication', id: 'med', manufacturer: { reference: '#maker' } },
    { resourceType: 'Organization', id: 'maker', partOf: { reference: '#med' } },
    { resourceType: 'Patient', id: 'p' },
    { resourceType: 'Device', id: '#old' },
    { id: 'nothing' },
  ],
});
const bundle = resource({
  resourceType: 'Bundle',
  entry: [
    { fullUrl: `${base}/Observation/1`, resource: { resourceType: 'Observation', id: '1' } },
    { fullUrl: `${base}/Practitioner/3`, resource: practitioner },
    { fullUrl: 'https://other.example/r4/Observation/2', resource: { resourceType: 'Observation', id: '2' } },
    { fullUrl: 'https://other.example/r4/Practitioner/3', resource: { ...practitioner, active: true } },
    { fullUrl: uuid, resource: { resourceType: 'Organization', name: 'Ward' } },
    { fullUrl: 'urn:uuid:of-observation', resource: { resourceType: 'Observation', id: '5' } },
    { fullUrl: `${base}/Device/1`, resource: { resourceType: 'Device', id: '1', meta: { versionId: '1' } } },
    { fullUrl: `${base}/Device/1`, resource: { resourceType: 'Device', id: '1', meta: { versionId: '2' } } },
    { fullUrl: `${base}/Patient/2`, resource: { resourceType: 'Patient', id: '2' } },
    { resource: { resourceType: 'Location', id: '4' } },
    { fullUrl: `${base}/Location/9` },
  ],
});
const entry = (at: number): FhirResource =>
  (bundle['entry'] as unknown as { resource: FhirResource }[])[at]!.resource;

function set(bodies: Readonly<Record<string, unknown>> = {}): { client: FhirClient; urls: string[] } {
  const { fetch, urls } = serverWith(bodies);
  return { client: new FhirClient({ fetch, base, patient: '1' }), urls };
}

describe('A reference to a contained resource', () => {
  for (const [reference, type] of [
    ['#med', 'Medication'],
    ['#maker', 'Organization'],
    ['#p', 'Patient'],
    ['#old', 'Device'],
    ['#', 'MedicationRequest'],
  ] as const) {
    it(`${reference} leads to the ${type}, and asks nobody`, async () => {
      const { client, urls } = set();
      const found = await client.resolve(reference, { container: order, bundle });
      expect(found.resourceType).to.equal(type);
      expect(urls).to.deep.equal([]);
    });
  }

  it('goes one step: two that refer to each other lead nobody round in circles', async () => {
    const { client } = set();
    let found = await client.resolve('#med', { container: order });
    for (const [member, type] of [
      ['manufacturer', 'Organization'],
      ['partOf', 'Medication'],
      ['manufacturer', 'Organization'],
    ] as const) {
      const { reference } = found[member] as unknown as { reference: string };
      found = await client.resolve(reference, { container: order });
      expect(found.resourceType).to.equal(type);
    }
  });

  it('that is not there is broken', async () => {
    const { client, urls } = set();
    for (const [reference, container] of [
      ['#none', order],
      ['#nothing', order],
      ['#__proto__', order],
      ['#med', undefined],
      ['#med', resource({ resourceType: 'Basic', contained: 'no list' })],
      ['', undefined],
    ] as const) {
      expect(await codeOf(client.resolve(reference, { container }))).to.equal('fhir/broken-reference');
    }
    expect(urls).to.deep.equal([]);
  });
});

describe('A reference within a Bundle', () => {
  const found: [what: string, reference: string, container: FhirResource | undefined, found: unknown][] = [
    ['relative', 'Practitioner/3', entry(0), practitioner],
    [
      'relative, in an entry of another server',
      'Practitioner/3',
      entry(2),
      { ...practitioner, active: true },
    ],
    ['absolute', `${base}/Practitioner/3`, undefined, practitioner],
    ['absolute, at another place', 'https://other.example/r4/Practitioner/3', entry(0), entry(3)],
    ['relative, where nothing is said of what it is in', 'Practitioner/3', undefined, practitioner],
    ['by UUID', uuid, entry(0), { resourceType: 'Organization', name: 'Ward' }],
    ['to a version', 'Device/1/_history/1', entry(0), entry(6)],
    ['to another version', `${base}/Device/1/_history/2`, entry(0), entry(7)],
  ];
  for (const [what, reference, container, expected] of found) {
    it(`${what}, leads to the entry, and asks nobody`, async () => {
      const { client, urls } = set();
      expect(await client.resolve(reference, { container, bundle })).to.deep.equal(expected);
      expect(urls).to.deep.equal([]);
    });
  }

  it('to what is not in it leads to the server', async () => {
    const urls = ['Practitioner/4', 'Device/1', 'Device/1/_history/3', 'Location/4', 'Location/9'].map(
      (path) => `${base}/${path}`,
    );
    const server = set(
      Object.fromEntries(
        urls.map((url) => [url, { resourceType: /(\w+)\/\d/.exec(url)?.[1], id: /\/(\d)/.exec(url)?.[1] }]),
      ),
    );
    for (const url of urls) {
      await server.client.resolve(url.slice(base.length + 1), { container: entry(0), bundle });
    }
    expect(server.urls).to.deep.equal(urls);
  });

  it('that is relative leads from an entry of another server to that server, and is refused', async () => {
    const { client, urls } = set({ [`${base}/Practitioner/4`]: { ...practitioner, id: '4' } });
    const wrong = client.resolve('Practitioner/4', { container: entry(2), bundle });
    expect(await codeOf(wrong)).to.equal('fhir/foreign-url');
    expect(urls).to.deep.equal([]);
  });

  it('that is relative, in an entry without an address of its own, leads to the server', async () => {
    const { client } = set({ [`${base}/Practitioner/4`]: { ...practitioner, id: '4' } });
    const found = await client.resolve('Practitioner/4', { container: entry(5), bundle });
    expect(found).to.have.property('id', '4');
  });

  it('to another patient is refused', async () => {
    const { client, urls } = set();
    expect(await codeOf(client.resolve('Patient/2', { bundle }))).to.equal('fhir/wrong-patient');
    expect(urls).to.deep.equal([]);
  });

  it('by UUID that is not in it is broken', async () => {
    const { client, urls } = set();
    for (const reference of ['urn:uuid:1', 'URN:UUID:1', 'urn:oid:1.2.3']) {
      expect(await codeOf(client.resolve(reference, { bundle }))).to.equal('fhir/broken-reference');
      expect(await codeOf(client.resolve(reference))).to.equal('fhir/broken-reference');
    }
    expect(urls).to.deep.equal([]);
  });
});

describe('A reference to a record of the server', () => {
  const leading: Readonly<Record<string, string>> = {
    'Practitioner/3': 'Practitioner/3',
    [`${base}/Practitioner/3`]: 'Practitioner/3',
    'Practitioner/3/_history/7': 'Practitioner/3/_history/7',
    'http://ehr.example/fhir/Practitioner/3': 'Practitioner/3',
  };
  for (const [reference, path] of Object.entries(leading)) {
    it(`${reference} is read`, async () => {
      const { client, urls } = set({ [`${base}/${path}`]: practitioner });
      expect(await client.resolve(reference)).to.deep.equal(practitioner);
      expect(urls).to.deep.equal([`${base}/${path}`]);
    });
  }

  it('is read once for all who want it', async () => {
    const { client, urls } = set({ [`${base}/Practitioner/3`]: practitioner });
    await Promise.all([
      client.resolve('Practitioner/3'),
      client.resolve(`${base}/Practitioner/3`),
      client.read('Practitioner/3'),
    ]);
    expect(urls).to.have.length(1);
  });

  it('to a part of it leads to that part', async () => {
    const { client } = set({ [`${base}/MedicationRequest/1`]: order });
    expect(await client.resolve('MedicationRequest/1#med')).to.have.property('resourceType', 'Medication');
    expect(await codeOf(client.resolve('MedicationRequest/1#none'))).to.equal('fhir/broken-reference');
  });

  it('is checked as any other', async () => {
    const { client } = set({
      [`${base}/Practitioner/3`]: { resourceType: 'Patient', id: '1' },
      [`${base}/Patient/2`]: { resourceType: 'Patient', id: '2' },
    });
    expect(await codeOf(client.resolve('Practitioner/3'))).to.equal('fhir/wrong-type');
    expect(await codeOf(client.resolve('Patient/2'))).to.equal('fhir/wrong-patient');
    expect(await codeOf(client.resolve('Device/1'))).to.equal('fhir/not-found');
  });

  for (const reference of [
    'Patient?identifier=1',
    'Patient/1?a=b',
    'Patient/1/$everything',
    '$export',
    'metadata',
    'Patient',
    'Patient/',
    'Patient/_history',
    'Patient/1/_history',
    'patient/1',
    base,
    `${base}/`,
  ]) {
    it(`is not ${reference}`, async () => {
      const { client, urls } = set();
      expect(await codeOf(client.resolve(reference))).to.equal('fhir/broken-reference');
      expect(urls).to.deep.equal([]);
    });
  }

  it('at another place is not asked for, and the place is named', async () => {
    const { client, urls } = set();
    const error = await client
      .resolve('https://other.example/fhir/Patient/1')
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'fhir/foreign-url');
    expect(error).to.have.property('fix').that.contains('other.example').and.not.contains('Patient');
    expect(urls).to.deep.equal([]);
  });

  it('ends with the signal, and with the client', async () => {
    const { client, urls } = set();
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await codeOf(client.resolve('Device/1', { signal }))).to.have.property('message', 'enough');
    client.close();
    expect(await codeOf(client.resolve('Device/1'))).to.equal('session/superseded');
    expect(urls).to.deep.equal([]);
  });

  it('whatever it says, asks for a record of this server or for nothing', async () => {
    const part = fc.constantFrom(
      'Patient',
      '1',
      '/',
      '..',
      '#',
      '?',
      ':',
      '\\',
      '%2f',
      '$x',
      '@',
      ' ',
      'http:',
      base,
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(part).map((parts) => parts.join('')),
    );
    const run = fc.asyncProperty(text, async (reference) => {
      const { client, urls } = set();
      const code = await codeOf(client.resolve(reference, { container: order, bundle }));
      expect(code === 'no error' || String(code).startsWith('fhir/'), String(code)).to.equal(true);
      for (const url of urls) {
        expect(url).to.match(/^https:\/\/ehr\.example\/fhir\/[A-Z]\w+\/[^/?#]+(?:\/_history\/[^/?#]+)?$/);
      }
    });
    await fc.assert(run, { numRuns: runs });
  });
});

describe('A place that the server has named', () => {
  const place = 'https://imaging.example/fhir';
  const study = { resourceType: 'ImagingStudy', id: '7' };
  const client = (bodies: Readonly<Record<string, unknown>>): FhirClient =>
    new FhirClient({ fetch: serverWith(bodies).fetch, base, patient: '1', places: ['not a url', place] });

  it('is where a reference may lead', async () => {
    const url = `${place}/ImagingStudy/7`;
    expect(await client({ [url]: study }).resolve(url)).to.deep.equal(study);
    expect(await codeOf(client({ [`${place}/$do`]: study }).resolve(`${place}/$do`))).to.equal(
      'fhir/broken-reference',
    );
  });

  it('answers with what was asked for, like the first one', async () => {
    const url = `${place}/ImagingStudy/7`;
    expect(await codeOf(client({ [url]: { ...study, id: '8' } }).read(url))).to.equal('fhir/wrong-type');
    expect(await codeOf(client({ [url]: practitioner }).resolve(url))).to.equal('fhir/wrong-type');
    expect(await codeOf(client({ [`${place}/ImagingStudy`]: study }).read(`${place}/ImagingStudy`))).to.equal(
      'fhir/wrong-type',
    );
  });
});
