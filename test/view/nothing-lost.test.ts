import { expect } from '@open-wc/testing';

import { decimalText, parseFhirJson, type JsonObject } from '../../src/fhir/index.js';
import { formatDate } from '../../src/view/dates.js';
import { drawn } from './words-of.js';

const samples: Record<string, string> = {
  Observation: `{ "resourceType": "Observation", "id": "o1", "status": "final", "language": "en",
    "meta": { "versionId": "7", "lastUpdated": "2024-01-02T03:04:05Z", "profile": ["http://p.example"] },
    "code": { "text": "Blood pressure", "coding": [{ "system": "http://loinc.org", "code": "85354-9", "display": "Panel" }] },
    "subject": { "reference": "Patient/1", "display": "Ann", "identifier": { "value": "99" } },
    "_status": { "extension": [{ "url": "http://e.example", "valueCode": "checked" }] },
    "component": [
      { "code": { "coding": [{ "code": "8480-6" }] }, "valueQuantity": { "value": 107.0, "unit": "mmHg", "code": "mm[Hg]" } },
      { "code": { "text": "odd" }, "valueSampledData": { "origin": { "value": 0.0 }, "period": 10.5, "data": "1 2 3" } }],
    "extension": [{ "url": "http://e.example/a", "extension": [{ "url": "b", "valueDecimal": 1e-7 }] }],
    "note": [{ "text": "well", "time": "2024", "authorString": "Dr B" }, { "text": "again" }] }`,
  Patient: `{ "resourceType": "Patient", "id": "p1", "active": true, "gender": "female", "birthDate": "1974-12",
    "identifier": [{ "use": "usual", "system": "urn:x", "value": "12345", "type": { "text": "MRN" }, "assigner": { "display": "Acme" } }],
    "name": [{ "use": "usual", "family": "B", "given": ["A", "C"], "period": { "start": "2001" } }, { "text": "Old", "use": "old" }],
    "telecom": [{ "system": "phone", "value": "555", "use": "home", "rank": 1 }, { "use": "work" }],
    "address": [{ "line": ["1 Street", "Flat 2"], "city": "X", "text": "1 Street, X", "postalCode": "3999" }],
    "multipleBirthInteger": 2, "communication": [{ "language": { "text": "Dutch" }, "preferred": true }] }`,
  MedicationRequest: `{ "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order",
    "medicationCodeableConcept": { "coding": [{ "display": "Warfarin" }, { "system": "s", "code": "c" }] },
    "dosageInstruction": [{ "text": "one daily", "asNeededBoolean": false, "maxDosePerPeriod": { "numerator": { "value": 4 } } },
      { "timing": { "repeat": { "frequency": 1, "boundsPeriod": { "start": "2020-02-29" } }, "code": { "text": "BID" } } }],
    "contained": [{ "resourceType": "Basic", "id": "c", "code": { "text": "inner" }, "created": "2021-05" }] }`,
  Invention: `{ "resourceType": "Invention", "id": "i1", "any": { "thing": [{ "goes": [[1, "two"], { "three": 3.00 }] }] },
    "constructor": { "prototype": "x" }, "__proto__": { "polluted": "yes" }, "empty": {}, "list": [], "nil": [null, "four"] }`,
  Bundle: `{ "resourceType": "Bundle", "type": "searchset", "total": 1, "link": [{ "relation": "next", "url": "https://x.example/?page=2" }],
    "entry": [{ "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Condition", "id": "c", "code": { "text": "Asthma" }, "onsetAge": { "value": 3, "unit": "a" } }, "search": { "mode": "match" } }] }`,
};

function* leaves(node: JsonObject): Generator<string> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) {
      yield* leaves(value as JsonObject);
    } else if (typeof value === 'boolean') {
      yield value ? 'Yes' : 'No';
    } else if (value !== null && key !== 'resourceType') {
      yield decimalText(node, key) ?? String(value);
    }
  }
}

describe('Nothing of a resource is lost', () => {
  for (const [type, json] of Object.entries(samples)) {
    it(`each value of the ${type} stands on the page`, () => {
      const words = drawn(json).textContent ?? '';
      const lost = [...leaves(parseFhirJson(json))].filter(
        (leaf) => !words.includes(leaf) && !words.includes(formatDate(leaf, 'en-GB')),
      );
      expect(lost).to.deep.equal([]);
    });
  }
});

describe('What a server sends is text', () => {
  const hostile = [
    '<img src=x onerror="window.hit=1">',
    'javascript:alert(1)',
    '</bdi><script>1</script>',
    '${1}',
    '<smart-auth>',
  ];

  it('wherever it stands', () => {
    const [name = '', url = '', code = '', key = '', tag = ''] = hostile;
    const page = drawn({
      resourceType: 'Patient',
      id: tag,
      name: [{ text: name }],
      photo: [{ url, title: code }],
      telecom: [{ system: 'url', value: url }],
      [key]: { [name]: code },
    });
    for (const text of hostile) {
      expect(page.textContent).to.contain(text);
    }
    expect(page.querySelector('img, script, a, smart-auth, [href], [src], [style]')).to.equal(null);
    expect('hit' in window).to.equal(false);
  });

  it('and cannot turn the text around it', () => {
    const page = drawn({ resourceType: 'Basic', code: { text: 'Dose: \u202egm 05\u202c' } });
    expect(page.textContent).to.contain('Dose: [U+202E]gm 05[U+202C]');
    expect([...page.querySelectorAll('dd')].every((dd) => dd.querySelector('bdi'))).to.equal(true);
  });
});
