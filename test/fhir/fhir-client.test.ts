import { expect } from '@open-wc/testing';

import { FhirClient, type Permissions } from '../../src/fhir/index.js';
import { guardError } from '../../src/core/errors/guard.js';
import { settled } from '../support/settled.js';
import { answer, codeOf, HandMadeClock, HandMadeFetch } from './answers.js';

const base = 'https://ehr.example/fhir';
const patient = { resourceType: 'Patient', id: '1' };
const outcome = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'error',
      code: 'processing',
      details: { text: 'Ask <b>Ward 7</b>' },
      diagnostics: 'at Stack.trace',
    },
    { severity: 'error', code: 'login', diagnostics: 'used Bearer abc.def at https://a.example/x?token=1' },
  ],
};

function set(context?: Permissions): {
  client: FhirClient;
  server: HandMadeFetch;
  clock: HandMadeClock;
} {
  const server = new HandMadeFetch();
  const clock = new HandMadeClock();
  return { client: new FhirClient({ fetch: server.fetch, base, clock, ...context }), server, clock };
}

describe('Reading', () => {
  it('asks for FHIR JSON, and keeps the answer out of the browser’s cache', async () => {
    const { client, server } = set();
    const read = client.read('Patient/1');
    expect(server.urls).to.deep.equal([`${base}/Patient/1`]);
    expect(new Headers(server.inits[0]?.headers).get('Accept')).to.equal(
      'application/fhir+json, application/json;q=0.9',
    );
    expect(server.inits[0]).to.include({ cache: 'no-store', redirect: 'error' });
    server.answerAll(() => answer(patient));
    expect(await read).to.deep.equal(patient);
  });

  it('two hundred who ask for twenty things make twenty requests, six at a time', async () => {
    const { client, server } = set();
    const reads = Array.from({ length: 200 }, (_, index) => client.read(`Patient/${index % 20}`));
    let most = 0;
    for (let round = 0; round < 10; round++) {
      most = Math.max(most, server.open);
      server.answerAll((url) => answer({ resourceType: 'Patient', id: url.split('/').at(-1) }));
      await settled();
    }
    await Promise.all(reads);
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.read(`${base}/Patient/${index}#part`)));
    expect(server.urls).to.have.length(20);
    expect(most).to.equal(6);
  });

  it('asks again after a minute, and at once for a reload', async () => {
    const { client, server, clock } = set();
    const readOnce = async (reload = false): Promise<number> => {
      const read = client.read('Patient/1', { reload });
      server.answerAll(() => answer(patient));
      await read;
      return server.urls.length;
    };
    expect(await readOnce()).to.equal(1);
    clock.pass(59_000);
    expect(await readOnce()).to.equal(1);
    expect(await readOnce(true)).to.equal(2);
    clock.pass(60_000);
    expect(await readOnce()).to.equal(3);
  });

  it('does not keep a failure', async () => {
    const { client, server } = set();
    const first = codeOf(client.read('Patient/1'));
    server.answerAll(() => answer('', 500));
    expect(await first).to.equal('fhir/server-error');
    const second = client.read('Patient/1');
    server.answerAll(() => answer(patient));
    expect(await second).to.deep.equal(patient);
  });

  it('one who gives up does not take the answer away from the others', async () => {
    const { client, server } = set();
    const impatient = new AbortController();
    const gaveUp = codeOf(client.read('Patient/1', { signal: impatient.signal }));
    const patiently = client.read('Patient/1');
    impatient.abort(new Error('enough'));
    expect(await gaveUp).to.have.property('message', 'enough');
    expect(server.inits[0]?.signal?.aborted).to.equal(false);
    server.answerAll(() => answer(patient));
    expect(await patiently).to.deep.equal(patient);
  });

  it('ends the request when nobody waits for it any more, and never begins one that waits for its turn', async () => {
    const { client, server } = set();
    const all = Array.from({ length: 7 }, () => new AbortController());
    const reads = all.map(({ signal }, index) => codeOf(client.read(`Patient/${index}`, { signal })));
    all.at(-1)?.abort();
    all[0]?.abort();
    await settled();
    expect(server.inits[0]?.signal?.aborted).to.equal(true);
    expect(server.urls).to.have.length(6);
    all.forEach((one) => one.abort());
    await Promise.all(reads);
    const again = client.read('Patient/0');
    expect(server.urls).to.have.length(7);
    server.answerAll((url) => answer({ ...patient, id: url.split('/').at(-1) }));
    expect(await again).to.have.property('id', '0');
  });

  it('waits twenty seconds for the first byte, and not from before the request was sent', async () => {
    const { client, server, clock } = set();
    const reads = Array.from({ length: 7 }, (_, index) => codeOf(client.read(`Patient/${index}`)));
    clock.pass(19_999);
    await settled();
    expect(server.urls).to.have.length(6);
    clock.pass(1);
    expect(await Promise.all(reads.slice(0, 6))).to.deep.equal(Array(6).fill('fhir/timed-out'));
    await settled();
    expect(server.urls).to.have.length(7);
    server.answerAll(() => answer({ ...patient, id: '6' }));
    expect(await reads[6]).to.equal('no error');
  });

  it('forgets everything when its session is over', async () => {
    const { client, server } = set();
    const read = codeOf(client.read('Patient/1'));
    client.close();
    expect(await read).to.equal('session/superseded');
    expect(server.inits[0]?.signal?.aborted).to.equal(true);
    expect(await codeOf(client.read('Patient/1'))).to.equal('session/superseded');
  });

  for (const source of [
    '../admin',
    'Patient/../1',
    'Patient/%2e%2E/1',
    'a\\b',
    'Patient/ 1',
    'Patient/1\n',
    'http://[',
  ]) {
    it(`asks for nothing at ${JSON.stringify(source)}`, async () => {
      const { client, server } = set();
      expect(await codeOf(client.read(source))).to.equal('fhir/invalid-source');
      expect(server.urls).to.deep.equal([]);
    });
  }
});

