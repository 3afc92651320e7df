import { expect } from '@open-wc/testing';

import type { JsonObject } from '../../src/smart/json-object.js';
import { normalizeTokenAnswer } from '../../src/smart/token-response.js';

const usual: JsonObject = {
  access_token: 'access',
  token_type: 'Bearer',
  expires_in: 600,
  scope: 'openid',
  refresh_token: 'refresh',
};

async function normalize(
  body: Record<string, unknown>,
  status = 200,
): Promise<{
  status: number;
  label: string | null;
  members: Record<string, unknown>;
  idToken: string | undefined;
  warnings: string[];
}> {
  const { response, idToken, warnings } = normalizeTokenAnswer(status, body as JsonObject);
  return {
    status: response.status,
    label: response.headers.get('content-type'),
    members: (await response.json()) as Record<string, unknown>,
    idToken,
    warnings: warnings.map(({ code }) => code),
  };
}

/** A server that does everything right but one thing. */
const but = (name: string, value: unknown): Record<string, unknown> => ({ ...usual, [name]: value });

function without(name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(usual).filter(([each]) => each !== name));
}

describe('a token answer, as RFC 6749 would have it', () => {
  it('is the same where it was right already', async () => {
    expect(await normalize(usual)).to.deep.equal({
      status: 200,
      label: 'application/json',
      members: usual,
      idToken: undefined,
      warnings: [],
    });
  });

  it('does not change what it was given', async () => {
    const given = { ...usual, id_token: 'x', scope: ['a'], patient: null };
    const before = structuredClone(given);
    await normalize(given);
    expect(given).to.deep.equal(before);
  });

  for (const status of [200, 201, 203, 206]) {
    it(`has 200 in place of ${String(status)}`, async () => {
      expect((await normalize(usual, status)).status).to.equal(200);
    });
  }

  for (const [status, kept] of [
    [304, 400],
    [400, 400],
    [401, 401],
    [500, 500],
    [503, 503],
  ] as const) {
    it(`SMART-51: has ${String(kept)} for ${String(status)}: a token does not make a failure a success`, async () => {
      expect((await normalize(usual, status)).status).to.equal(kept);
    });
  }

  it('loses members that are null', async () => {
    const { members } = await normalize({ ...usual, patient: null, error: null, error_description: null });
    expect(members).to.deep.equal(usual);
  });

  it('keeps members that it does not know', async () => {
    const more = { patient: 'maria', fhirContext: [{ reference: 'Patient/maria' }], zero: 0, no: false };
    expect((await normalize({ ...usual, ...more })).members).to.include({
      patient: 'maria',
      zero: 0,
      no: false,
    });
  });

  describe('the id_token', () => {
    it('is taken out, and handed over apart', async () => {
      const { members, idToken } = await normalize(but('id_token', 'a.b.c'));
      expect(members).not.to.have.property('id_token');
      expect(idToken).to.equal('a.b.c');
    });

    for (const value of [null, '', 7, {}, ['a.b.c'], false]) {
      it(`is none where it is ${JSON.stringify(value)}`, async () => {
        const { members, idToken } = await normalize(but('id_token', value));
        expect(members).not.to.have.property('id_token');
        expect(idToken).to.equal(undefined);
      });
    }
  });

  describe('the refresh token', () => {
    for (const value of [null, '', 7, {}, false]) {
      it(`is none where it is ${JSON.stringify(value)}`, async () => {
        expect((await normalize(but('refresh_token', value))).members).not.to.have.property('refresh_token');
      });
    }
  });

  describe('token_type', () => {
    for (const value of ['BearerToken', 'Bearer Token', 'bearertoken', 'BEARER TOKEN']) {
      it(`SMART-45: is bearer where it is ${value}`, async () => {
        const { members, warnings } = await normalize(but('token_type', value));
        expect(members['token_type']).to.equal('bearer');
        expect(warnings).to.deep.equal([]);
      });
    }

    for (const value of [undefined, null, 7, ['bearer']]) {
      it(`SMART-45: is taken for bearer, with a warning, where it is ${JSON.stringify(value) ?? 'left out'}`, async () => {
        const { members, warnings } = await normalize(but('token_type', value));
        expect(members['token_type']).to.equal('bearer');
        expect(warnings).to.deep.equal(['token/type-missing']);
      });
    }

    for (const value of ['mac', 'N_A', 'bearer-ish', 'not bearer']) {
      it(`SMART-45 [R26]: stays ${value}: that is for the library to refuse`, async () => {
        expect((await normalize(but('token_type', value))).members['token_type']).to.equal(value);
      });
    }
  });

  describe('expires_in', () => {
    for (const [value, seconds] of [
      ['3600', 3600],
      [' 60 ', 60],
      ['1e3', 1000],
      [59.5, 59.5],
      [1, 1],
    ] as const) {
      it(`SMART-47 [R10]: ${JSON.stringify(value)} is ${String(seconds)} seconds`, async () => {
        const { members, warnings } = await normalize(but('expires_in', value));
        expect(members['expires_in']).to.equal(seconds);
        expect(warnings).to.deep.equal([]);
      });
    }

    for (const value of [undefined, null, 0, -1, '', '0', '-60', 'soon', {}, '3600 s', '1e999']) {
      it(`SMART-47: ${JSON.stringify(value) ?? 'none'} is no lifetime, with a warning`, async () => {
        const { members, warnings } = await normalize(but('expires_in', value));
        expect(members).not.to.have.property('expires_in');
        expect(warnings).to.deep.equal(['token/lifetime-missing']);
      });
    }
  });

  describe('scope', () => {
    it('SMART-48: is written as text where it is a list', async () => {
      const { members, warnings } = await normalize(but('scope', ['openid', 'patient/*.rs']));
      expect(members['scope']).to.equal('openid patient/*.rs');
      expect(warnings).to.deep.equal([]);
    });

    it('SMART-49: that is empty stays empty: nothing was granted', async () => {
      expect((await normalize(but('scope', ''))).members['scope']).to.equal('');
      expect((await normalize(but('scope', []))).members['scope']).to.equal('');
    });

    for (const value of [undefined, null, 7, {}, true]) {
      it(`SMART-48: is missing, with a warning, where it is ${JSON.stringify(value) ?? 'left out'}`, async () => {
        const { members, warnings } = await normalize(but('scope', value));
        expect(members).not.to.have.property('scope');
        expect(warnings).to.deep.equal(['token/scope-missing']);
      });
    }
  });

  it('gathers each warning once', async () => {
    const { warnings } = await normalize({ access_token: 'access' });
    expect(warnings).to.deep.equal(['token/type-missing', 'token/scope-missing', 'token/lifetime-missing']);
  });
});

describe('an error of the token endpoint, as RFC 6749 would have it', () => {
  for (const [was, is] of [
    [200, 400],
    [302, 400],
    [400, 400],
    [401, 401],
    [403, 403],
    [429, 429],
    [500, 400],
  ] as const) {
    it(`has ${String(is)} in place of ${String(was)}`, async () => {
      const { status, members, warnings } = await normalize({ error: 'invalid_grant' }, was);
      expect(status).to.equal(is);
      expect(members).to.deep.equal({ error: 'invalid_grant' });
      expect(warnings).to.deep.equal([]);
    });
  }

  it('is one also with null in place of a token, and hands over no id_token', async () => {
    const { status, idToken } = await normalize({ access_token: null, error: 'x', id_token: 'a.b.c' });
    expect(status).to.equal(400);
    expect(idToken).to.equal(undefined);
  });

  it('is none with a token beside it and 200: some servers always send the member', async () => {
    expect((await normalize({ ...usual, error: '' })).status).to.equal(200);
  });

  it('is none where the member is no text', async () => {
    expect((await normalize({ ...without('access_token'), error: { code: 1 } })).status).to.equal(200);
  });
});
