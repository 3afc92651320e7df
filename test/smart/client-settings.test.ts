import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { readClientSettings, type ClientOptions } from '../../src/smart/client-settings.js';

const page = 'https://portal.example/chart?tab=labs#latest';
const usual: ClientOptions = {
  fhirBase: 'https://ehr.example/fhir',
  clientId: 'portal',
  scope: 'launch/patient openid',
};

const read = (options: Partial<ClientOptions> = {}): ReturnType<typeof readClientSettings> =>
  readClientSettings({ ...usual, ...options }, page);

async function errorOf(options: Partial<ClientOptions>): Promise<SmartError> {
  try {
    await read(options);
  } catch (thrown) {
    if (SmartError.is(thrown)) {
      return thrown;
    }
    throw thrown;
  }
  throw new Error('The settings were accepted.');
}

describe('what a page says of itself', () => {
  it('is filled up with what it leaves out', async () => {
    expect(await read()).to.deep.equal({
      fhirBase: 'https://ehr.example/fhir',
      clientId: 'portal',
      scope: 'launch/patient openid',
      redirectUri: 'https://portal.example/chart',
      name: 'default',
      extraParameters: '',
      idToken: undefined,
      configUrl: undefined,
      configuration: undefined,
      renewsWithScope: false,
      persist: 'tab',
      idleLimitMs: 12 * 3_600_000,
    });
  });

  it('says how long a person may do nothing, in seconds, and leaves them time to answer', async () => {
    expect((await read({ idleTimeout: 900 })).idleLimitMs).to.equal(900_000);
    expect((await read({ idleTimeout: 30 })).idleLimitMs).to.equal(30_000);
    for (const idleTimeout of [29, 0, -1, Number.NaN, Infinity]) {
      expect((await errorOf({ idleTimeout })).code).to.equal('config/invalid-idle-timeout');
    }
  });

  it('says where tokens are kept, and nothing else than that', async () => {
    expect((await read({ persist: 'browser' })).persist).to.equal('browser');
    expect((await errorOf({ persist: 'localStorage' as 'tab' })).code).to.equal('config/invalid-persist');
  });

  it('a computer of many people: nothing is kept, soon over, and the next one signs in anew', async () => {
    expect(await read({ kiosk: true, persist: 'browser', extraParameters: 'ui_locales=es' })).to.include({
      persist: 'memory',
      idleLimitMs: 120_000,
      extraParameters: 'ui_locales=es&prompt=login',
    });
    expect(await read({ kiosk: true, idleTimeout: 60, extraParameters: 'prompt=consent' })).to.include({
      idleLimitMs: 60_000,
      extraParameters: 'prompt=consent',
    });
  });

  it('is taken without the white space around it', async () => {
    expect(
      await read({
        fhirBase: ' https://ehr.example/fhir\n',
        clientId: '\tportal ',
        redirectUri: ' /cb ',
        name: ' a ',
      }),
    ).to.include({
      fhirBase: 'https://ehr.example/fhir',
      clientId: 'portal',
      redirectUri: 'https://portal.example/cb',
      name: 'a',
    });
  });

  it('treats white space like nothing at all', async () => {
    expect(await read({ redirectUri: '  ', name: '\n', tenant: ' ' })).to.include({
      redirectUri: 'https://portal.example/chart',
      name: 'default',
    });
  });
});

describe('the FHIR base', () => {
  for (const fhirBase of [
    'https://ehr.example/fhir/',
    'https://EHR.example:443/fhir',
    'http://localhost:8200/fhir',
    'http://app.localhost/fhir',
    'http://127.0.0.1:8200',
    'http://[::1]:8200/fhir',
  ]) {
    it(`SMART-26: stays verbatim: ${fhirBase}`, async () => {
      expect((await read({ fhirBase })).fhirBase).to.equal(fhirBase);
    });
  }

  for (const [code, fhirBase] of [
    ['config/missing-fhir-base', ''],
    ['config/missing-fhir-base', '  '],
    ['config/missing-tenant', 'https://ehr.example/{tenant}'],
    ['config/invalid-fhir-base', '/fhir'],
    ['config/invalid-fhir-base', 'ehr.example/fhir'],
    ['config/invalid-fhir-base', 'ftp://ehr.example/fhir'],
    ['config/invalid-fhir-base', 'javascript:alert(1)'],
    ['config/invalid-fhir-base', 'https://ehr.example/fhir?x=1'],
    ['config/invalid-fhir-base', 'https://ehr.example/fhir?'],
    ['config/invalid-fhir-base', 'https://ehr.example/fhir#'],
    ['config/invalid-fhir-base', 'https://ehr.example/{Tenant}'],
    ['config/insecure-url', 'http://ehr.example/fhir'],
    ['config/insecure-url', 'http://localhost.evil.example/fhir'],
    ['config/insecure-url', 'http://127.0.0.1.evil.example/fhir'],
    ['config/insecure-url', 'http://10.0.0.1/fhir'],
    ['config/insecure-url', 'http://0.0.0.0/fhir'],
  ] as const) {
    it(`is ${code}: ${JSON.stringify(fhirBase)}`, async () => {
      expect((await errorOf({ fhirBase })).code).to.equal(code);
    });
  }

  for (const [tenant, path] of [
    ['riverside', 'riverside'],
    ['a/b', 'a%2Fb'],
    ['a b?c#d', 'a%20b%3Fc%23d'],
    ['$&', '%24%26'],
    ['{tenant}', '%7Btenant%7D'],
    ['a..b', 'a..b'],
  ] as const) {
    it(`takes the tenant ${tenant} as one segment`, async () => {
      const fhirBase = 'https://ehr.example/{tenant}/fhir/{tenant}';
      expect((await read({ fhirBase, tenant })).fhirBase).to.equal(
        `https://ehr.example/${path}/fhir/${path}`,
      );
    });
  }

  for (const tenant of ['.', '..']) {
    it(`does not let the tenant ${tenant} climb out of the path`, async () => {
      expect((await errorOf({ fhirBase: 'https://ehr.example/{tenant}/fhir', tenant })).code).to.equal(
        'config/invalid-fhir-base',
      );
    });
  }

  it('does not let a tenant become another host', async () => {
    const fhirBase = 'https://{tenant}.ehr.example/fhir';
    expect(new URL((await read({ fhirBase, tenant: 'riverside' })).fhirBase).host).to.equal(
      'riverside.ehr.example',
    );
    for (const tenant of ['evil.example/', 'evil.example#', 'evil.example?', 'a@evil.example:1/']) {
      let host = 'refused';
      try {
        host = new URL((await read({ fhirBase, tenant })).fhirBase).host;
      } catch (thrown) {
        expect(SmartError.is(thrown), tenant).to.equal(true);
      }
      expect(host, tenant).to.match(/^refused$|\.ehr\.example$/);
    }
  });

  it('has no tenant to fill in where it does not ask for one', async () => {
    expect((await read({ tenant: 'riverside' })).fhirBase).to.equal('https://ehr.example/fhir');
  });

  it('is named in the error, but not its password', async () => {
    const { fix, message } = await errorOf({ fhirBase: 'https://maria:secret@ehr.example/fhir' });
    expect(fix).to.contain('ehr.example/fhir');
    expect(fix + message).not.to.match(/maria|secret/);
  });
});

