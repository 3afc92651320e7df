import { expect } from '@open-wc/testing';

import { decimalText, parseFhirJson } from '../../src/fhir/index.js';

describe('FHIR JSON', () => {
  for (const text of ['1.10', '1e-7', '0.0', '-0', '12345678901234567890', '1E+2', '0.010', '7', '1e400']) {
    it(`keeps ${text} as written`, () => {
      const json = parseFhirJson(`{ "value": ${text}, "list": [true, ${text}] }`);
      expect(decimalText(json, 'value')).to.equal(text);
      expect(decimalText(json['list'] as readonly number[], '1')).to.equal(text);
      expect(json['value']).to.equal(Number(text));
    });
  }

  it('says nothing of what is no number', () => {
    expect(decimalText(parseFhirJson('{"value":"1.10"}'), 'value')).to.equal(undefined);
    expect(decimalText(parseFhirJson('{}'), 'constructor')).to.equal(undefined);
  });

  it('takes __proto__ for a name like any other', () => {
    const json = parseFhirJson('{"__proto__":{"polluted":true},"constructor":{"prototype":1.0}}');
    expect(Object.getPrototypeOf(json)).to.equal(Object.prototype);
    expect(Object.keys(json)).to.deep.equal(['__proto__', 'constructor']);
    expect('polluted' in {}).to.equal(false);
  });

  it('takes the last of two members of one name, and its number', () => {
    expect(decimalText(parseFhirJson('{"a":1.0,"a":2}'), 'a')).to.equal('2');
    expect(decimalText(parseFhirJson('{"a":1,"a":2.0}'), 'a')).to.equal('2.0');
  });

  it('reads texts as JSON.parse does', () => {
    const text = String.raw`{"a\"b":"\\","c":"\u00e9\n\\\"","d":"","e":[{}, [], null, false]}`;
    expect(parseFhirJson(text)).to.deep.equal(JSON.parse(text));
  });

  it('reads ten megabytes of one text', () => {
    const data = 'QUJD'.repeat(2_500_000);
    expect(parseFhirJson(`{"data":"${data}"}`)['data']).to.have.length(data.length);
  });

  const wrong = [
    '',
    ' ',
    '<html></html>',
    '[]',
    '"text"',
    '1',
    'null',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":NaN}',
    "{'a':1}",
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"',
    '{"a":1} x',
    '{"a":[1,]}',
    `{"a":${'['.repeat(100_000)}`,
    '{"a":'.repeat(100_000),
    '{"a":1}{"b":2}',
    '{"a":tru}',
    '{"a":"b\\"}',
  ];
  for (const text of wrong) {
    it(`refuses ${JSON.stringify(text.slice(0, 24))}`, () => {
      expect(() => parseFhirJson(text))
        .to.throw()
        .with.property('code', 'fhir/not-json');
    });
  }
});
