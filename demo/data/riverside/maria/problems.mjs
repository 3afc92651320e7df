import {
  allergy,
  coding,
  concept,
  narrative,
  problem,
  reference,
  resource,
  status,
} from '../../builders.mjs';

const verifiedAs = (code) => ({ verificationStatus: status('condition-ver-status', code) });
const allergyVerifiedAs = (code) => ({ verificationStatus: status('allergyintolerance-verification', code) });
const recorder = reference('Practitioner/okafor', 'Dr. Adaeze Okafor');

const conditions = [
  problem(
    'maria-diabetes',
    'maria',
    concept('snomed', '44054006', 'Diabetes mellitus type 2', 'Type 2 diabetes'),
    'active',
    {
      text: narrative('<p><b>Type 2 diabetes</b>, since 2014. Treated with metformin.</p>'),
      onsetDateTime: '2014',
      recordedDate: '2014-06-11',
      recorder,
    },
  ),
  problem(
    'maria-hypertension',
    'maria',
    concept('snomed', '38341003', 'Hypertensive disorder', 'High blood pressure'),
    'active',
    { onsetDateTime: '2017-02', severity: concept('snomed', '6736007', 'Moderate') },
  ),
  problem('maria-pneumonia', 'maria', concept('snomed', '233604007', 'Pneumonia'), 'resolved', {
    category: [status('condition-category', 'encounter-diagnosis')],
    onsetDateTime: '2022-01-10',
    abatementDateTime: '2022-02-01',
  }),
  problem(
    'maria-copd-refuted',
    'maria',
    concept('snomed', '13645005', 'Chronic obstructive lung disease'),
    '',
    verifiedAs('refuted'),
  ),
  // The clinical status still says active: only the verification takes it back.
  problem(
    'maria-angina-refuted',
    'maria',
    concept('snomed', '194828000', 'Angina'),
    'active',
    verifiedAs('refuted'),
  ),
  problem(
    'maria-kidney',
    'maria',
    concept('snomed', '433144002', 'Chronic kidney disease stage 3'),
    'active',
    {
      ...verifiedAs('provisional'),
      recordedDate: '2026-08-20',
    },
  ),
  problem(
    'maria-entered-in-error',
    'maria',
    concept('snomed', '195967001', 'Asthma'),
    '',
    verifiedAs('entered-in-error'),
  ),
  problem('maria-without-words', 'maria', undefined, 'active', {
    note: [{ text: 'Swelling of the left ankle since August. To be looked at again.' }],
  }),
  // Two codings without text, of which the second one was chosen by a person.
  problem('maria-lipids', 'maria', undefined, 'active', {
    code: {
      coding: [
        coding('snomed', '55822004', 'Hyperlipidemia'),
        {
          system: 'http://hl7.org/fhir/sid/icd-10-cm',
          code: 'E78.5',
          display: 'Hyperlipidemia, unspecified',
          userSelected: true,
        },
      ],
    },
    onsetAge: { value: 46, unit: 'years', system: 'http://unitsofmeasure.org', code: 'a' },
  }),
  resource('Condition', 'maria-fall', {
    clinicalStatus: status('condition-clinical', 'inactive'),
    code: { text: 'Fall on the stairs' },
    subject: reference('Patient/maria'),
    onsetString: 'some time before Christmas',
  }),
];

const allergies = [
  allergy(
    'maria-penicillin',
    'maria',
    concept('snomed', '91936005', 'Allergy to penicillin', 'Penicillin'),
    'active',
    {
      text: narrative('<p><b>Penicillin</b>: anaphylaxis in 1989. High criticality.</p>'),
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
    },
  ),
  allergy('maria-strawberries', 'maria', { text: 'Strawberries' }, 'active', {
    ...allergyVerifiedAs('unconfirmed'),
    type: 'intolerance',
    category: ['food'],
    criticality: 'low',
    reaction: [
      {
        manifestation: [
          concept('snomed', '126485001', 'Urticaria', 'Hives'),
          concept('snomed', '418290006', 'Itching'),
        ],
        severity: 'mild',
      },
    ],
  }),
  allergy(
    'maria-latex-refuted',
    'maria',
    concept('snomed', '300916003', 'Latex allergy', 'Latex'),
    'inactive',
    allergyVerifiedAs('refuted'),
  ),
  allergy(
    'maria-shellfish-error',
    'maria',
    concept('snomed', '300913006', 'Allergy to shellfish', 'Shellfish'),
    '',
    allergyVerifiedAs('entered-in-error'),
  ),
];

export const problems = [...conditions, ...allergies];
