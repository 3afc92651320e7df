import { expect } from '@open-wc/testing';

import type { FhirErrorEvent } from '../../src/ui/fhir-events.js';
import { authorizationOf, signInAs } from '../session/sessions.js';
import { fhirBase, json, SimulatedServer } from '../support/simulated-server.js';
import { statesOf, wordsOf } from './fhir-resource-page.js';
import { PageOfSession } from './real-session.js';

const elsewhere = 'https://evil.example/fhir';

const full = {
  resourceType: 'Patient',
  id: 'maria',
  name: [{ text: 'Maria Silva' }],
  text: { status: 'generated', div: `<div><img src="${elsewhere}/narrative.png"/></div>` },
  extension: [{ url: `${elsewhere}/StructureDefinition/x`, valueUrl: `${elsewhere}/Basic/1` }],
  photo: [{ contentType: 'image/png', url: `${elsewhere}/Binary/photo` }],
  generalPractitioner: [{ reference: `${elsewhere}/Practitioner/1`, display: 'Dr. Example' }],
  managingOrganization: { reference: `${elsewhere}/Organization/1` },
  link: [{ other: { reference: `${elsewhere}/Patient/2` }, type: 'seealso' }],
};

describe('<fhir-resource> and other servers', () => {
  let server: SimulatedServer;
  let page: PageOfSession | undefined;

  beforeEach(() => {
    server = new SimulatedServer();
  });
  afterEach(() => page?.remove());

  async function signInAsUser(fhirUser = 'Practitioner/7'): Promise<PageOfSession> {
    const { session } = await signInAs(server, { fhirUser });
    expect(session.snapshot.status).to.equal('signed-in');
    return (page = new PageOfSession(session));
  }

  /** What was asked since, with the token that it had. */
  function askedSince(before: number): readonly (readonly [string, string | null])[] {
    return server.seen.slice(before).map((request) => [request.url, authorizationOf(request)] as const);
  }

  it('SMART-58 [R7b]: what a record refers to elsewhere is asked of nobody, and loaded by nothing', async () => {
    server.plan.fhir = () => json(full);
    const { root } = await signInAsUser();
    const before = server.seen.length;
    const element = await page!.show('Patient/{patient}');
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(wordsOf(element), 'it is said').to.contain('Maria Silva').and.to.contain('evil.example');
    expect(askedSince(before)).to.deep.equal([[`${fhirBase}/Patient/maria`, 'Bearer access-1']]);
    const loaded = [
      ...root.querySelectorAll('*'),
      ...(element.shadowRoot?.querySelectorAll('*') ?? []),
    ].filter((one) =>
      one.matches('img, picture, iframe, script, link, object, embed, video, audio, source, style'),
    );
    expect(loaded.map(({ outerHTML }) => outerHTML).filter((html) => html.includes('evil'))).to.deep.equal(
      [],
    );
    const requests = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(requests.filter((name) => name.includes('evil'))).to.deep.equal([]);
  });

  it('SMART-58 [R7b]: nor where the record is in a Bundle', async () => {
    const entry = [{ fullUrl: `${elsewhere}/Patient/maria`, resource: full }];
    const link = [{ relation: 'self', url: `${elsewhere}/Patient?_id=maria` }];
    server.plan.fhir = () => json({ resourceType: 'Bundle', type: 'searchset', total: 1, link, entry });
    await signInAsUser();
    const before = server.seen.length;
    const element = await page!.show('Patient?_id={patient}');
    expect(wordsOf(element)).to.contain('Maria Silva');
    expect(askedSince(before)).to.deep.equal([[`${fhirBase}/Patient?_id=maria`, 'Bearer access-1']]);
  });

  for (const next of [`${elsewhere}?_getpages=abc`, `${fhirBase.replace('https:', 'http:')}?_getpages=abc`]) {
    it(`SMART-58 [R27]: of a search whose next page is at ${new URL(next).origin} the first one alone is asked for`, async () => {
      const entry = [{ resource: { resourceType: 'Basic', id: '1' }, search: { mode: 'match' } }];
      const link = [{ relation: 'next', url: next }];
      server.plan.fhir = () => json({ resourceType: 'Bundle', type: 'searchset', total: 40, link, entry });
      await signInAsUser();
      const before = server.seen.length;
      const element = await page!.show('Basic?_count=1');
      expect(statesOf(element), 'it is not taken for all').to.deep.equal(['partial']);
      expect(askedSince(before)).to.deep.equal([[`${fhirBase}/Basic?_count=1`, 'Bearer access-1']]);
    });
  }

  for (const fhirUser of ['Practitioner/7', `${fhirBase}/Practitioner/7`]) {
    it(`SMART-89: {+fhirUser} is read where it is ${fhirUser}`, async () => {
      server.plan.fhir = () =>
        json({ resourceType: 'Practitioner', id: '7', name: [{ text: 'Dr. Example' }] });
      await signInAsUser(fhirUser);
      const before = server.seen.length;
      const element = await page!.show('{+fhirUser}');
      expect(statesOf(element)).to.deep.equal(['ready']);
      expect(askedSince(before)).to.deep.equal([[`${fhirBase}/Practitioner/7`, 'Bearer access-1']]);
    });
  }

  for (const fhirUser of [
    `${elsewhere}/Practitioner/7`,
    `${fhirBase}-evil/Practitioner/7`,
    `${fhirBase.replace('https:', 'http:')}/Practitioner/7`,
  ]) {
    it(`SMART-89 SMART-58 [R7b]: {+fhirUser} is asked of nobody where it is ${fhirUser}, and that is said`, async () => {
      const { root } = await signInAsUser(fhirUser);
      const codes: string[] = [];
      root.addEventListener('fhir-error', ({ error }: FhirErrorEvent) => void codes.push(error.code));
      const before = server.seen.length;
      const element = await page!.show('{+fhirUser}');
      expect(codes).to.deep.equal(['fhir/foreign-url']);
      expect(statesOf(element)).to.deep.equal(['error']);
      expect(wordsOf(element)).to.contain('fhir/foreign-url');
      expect(askedSince(before)).to.deep.equal([]);
    });
  }
});