describe('An answer', () => {
  async function read(
    response: Response | Error,
    source = 'Patient/1',
    context?: Permissions,
  ): Promise<unknown> {
    const { client, server } = set(context);
    const reading = client.read(source);
    if (response instanceof Error) {
      server.failAll(response);
    } else {
      server.answerAll(() => response);
    }
    return reading.catch((error: unknown) => error);
  }

  const statuses = {
    400: 'rejected',
    401: 'unauthorized',
    403: 'forbidden',
    404: 'not-found',
    410: 'gone',
    422: 'rejected',
    429: 'too-many-requests',
    500: 'server-error',
    503: 'server-error',
  };
  for (const [status, code] of Object.entries(statuses)) {
    it(`with status ${status} is fhir/${code}, with the server’s own words as text`, async () => {
      // More than anybody is left waiting for: it is the last word.
      const error = await read(answer(outcome, Number(status), { 'Retry-After': '90' }));
      expect(error).to.include({ code: `fhir/${code}`, status: Number(status), url: `${base}/Patient/1` });
      const isBusy = status === '429' || status === '503';
      expect(error).to.have.property('retryAfter', isBusy ? 90_000 : undefined);
      expect(error)
        .to.have.property('outcome')
        .that.deep.equals([
          { severity: 'error', code: 'processing', text: 'Ask <b>Ward 7</b>' },
          { severity: 'error', code: 'login', text: 'used Bearer … at https://a.example/x?…' },
        ]);
    });
  }

  it('that never comes is fhir/unreachable', async () => {
    expect(await read(new TypeError('Failed to fetch'))).to.have.property('code', 'fhir/unreachable');
  });

  it('of the session’s own is passed on as it is', async () => {
    const error = guardError('foreign-url', { values: { host: 'other.example' } });
    expect(await read(error)).to.equal(error);
  });

  for (const [text, kind] of [
    ['', 'something else'],
    ['<!doctype html><p>Sign in</p>', 'a web page'],
    ['\n<HTML lang="en"><body>Sign in', 'a web page'],
    ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html/>', 'a web page'],
    ['<Patient xmlns="http://hl7.org/fhir"/>', 'XML'],
    ['<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"/>', 'XML'],
    ['{}', 'something else'],
    ['[]', 'something else'],
    ['{"a":', 'something else'],
  ] as const) {
    it(`that is ${JSON.stringify(text.slice(0, 30))} is fhir/not-json, and said to be ${kind}`, async () => {
      const error = await read(answer(text));
      expect(error).to.have.property('code', 'fhir/not-json');
      expect(error).to.have.property('message').that.contains(`answered with ${kind},`);
      expect(error).to.have.property('fix').that.contains('JSON');
    });
  }

  for (const [source, context, message, scope] of [
    ['Observation/1', { patient: '1' }, 'this observation record', 'the scope patient/Observation.r.'],
    ['Observation?a=b', { patient: '1' }, 'observation records', 'the scope patient/Observation.s.'],
    [
      'Patient/1/MedicationRequest?a=b',
      { patient: '1', scopes: ['patient/Patient.read'] },
      'medication request records',
      'the scope patient/MedicationRequest.read, which was not granted.',
    ],
    [
      'Observation/1/_history/2',
      { scopes: ['patient/Observation.rs'] },
      'this observation record',
      'the scope user/Observation.r, which was granted: the server has a rule of its own.',
    ],
    ['Patient/1/$everything', { patient: '1' }, 'this record', 'a scope that this session may not have.'],
  ] as const) {
    it(`with status 403 to ${source} says what is not allowed, and the scope that it takes`, async () => {
      const error = await read(answer('', 403), source, context);
      expect(error).to.have.property('message', `You are not allowed to see ${message} here.`);
      expect(error).to.have.property('fix', `HTTP 403. It takes ${scope}`);
    });
  }

  it('that reports a failure with 200 is a failure', async () => {
    expect(await read(answer(outcome))).to.include({ code: 'fhir/rejected', status: 200 });
  });

  const expectations: [source: string, body: object, code: string | undefined][] = [
    ['Patient/1', { resourceType: 'Observation', id: '1' }, 'fhir/wrong-type'],
    ['Patient/1', { resourceType: 'Bundle' }, 'fhir/wrong-type'],
    ['Patient/1', { resourceType: 'Patient', id: '2' }, 'fhir/wrong-type'],
    ['Patient/1', { resourceType: 'Patient' }, undefined],
    ['Patient/1/_history/3', { resourceType: 'Patient', id: '1' }, undefined],
    [`${base}/Patient/1`, { resourceType: 'Observation', id: '1' }, 'fhir/wrong-type'],
    ['Observation?code=1', { resourceType: 'Observation', id: '1' }, 'fhir/wrong-type'],
    ['Observation?code=1', { resourceType: 'Bundle' }, undefined],
    ['Patient/1/$everything', { resourceType: 'Bundle' }, undefined],
    ['metadata', { resourceType: 'CapabilityStatement' }, undefined],
    ['OperationOutcome/1', { resourceType: 'OperationOutcome', id: '1' }, undefined],
  ];
  for (const [source, body, code] of expectations) {
    it(`to ${source} may ${code ? 'not ' : ''}be ${JSON.stringify(body)}`, async () => {
      const result = await read(answer(body), source);
      expect(result).to.have.property(
        code ? 'code' : 'resourceType',
        code ?? ('resourceType' in body && body.resourceType),
      );
    });
  }

  const others: [what: string, source: string, body: object, isRefused: boolean][] = [
    ['the patient', 'Patient/1', patient, false],
    ['another patient', 'Patient/2', { resourceType: 'Patient', id: '2' }, true],
    ['another patient in place of the one', 'Patient/1', { resourceType: 'Patient', id: '2' }, true],
    ['a result of theirs', 'Observation/5', { subject: { reference: 'Patient/1' } }, false],
    ['a version of theirs', 'Observation/5', { subject: { reference: 'Patient/1/_history/2' } }, false],
    ['a result of theirs, by URL', 'Observation/5', { subject: { reference: `${base}/Patient/1` } }, false],
    ['a result of another', 'Observation/5', { subject: { reference: 'Patient/12' } }, true],
    ['a result of another, by URL', 'Observation/5', { subject: { reference: `${base}/Patient/2` } }, true],
    ['an allergy of another', 'AllergyIntolerance/5', { patient: { reference: 'Patient/2' } }, true],
    ['a coverage of another', 'Coverage/5', { beneficiary: { reference: 'Patient/2' } }, true],
    ['a task for another', 'Task/5', { for: { reference: 'Patient/2' } }, true],
    ['a result of a group', 'Observation/5', { subject: { reference: 'Group/2' } }, false],
    ['a result of somebody by name', 'Observation/5', { subject: { display: 'Patient/2 Jones' } }, false],
    ['a result of somebody contained', 'Observation/5', { subject: { reference: '#p' } }, false],
    ['a result by an identifier', 'Observation/5', { subject: { identifier: { value: '2' } } }, false],
    [
      'an account of both',
      'Account/5',
      { subject: [{ reference: 'Patient/2' }, { reference: 'Patient/1' }] },
      false,
    ],
    ['a practitioner', 'Practitioner/5', {}, false],
    [
      'a list with another’s',
      'Observation?a=b',
      { entry: [{ resource: { resourceType: 'Observation', subject: { reference: 'Patient/2' } } }] },
      true,
    ],
  ];
  for (const [what, source, body, isRefused] of others) {
    it(`in a session about one patient ${isRefused ? 'may not' : 'may'} be ${what}`, async () => {
      const [, type] = /^(\w+)/.exec(source) ?? [];
      const full = {
        resourceType: source.includes('?') ? 'Bundle' : type,
        id: source.split('/')[1],
        ...body,
      };
      const result = await read(answer(full), source, { patient: '1' });
      expect(result).to.have.property(
        isRefused ? 'code' : 'resourceType',
        isRefused ? 'fhir/wrong-patient' : full.resourceType,
      );
    });
  }
});
