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

const noKnownAllergy = concept('snomed', '716186003', 'No known allergy', 'No known allergies');

/** A child, whose father looks after the record. */
const child = [
  resource('Patient', 'noah', {
    name: [{ use: 'official', family: 'Berg', given: ['Noah'] }],
    gender: 'male',
    birthDate: '2021-05-30',
    contact: [{ relationship: [{ text: 'Father' }], name: { text: 'Sam Berg' } }],
  }),
  resource('RelatedPerson', 'noahs-father', {
    active: true,
    patient: reference('Patient/noah'),
    relationship: [status('v3-RoleCode', 'FTH')],
    name: [{ text: 'Sam Berg' }],
  }),
  allergy('noah-none', 'noah', noKnownAllergy),
  vaccination('noah-mmr', 'noah', concept('cvx', '03', 'MMR', 'Measles, mumps, rubella'), '2022-06-14'),
  observation(
    'noah-temperature',
    'noah',
    'vital-signs',
    concept('loinc', '8310-5', 'Body temperature', 'Temperature'),
    '2026-10-12T18:20:00-04:00',
    { valueQuantity: quantity(38.4, '°C', 'Cel'), interpretation: [{ text: 'High' }] },
  ),
  observation(
    'noah-weight',
    'noah',
    'vital-signs',
    concept('loinc', '29463-7', 'Body weight', 'Weight'),
    '2026-10-12',
    { valueQuantity: quantity(18.5, 'kg') },
  ),
];

/** The father: an adult with nothing on record. */
const father = [
  resource('Patient', 'sam', {
    name: [{ text: 'Sam Berg', family: 'Berg', given: ['Sam'] }],
    gender: 'male',
    birthDate: '1988-11-02',
  }),
];

const deceased = [
  resource('Patient', 'walter', {
    text: narrative('Walter Finch, died 2 February 2025'),
    name: [{ family: 'Finch', given: ['Walter'], suffix: ['Jr.'] }],
    gender: 'male',
    birthDate: '1941-08',
    deceasedDateTime: '2025-02-02',
  }),
  problem('walter-heart-failure', 'walter', concept('snomed', '84114007', 'Heart failure'), 'active'),
];

/** Nobody knows the name. Brought in from the street. */
const nameless = [
  resource('Patient', 'unknown-7', {
    active: true,
    gender: 'unknown',
    identifier: [{ type: { text: 'Emergency number' }, value: 'ER-0007' }],
  }),
  observation(
    'unknown-7-consciousness',
    'unknown-7',
    'survey',
    concept('loinc', '9269-2', 'Glasgow coma score total', 'Glasgow coma scale'),
    '2026-11-01T02:14:00-04:00',
    { valueInteger: 11 },
  ),
];

const longName = [
  resource('Patient', 'long-name', {
    name: [
      {
        use: 'official',
        prefix: ['Prof.', 'Dr.', 'Dr. h. c.'],
        given: ['Wolfeschlegelstein', 'Maximiliana', 'Konstantina', 'Theodora'],
        family: 'von Hausenbergerdorff-Schleswigholstein zu Oberammergaubrunn',
        suffix: ['MD', 'PhD'],
      },
    ],
    gender: 'female',
    birthDate: '1955-12-31',
  }),
  prescription(
    'long-name-insulin',
    'long-name',
    {
      medicationCodeableConcept: concept(
        'rxnorm',
        '261551',
        'insulin glargine 100 UNT/ML Injectable Solution [Lantus]',
      ),
    },
    {
      dosageInstruction: [
        {
          text: '18 units in the evening, under the skin of belly or thigh; change the place each day; measure sugar before breakfast and write it down in the diary',
        },
      ],
    },
  ),
];

/** Known in the record under two numbers; this is the one that is no longer used. */
const merged = [
  resource('Patient', 'maria-old', {
    active: false,
    name: [{ use: 'old', family: 'Duarte', given: ['Maria'] }],
    birthDate: '1968-03-14',
    link: [{ other: reference('Patient/maria'), type: 'replaced-by' }],
  }),
];

const staff = [
  resource('Practitioner', 'okafor', {
    active: true,
    name: [{ prefix: ['Dr.'], given: ['Adaeze'], family: 'Okafor' }],
    gender: 'female',
    qualification: [{ code: { text: 'Internal medicine' } }],
  }),
  resource('PractitionerRole', 'okafor-internal-medicine', {
    active: true,
    practitioner: reference('Practitioner/okafor'),
    organization: reference('Organization/riverside-clinic'),
    specialty: [{ text: 'Internal medicine' }],
    location: [reference('Location/ward-3')],
  }),
  resource('Organization', 'riverside-clinic', {
    active: true,
    name: 'Riverside Clinic',
    telecom: [{ system: 'phone', value: '+1 555 0100' }],
  }),
  resource('Organization', 'lakeside-insurance', { active: true, name: 'Lakeside Insurance' }),
  resource('Location', 'ward-3', {
    status: 'active',
    name: 'Ward 3',
    managingOrganization: reference('Organization/riverside-clinic'),
  }),
  resource('Medication', 'lisinopril', { code: concept('rxnorm', '314076', 'lisinopril 10 MG Oral Tablet') }),
];

export const others = [...child, ...father, ...deceased, ...nameless, ...longName, ...merged, ...staff];