describe('the scope of a page', () => {
  it('is written with single spaces, each once', async () => {
    expect((await read({ scope: '\n openid\tfhirUser  openid\r\n launch ' })).scope).to.equal(
      'openid fhirUser launch',
    );
  });

  it('holds what version 2 may hold', async () => {
    const scope = 'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/x|laboratory';
    expect((await read({ scope })).scope).to.equal(scope);
  });

  for (const scope of ['', ' \n']) {
    it(`is missing: ${JSON.stringify(scope)}`, async () => {
      expect((await errorOf({ scope })).code).to.equal('config/missing-scope');
    });
  }

  it('may have been pasted from a document: a no-break space separates too', async () => {
    expect((await read({ scope: 'openid\u00a0launch' })).scope).to.equal('openid launch');
  });

  for (const scope of ['open"id', 'a\\b', 'öffnen', 'a\x07b']) {
    it(`is not written correctly: ${JSON.stringify(scope)}`, async () => {
      const error = await errorOf({ scope: `openid ${scope}` });
      expect(error.code).to.equal('config/invalid-scope');
      expect(error.fix).to.contain(scope).and.not.to.contain('openid');
    });
  }
});

describe('the redirect URI', () => {
  for (const [redirectUri, sent] of [
    ['', 'https://portal.example/chart'],
    ['/callback', 'https://portal.example/callback'],
    ['callback', 'https://portal.example/callback'],
    ['./', 'https://portal.example/'],
    ['?from=ehr', 'https://portal.example/chart?from=ehr'],
    ['//portal.example/cb', 'https://portal.example/cb'],
    ['https://portal.example', 'https://portal.example'],
    ['https://portal.example:443/cb/', 'https://portal.example:443/cb/'],
    ['https://PORTAL.example/cb?x=%7e', 'https://PORTAL.example/cb?x=%7e'],
  ] as const) {
    it(`${redirectUri || 'none'} is sent as ${sent}`, async () => {
      expect((await read({ redirectUri })).redirectUri).to.equal(sent);
    });
  }

  for (const redirectUri of [
    'https://other.example/cb',
    'http://portal.example/cb',
    'https://portal.example:8443/cb',
    'https://portal.example.evil.example/cb',
    '//evil.example/cb',
    '\\\\evil.example/cb',
    '/cb#part',
    '/cb#',
    'https://someone@portal.example/cb',
    'javascript:alert(1)',
    'data:text/html,x',
    'app://callback',
    'https://[',
  ]) {
    it(`cannot be ${redirectUri}`, async () => {
      expect((await errorOf({ redirectUri })).code).to.equal('config/invalid-redirect-uri');
    });
  }

  it('is named in the error, but not its password', async () => {
    const { fix } = await errorOf({ redirectUri: 'https://maria:secret@portal.example/cb' });
    expect(fix)
      .to.contain('portal.example/cb')
      .and.not.to.match(/maria|secret/);
  });
});

describe('the other settings', () => {
  for (const name of ['default', 'a-b_c.d', '9']) {
    it(`have the name ${name}`, async () => {
      expect((await read({ name })).name).to.equal(name);
    });
  }

  for (const name of ['a b', 'a/b', 'ä', '<b>', 'a:b']) {
    it(`cannot have the name ${name}`, async () => {
      expect((await errorOf({ name })).code).to.equal('config/invalid-name');
    });
  }

  for (const clientId of ['', ' \t']) {
    it(`lack a client id: ${JSON.stringify(clientId)}`, async () => {
      expect((await errorOf({ clientId })).code).to.equal('config/missing-client-id');
    });
  }

  it('are refused with a client secret, before anything else is looked at', async () => {
    expect((await errorOf({ hasClientSecret: true, fhirBase: '', clientId: '' })).code).to.equal(
      'config/secret-in-browser',
    );
  });
});
