import { expect } from '@open-wc/testing';

import * as families from '../../src/core/errors/index.js';
import { SmartError, type ErrorEntry } from '../../src/core/smart-error.js';

const { authorizeError, configError, answerError, providerError, sessionError } = families;
const entries = Object.values(families).flatMap(({ area, texts }) =>
  Object.entries<ErrorEntry>(texts).map(([name, entry]) => [`${area}/${name}`, entry] as const),
);

describe('SmartError', () => {
  it('carries the texts of the catalogue and who can mend it', () => {
    const error = sessionError('expired');
    const entry = sessionError.texts.expired;
    expect(error).to.be.instanceOf(Error);
    expect(error.name).to.equal('SmartError');
    expect(error.code).to.equal('session/expired');
    expect(error.message).to.equal(entry.message);
    expect(error.fix).to.equal(entry.fix);
    expect(error.who).to.equal(entry.who);
  });

  it('fills the places of a text from its values', () => {
    const { fix } = providerError('no-provider', { values: { tag: 'fhir-resource' } });
    expect(fix).to.contain('<fhir-resource>').and.not.contain('{tag}');
  });

  it('fills the status of an answer without being given it twice', () => {
    const error = answerError('rejected', { status: 422 });
    expect(error.status).to.equal(422);
    expect(error.fix).to.contain('422');
  });

  it('fills zero as a number, not as nothing', () => {
    expect(answerError('rejected', { status: 0 }).fix)
      .to.contain('0')
      .and.not.contain('{');
  });

  it('leaves a place alone that it has no value for', () => {
    expect(providerError('no-provider').fix).to.contain('{tag}');
  });

  it('does not take a value from the prototype, nor fill what a value brought with it', () => {
    const values = Object.create({ tag: 'inherited' }) as Record<string, string>;
    expect(providerError('no-provider', { values }).fix).to.contain('{tag}');
    const nested = providerError('unknown-provider', { values: { value: '{tag}', tag: 'x-y' } });
    expect(nested.fix).to.contain('for="{tag}"').and.contain('<x-y>');
  });

  it('takes a value as it is, also one that looks like a replacement pattern', () => {
    expect(configError('invalid-name', { values: { value: '$& $1' } }).fix).to.contain('$& $1');
  });

  it('cuts query and fragment off the address, where codes and tokens stand', () => {
    const cut = (url: string) => answerError('gone', { url }).url;
    expect(cut('https://ehr.example/fhir/Patient/1?code=secret')).to.equal(
      'https://ehr.example/fhir/Patient/1',
    );
    expect(cut('https://app.example/#access_token=secret')).to.equal('https://app.example/');
    expect(cut('https://app.example/?a=1\n2#secret\nmore')).to.equal('https://app.example/');
    expect(cut('https://ehr.example/fhir')).to.equal('https://ehr.example/fhir');
  });

  it('keeps the words of the server apart from its own', () => {
    const oauth = { error: 'access_denied', description: 'No.' };
    const outcome = [{ severity: 'error', code: 'forbidden', text: 'Not you.' }];
    const error = authorizeError('denied', { oauth, outcome });
    expect(error.oauth).to.deep.equal(oauth);
    expect(error.outcome).to.deep.equal(outcome);
    expect(error.message).to.not.contain('No.');
    expect(error.fix).to.not.contain('Not you.');
  });

  it('has no cause, which might hold a response', () => {
    expect('cause' in answerError('gone')).to.equal(false);
  });

  it('says of what it was not told that it does not know', () => {
    const { status, oauth, outcome, url } = answerError('gone');
    expect([status, oauth, outcome, url]).to.deep.equal([undefined, undefined, undefined, undefined]);
  });
});

describe('SmartError.is', () => {
  it('knows its own', () => {
    expect(SmartError.is(answerError('gone'))).to.equal(true);
  });

  it('knows those of another copy of the kit on the page', () => {
    const foreign = Object.assign(new Error('x'), { name: 'SmartError', code: 'fhir/gone', who: 'server' });
    expect(SmartError.is(foreign)).to.equal(true);
  });

  it('refuses everything else that can be thrown', () => {
    const lookalike = { name: 'SmartError', code: 'fhir/gone', who: 'server', message: 'x' };
    const named = Object.assign(new Error('x'), { name: 'SmartError' });
    for (const thrown of [
      new Error('x'),
      new TypeError('x'),
      lookalike,
      named,
      'SmartError',
      null,
      undefined,
      1,
    ]) {
      expect(SmartError.is(thrown), JSON.stringify(thrown)).to.equal(false);
    }
  });
});

describe('the catalogue of errors', () => {
  for (const [code, { message, fix, who }] of entries) {
    it(`${code} is complete`, () => {
      expect(code).to.match(/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/);
      expect(who).to.be.oneOf(['person', 'page', 'server']);
      for (const text of [message, fix]) {
        expect(text.trim()).to.equal(text);
        expect(text).to.match(/[.}]$/);
      }
    });
  }

  it('leaves no jargon, and nothing to fill in that only a program knows, to the person at the screen', () => {
    for (const [code, { message }] of entries) {
      expect(message, code).to.not.match(/\b(HTTP|CORS|JSON|OAuth|token|scope|redirect|nonce|iss|aud)\b/i);
    }
  });

  it('has only places that can be filled', () => {
    for (const [code, { message, fix }] of entries) {
      const places = `${message}${fix}`.match(/\{[^}]*\}/g) ?? [];
      for (const place of places) {
        expect(place, code).to.match(/^\{(value|name|host|tag|status|scope|expected|tenant|patient)\}$/);
      }
    }
  });
});
