import { expect } from '@open-wc/testing';

import { FhirClient } from '../../src/fhir/index.js';
import { answer, codeOf } from './answers.js';

const base = 'https://ehr.example/fhir';

/** Reads a resource in a session about patient 1. @returns the code of what was wrong with it. */
function read(resource: Readonly<Record<string, unknown>>): Promise<unknown> {
  const fetch = (): Promise<Response> => Promise.resolve(answer({ id: '5', ...resource }));
  return codeOf(new FhirClient({ fetch, base, patient: '1' }).read(`${String(resource['resourceType'])}/5`));
}

const actor = (reference: string): object => ({ actor: { reference }, status: 'accepted' });

describe('In a session about one patient', () => {
  const others: [what: string, resource: Readonly<Record<string, unknown>>, isRefused: boolean][] = [
    [
      'an appointment of another patient',
      { resourceType: 'Appointment', participant: [actor('Practitioner/7'), actor('Patient/2')] },
      true,
    ],
    [
      'an appointment of theirs',
      { resourceType: 'Appointment', participant: [actor('Practitioner/7'), actor('Patient/1')] },
      false,
    ],
    [
      'an appointment of several, one of whom they are',
      { resourceType: 'Appointment', participant: [actor('Patient/2'), actor('Patient/1')] },
      false,
    ],
    [
      'an appointment of several, none of whom they are',
      { resourceType: 'Appointment', participant: [actor('Patient/2'), actor('Patient/3')] },
      true,
    ],
    [
      'an appointment of nobody',
      { resourceType: 'Appointment', participant: [actor('Practitioner/7'), {}] },
      false,
    ],
    [
      'an answer to an appointment, by another patient',
      { resourceType: 'AppointmentResponse', participant: [{ actor: { reference: 'Patient/2' } }] },
      true,
    ],
    [
      'a visit in which another patient took part',
      { resourceType: 'Encounter', participant: [actor('Patient/2')] },
      false,
    ],
    [
      'an operation’s result about another patient',
      {
        resourceType: 'Parameters',
        parameter: [{ name: 'return', resource: { resourceType: 'Patient', id: '2' } }],
      },
      true,
    ],
    [
      'an operation’s result with something of another patient among others',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'count', valueInteger: 1 },
          { name: 'return', resource: { resourceType: 'Patient', id: '1' } },
          {
            name: 'match',
            resource: { resourceType: 'Observation', id: '8', subject: { reference: 'Patient/2' } },
          },
        ],
      },
      true,
    ],
    [
      'an operation’s result about them',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'return', resource: { resourceType: 'Patient', id: '1' } },
          { name: 'count', valueInteger: 2 },
        ],
      },
      false,
    ],
    [
      'a Bundle within an operation’s result, with another patient in it',
      {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'return',
            resource: {
              resourceType: 'Bundle',
              entry: [{ resource: { resourceType: 'Patient', id: '2' } }],
            },
          },
        ],
      },
      true,
    ],
  ];
  for (const [what, resource, isRefused] of others) {
    it(`${what} is ${isRefused ? 'refused' : 'shown'}`, async () => {
      expect(await read(resource)).to.equal(isRefused ? 'fhir/wrong-patient' : 'no error');
    });
  }

  const references: [reference: string, isRefused: boolean][] = [
    ['Patient/2?_format=json', true],
    ['Patient/2#name', true],
    ['Patient/2/_history/1', true],
    ['Patient/2/_history/1?_format=json', true],
    ['Patient/2/_history/1#name', true],
    [`${base}/Patient/2?_summary=true#name`, true],
    [`https://elsewhere.example/fhir/Patient/2/_history/1`, true],
    ['Patient/1?_format=json', false],
    ['Patient/1#name', false],
    ['Patient/1/_history/7', false],
    [`${base}/Patient/1/_history/7?_format=json`, false],
    ['Patient/1-2', true],
    ['Patient/12', true],
    // Whose they are is not certain.
    ['Patient?identifier=urn:x|2', false],
    ['#Patient/2/', false],
    ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', false],
    ['RelatedPatient/2', false],
    ['Patient/2/careplan', false],
  ];
  for (const [reference, isRefused] of references) {
    it(`something about ${reference} is ${isRefused ? 'refused' : 'shown'}`, async () => {
      const observation = { resourceType: 'Observation', subject: { reference } };
      expect(await read(observation)).to.equal(isRefused ? 'fhir/wrong-patient' : 'no error');
    });
  }
});
