import {
  absent,
  allergy,
  concept,
  narrative,
  observation,
  prescription,
  problem,
  resource,
} from '../builders.mjs';

const deceased = [
  resource('Patient', 'walter', {
    text: narrative('<p>Walter Finch, died 2 February 2025</p>'),
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
    _birthDate: absent('unknown'),
    identifier: [{ type: { text: 'Emergency number' }, value: 'ER-0007' }],
  }),
  observation(
    'unknown-7-consciousness',
    'unknown-7',
    'survey',
    concept('loinc', '9269-2', 'Glasgow coma score total', 'Glasgow coma scale'),
    '2026-11-01T02:14:00-05:00',
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
        '311041',
        'insulin glargine 100 UNT/ML Injectable Solution',
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

/** Six names, of which the one to be used comes last, and the first one must not be used any more. */
const manyNames = [
  resource('Patient', 'jo', {
    active: true,
    name: [
      { use: 'old', given: ['Josephine'], family: 'Marchetti', period: { end: '2019-05-04' } },
      { use: 'maiden', family: 'Ahlström' },
      { use: 'temp', text: 'Patient 31-B', period: { start: '2025-03-01', end: '2025-03-02' } },
      { use: 'nickname', given: ['Joey'] },
      { use: 'official', given: ['Josephine', 'Anna'], family: 'Ahlström-Reyes' },
      { use: 'usual', text: 'Jo Reyes', given: ['Jo'], family: 'Reyes' },
    ],
    telecom: [
      { system: 'phone', value: '+1 555 0170', use: 'old' },
      { system: 'phone', value: '+1 555 0171', use: 'work', rank: 2 },
      { system: 'phone', value: '+1 555 0172', use: 'mobile', rank: 1 },
    ],
    address: [
      { use: 'old', text: '3 Harbour Street, Riverside, OH', period: { end: '2023-06-30' } },
      { use: 'home', text: '88 Orchard Road, Riverside, OH', period: { start: '2023-07-01' } },
    ],
    gender: 'other',
    birthDate: '1974',
  }),
  allergy('jo-peanut', 'jo', concept('snomed', '91935009', 'Allergy to peanut', 'Peanut'), 'resolved', {
    criticality: 'unable-to-assess',
    lastOccurrence: '1986',
  }),
];

export const others = [...deceased, ...nameless, ...longName, ...manyNames];
