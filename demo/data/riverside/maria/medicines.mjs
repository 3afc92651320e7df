import {
  concept,
  medicine,
  narrative,
  prescription,
  quantity,
  reference,
  resource,
} from '../../builders.mjs';

const requester = reference('Practitioner/okafor', 'Dr. Adaeze Okafor');
const byMouth = concept('snomed', '26643006', 'Oral route', 'by mouth');
const tablets = (low, high) => ({
  doseRange: { low: quantity(low, 'tablet', '{tbl}'), high: quantity(high, 'tablets', '{tbl}') },
});

const plain = [
  prescription('maria-metformin', 'maria', medicine('861007', 'metformin hydrochloride 500 MG Oral Tablet'), {
    text: narrative('<p>Metformin 500 mg: one tablet twice a day with meals.</p>'),
    dosageInstruction: [
      {
        text: 'One tablet twice a day with meals',
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        route: byMouth,
        doseAndRate: [{ doseQuantity: quantity(500, 'mg') }],
      },
    ],
    requester,
    dispenseRequest: { numberOfRepeatsAllowed: 3, quantity: quantity(180, 'tablets', '{tbl}') },
  }),
  prescription(
    'maria-lisinopril',
    'maria',
    { medicationReference: reference('Medication/lisinopril', 'Lisinopril 10 mg tablet') },
    {
      dosageInstruction: [
        {
          timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
          doseAndRate: [{ doseQuantity: quantity(10, 'mg') }],
        },
      ],
    },
  ),
  prescription('maria-simvastatin', 'maria', medicine('314231', 'simvastatin 10 MG Oral Tablet'), {
    status: 'stopped',
    statusReason: { text: 'Muscle pain' },
    authoredOn: '2024-03',
  }),
  prescription('maria-warfarin-error', 'maria', medicine('855332', 'warfarin sodium 5 MG Oral Tablet'), {
    status: 'entered-in-error',
  }),
  prescription('maria-no-ibuprofen', 'maria', medicine('310965', 'ibuprofen 200 MG Oral Tablet'), {
    doNotPerform: true,
    reasonCode: [{ text: 'Reduced kidney function' }],
    requester,
  }),
  prescription('maria-amlodipine-planned', 'maria', medicine('197361', 'amlodipine 5 MG Oral Tablet'), {
    intent: 'plan',
    note: [{ text: 'Only if the blood pressure stays above 140.' }],
  }),
  prescription('maria-atorvastatin', 'maria', medicine('83367', 'atorvastatin'), {
    status: 'on-hold',
    statusReason: { text: 'Until the liver values are back' },
  }),
];

/** Directions that lose their meaning when any part of them is left out. */
const directions = [
  prescription('maria-acetaminophen', 'maria', medicine('198440', 'acetaminophen 500 MG Oral Tablet'), {
    dosageInstruction: [
      {
        asNeededCodeableConcept: { text: 'pain' },
        timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } },
        doseAndRate: [tablets(1, 2)],
        maxDosePerPeriod: { numerator: quantity(3, 'g'), denominator: quantity(1, 'd') },
      },
    ],
  }),
  prescription('maria-omeprazole', 'maria', medicine('7646', 'omeprazole'), {
    dosageInstruction: [
      {
        patientInstruction: 'Swallow whole, half an hour before breakfast.',
        timing: {
          repeat: {
            boundsDuration: quantity(14, 'days', 'd'),
            frequency: 1,
            period: 1,
            periodUnit: 'd',
            when: ['ACM'],
            offset: 30,
          },
        },
        doseAndRate: [{ doseQuantity: quantity(20, 'mg') }],
      },
    ],
  }),
  // The two steps come one after the other, and the second one has a code that stands for a whole sentence.
  prescription('maria-prednisone', 'maria', medicine('8640', 'prednisone'), {
    status: 'completed',
    authoredOn: '2025-02-10T09:40:00-05:00',
    dosageInstruction: [
      {
        sequence: 1,
        timing: {
          repeat: { boundsDuration: quantity(5, 'days', 'd'), frequency: 1, period: 1, periodUnit: 'd' },
        },
        doseAndRate: [{ doseQuantity: quantity(40, 'mg') }],
      },
      {
        sequence: 2,
        timing: {
          repeat: { boundsDuration: quantity(5, 'days', 'd') },
          code: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code: 'BID' }],
          },
        },
        doseAndRate: [{ doseQuantity: quantity(5, 'mg') }],
      },
    ],
  }),
  // What modifies one of the directions, and is not known, is as serious as what modifies all of the prescription.
  prescription('maria-modified-dosage', 'maria', medicine('310429', 'furosemide 20 MG Oral Tablet'), {
    text: narrative('<p>Furosemide 20 mg, once a day — <strong>not on days without swelling</strong>.</p>'),
    dosageInstruction: [
      {
        modifierExtension: [
          { url: 'https://riverside.example/fhir/StructureDefinition/only-when', valueString: 'swelling' },
        ],
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: quantity(20, 'mg') }],
      },
    ],
  }),
  prescription(
    'maria-contained',
    'maria',
    { medicationReference: reference('#mixture') },
    {
      contained: [
        {
          resourceType: 'Medication',
          id: 'mixture',
          code: { text: 'Urea 10 % in hydrophilic cream' },
        },
      ],
      dosageInstruction: [{ text: 'On the feet, in the evening' }],
    },
  ),
];

const taken = [
  resource('MedicationStatement', 'maria-vitamin-d', {
    status: 'active',
    medicationCodeableConcept: { text: 'Vitamin D3, bought without prescription' },
    subject: reference('Patient/maria'),
    dateAsserted: '2026-03-02',
    dosage: [{ text: 'One capsule on Sundays' }],
  }),
  resource('MedicationStatement', 'maria-not-taken', {
    status: 'not-taken',
    ...medicine('4603', 'furosemide'),
    subject: reference('Patient/maria'),
    dateAsserted: '2026-10-30',
    reasonCode: [{ text: 'She forgot to pick it up' }],
  }),
];

export const medicines = [...plain, ...directions, ...taken];
