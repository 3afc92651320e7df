import {
  allergy,
  concept,
  narrative,
  observation,
  prescription,
  problem,
  quantity,
  reference,
  resource,
  status,
  vaccination,
} from '../builders.mjs';
import { twoYears } from '../series.mjs';

const id = 'maria';
const subject = reference(`Patient/${id}`);
const rxnorm = (code, display) => ({ medicationCodeableConcept: concept('rxnorm', code, display) });

/** An adult with much data: the person that most demonstrations are about. */
export const maria = [
  resource('Patient', id, {
    text: narrative('Maria Elena Silva, born 14 March 1968'),
    identifier: [
      {
        type: { text: 'Medical record number' },
        system: 'urn:oid:2.16.840.1.113883.19.5',
        value: 'RS-204817',
      },
    ],
    active: true,
    name: [
      { use: 'official', family: 'Silva', given: ['Maria', 'Elena'] },
      { use: 'maiden', family: 'Duarte', given: ['Maria', 'Elena'] },
      { use: 'nickname', given: ['Lena'] },
    ],
    telecom: [
      { system: 'phone', value: '+1 555 0142', use: 'mobile' },
      { system: 'email', value: 'maria.silva@example.org' },
    ],
    gender: 'female',
    birthDate: '1968-03-14',
    address: [
      {
        use: 'home',
        line: ['12 Mill Lane'],
        city: 'Riverside',
        state: 'OH',
        postalCode: '45431',
        country: 'US',
      },
    ],
    maritalStatus: status('v3-MaritalStatus', 'M'),
    communication: [{ language: { text: 'Portuguese' }, preferred: true }, { language: { text: 'English' } }],
    contact: [
      {
        relationship: [{ text: 'Husband' }],
        name: { text: 'Paulo Silva' },
        telecom: [{ system: 'phone', value: '+1 555 0143' }],
      },
    ],
    generalPractitioner: [reference('Practitioner/okafor', 'Dr. Adaeze Okafor')],
    managingOrganization: reference('Organization/riverside-clinic', 'Riverside Clinic'),
  }),

  problem(
    'maria-diabetes',
    id,
    concept('snomed', '44054006', 'Diabetes mellitus type 2', 'Type 2 diabetes'),
    'active',
    { onsetDateTime: '2014', recordedDate: '2014-06-11' },
  ),
  problem(
    'maria-hypertension',
    id,
    concept('snomed', '38341003', 'Hypertensive disorder', 'High blood pressure'),
    'active',
    { onsetDateTime: '2017-02' },
  ),
  problem('maria-pneumonia', id, concept('snomed', '233604007', 'Pneumonia'), 'resolved', {
    onsetDateTime: '2022-01-10',
    abatementDateTime: '2022-02-01',
  }),
  problem(
    'maria-copd-refuted',
    id,
    concept('snomed', '13645005', 'Chronic obstructive lung disease'),
    undefined,
    { verificationStatus: status('condition-ver-status', 'refuted') },
  ),
  problem('maria-entered-in-error', id, concept('snomed', '195967001', 'Asthma'), undefined, {
    verificationStatus: status('condition-ver-status', 'entered-in-error'),
  }),
  problem('maria-without-words', id, undefined, 'active', {
    note: [{ text: 'Swelling of the left ankle since August. To be looked at again.' }],
  }),

  allergy('maria-penicillin', id, concept('snomed', '91936005', 'Allergy to penicillin', 'Penicillin'), {
    type: 'allergy',
    category: ['medication'],
    criticality: 'high',
    onsetDateTime: '1989',
    reaction: [
      {
        manifestation: [concept('snomed', '39579001', 'Anaphylaxis')],
        severity: 'severe',
        description: 'Collapsed within minutes.',
      },
    ],
  }),
  allergy('maria-latex-refuted', id, concept('snomed', '300916003', 'Latex allergy', 'Latex'), {
    clinicalStatus: undefined,
    verificationStatus: status('allergyintolerance-verification', 'refuted'),
  }),
  allergy('maria-shellfish-error', id, concept('snomed', '300913006', 'Allergy to shellfish', 'Shellfish'), {
    clinicalStatus: undefined,
    verificationStatus: status('allergyintolerance-verification', 'entered-in-error'),
  }),

  prescription('maria-metformin', id, rxnorm('861007', 'metformin hydrochloride 500 MG Oral Tablet'), {
    dosageInstruction: [
      {
        text: 'One tablet twice a day with meals',
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: quantity(500, 'mg') }],
      },
    ],
    requester: reference('Practitioner/okafor', 'Dr. Adaeze Okafor'),
  }),
  prescription(
    'maria-lisinopril',
    id,
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
  prescription('maria-simvastatin', id, rxnorm('314231', 'simvastatin 10 MG Oral Tablet'), {
    status: 'stopped',
    statusReason: { text: 'Muscle pain' },
  }),
  prescription('maria-warfarin-error', id, rxnorm('855332', 'warfarin sodium 5 MG Oral Tablet'), {
    status: 'entered-in-error',
  }),
  prescription('maria-no-ibuprofen', id, rxnorm('310965', 'ibuprofen 200 MG Oral Tablet'), {
    doNotPerform: true,
    reasonCode: [{ text: 'Reduced kidney function' }],
  }),
  resource('MedicationStatement', 'maria-vitamin-d', {
    status: 'active',
    medicationCodeableConcept: { text: 'Vitamin D3, bought without prescription' },
    subject,
    dateAsserted: '2026-03-02',
  }),

  vaccination(
    'maria-influenza',
    id,
    concept('cvx', '150', 'Influenza, injectable, quadrivalent, preservative free', 'Influenza'),
    '2026-10-05',
    { lotNumber: 'AX-1187' },
  ),
  vaccination(
    'maria-tetanus',
    id,
    concept('cvx', '115', 'Tdap', 'Tetanus, diphtheria, pertussis'),
    '2019-04-17',
    { isSubpotent: true, subpotentReason: [{ text: 'Cold chain was broken' }] },
  ),
  vaccination(
    'maria-shingles-not-done',
    id,
    concept('cvx', '187', 'zoster recombinant', 'Shingles'),
    '2026-10-05',
    { status: 'not-done', statusReason: { text: 'She wishes to wait' } },
  ),

  ...twoYears(id),
  observation(
    'maria-troponin',
    id,
    'laboratory',
    concept('loinc', '6598-7', 'Troponin T.cardiac [Mass/volume] in Serum or Plasma', 'Troponin T'),
    '2026-08-19T22:40:00-04:00',
    { valueQuantity: quantity(0.01, 'ng/mL', 'ng/mL', '<') },
  ),
  observation(
    'maria-ferritin-missing',
    id,
    'laboratory',
    concept('loinc', '2276-4', 'Ferritin [Mass/volume] in Serum or Plasma', 'Ferritin'),
    '2026-09-02',
    { dataAbsentReason: status('data-absent-reason', 'error'), note: [{ text: 'The sample was clotted.' }] },
  ),
  observation(
    'maria-smoking',
    id,
    'social-history',
    concept('loinc', '72166-2', 'Tobacco smoking status', 'Smoking'),
    '2026-06-02',
    { valueCodeableConcept: concept('snomed', '8517006', 'Ex-smoker', 'Former smoker') },
  ),
  observation(
    'maria-height',
    id,
    'vital-signs',
    concept('loinc', '8302-2', 'Body height', 'Height'),
    '2025-06-02',
    { valueQuantity: quantity(164, 'cm') },
  ),
  observation(
    'maria-glucose-error',
    id,
    'laboratory',
    concept('loinc', '2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'Glucose'),
    '2026-07-01',
    { status: 'entered-in-error', valueQuantity: quantity(812, 'mg/dL') },
  ),
  observation(
    'maria-negated',
    id,
    'laboratory',
    concept('loinc', '5671-3', 'Lead [Mass/volume] in Blood', 'Lead'),
    '2026-05-05',
    {
      modifierExtension: [
        {
          url: 'https://riverside.example/fhir/StructureDefinition/not-for-clinical-use',
          valueBoolean: true,
        },
      ],
      valueQuantity: quantity(3, 'ug/dL'),
    },
  ),

  resource('Procedure', 'maria-colonoscopy', {
    status: 'completed',
    code: concept('snomed', '73761001', 'Colonoscopy'),
    subject,
    performedDateTime: '2024-11-20',
  }),
  resource('Procedure', 'maria-mri-not-done', {
    status: 'not-done',
    statusReason: { text: 'She has a pacemaker' },
    code: concept('snomed', '113091000', 'Magnetic resonance imaging', 'MRI of the knee'),
    subject,
  }),
  resource('Encounter', 'maria-visit', {
    status: 'finished',
    class: { code: 'AMB', display: 'ambulatory' },
    type: [{ text: 'Diabetes check' }],
    subject,
    period: { start: '2026-06-02T09:00:00-04:00', end: '2026-06-02T09:25:00-04:00' },
    participant: [{ individual: reference('Practitioner/okafor', 'Dr. Adaeze Okafor') }],
  }),
  resource('Encounter', 'maria-stay', {
    status: 'in-progress',
    class: { code: 'IMP', display: 'inpatient' },
    subject,
    period: { start: '2026-10-30T16:10:00-04:00' },
    location: [{ location: reference('Location/ward-3', 'Ward 3') }],
  }),
  resource('Encounter', 'maria-planned', {
    status: 'planned',
    class: { code: 'AMB', display: 'ambulatory' },
    subject,
    period: { start: '2026-12-01T10:00:00-05:00' },
  }),
  resource('Encounter', 'maria-cancelled', {
    status: 'cancelled',
    class: { code: 'VR', display: 'virtual' },
    subject,
    period: { start: '2026-04-07' },
  }),
  resource('DiagnosticReport', 'maria-metabolic-panel', {
    status: 'final',
    category: [status('v2-0074', 'LAB')],
    code: concept(
      'loinc',
      '24323-8',
      'Comprehensive metabolic 2000 panel - Serum or Plasma',
      'Metabolic panel',
    ),
    subject,
    effectiveDateTime: '2026-11-01',
    issued: '2026-11-01T15:30:00-04:00',
    result: [
      reference('Observation/maria-glucose-16'),
      reference('Observation/maria-creatinine-8'),
      reference('Observation/maria-potassium-11'),
    ],
    conclusion: 'Glucose above the range. Kidney function unchanged.',
  }),
  resource('DocumentReference', 'maria-letter', {
    status: 'current',
    type: concept('loinc', '34133-9', 'Summary of episode note', 'Letter to the patient'),
    subject,
    date: '2026-06-03T12:00:00Z',
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          data: 'RGVhciBNcy4gU2lsdmEsIHlvdXIgbGFicyBhcmUgc3RhYmxlLiBTZWUgeW91IGluIFNlcHRlbWJlci4=',
          title: 'After your visit',
          size: 58,
        },
      },
    ],
  }),
  resource('CarePlan', 'maria-plan', {
    status: 'active',
    intent: 'plan',
    title: 'Living with diabetes',
    subject,
    activity: [{ detail: { status: 'in-progress', description: 'Walk 30 minutes on five days a week' } }],
    goal: [reference('Goal/maria-goal')],
  }),
  resource('Goal', 'maria-goal', {
    lifecycleStatus: 'active',
    description: { text: 'HbA1c below 7 %' },
    subject,
    target: [
      {
        measure: concept('loinc', '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', 'HbA1c'),
        detailQuantity: quantity(7, '%', '%', '<'),
        dueDate: '2027-03-31',
      },
    ],
  }),
  resource('CareTeam', 'maria-team', {
    status: 'active',
    name: 'Diabetes team',
    subject,
    participant: [
      { role: [{ text: 'Primary care' }], member: reference('Practitioner/okafor', 'Dr. Adaeze Okafor') },
    ],
  }),
  resource('Coverage', 'maria-coverage', {
    status: 'active',
    type: { text: 'Health insurance' },
    subscriberId: 'H-55-1904',
    beneficiary: subject,
    payor: [reference('Organization/lakeside-insurance', 'Lakeside Insurance')],
    period: { start: '2026-01-01' },
  }),
  resource('Appointment', 'maria-appointment', {
    status: 'booked',
    description: 'Eye check',
    start: '2026-12-01T10:00:00-05:00',
    end: '2026-12-01T10:30:00-05:00',
    participant: [
      { actor: subject, status: 'accepted' },
      { actor: reference('Practitioner/okafor', 'Dr. Adaeze Okafor'), status: 'accepted' },
    ],
  }),
];
