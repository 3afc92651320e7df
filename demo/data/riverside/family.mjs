import {
  allergy,
  concept,
  noKnownAllergy,
  observation,
  prescription,
  problem,
  quantity,
  reference,
  resource,
  status,
  vaccination,
  visit,
} from '../builders.mjs';
import { interpretation } from '../series.mjs';

const growthCodes = {
  weight: [concept('loinc', '29463-7', 'Body weight', 'Weight'), 'kg'],
  height: [concept('loinc', '8302-2', 'Body height', 'Height'), 'cm'],
};

const growth = [
  ['birth', '2021-05-30', 3.4, 51],
  ['6-months', '2021-12-01', 7.8, 67.5],
  ['1-year', '2022-06-14', 9.9, 76],
  ['2-years', '2023-06-05', 12.6, 88],
  ['3-years', '2024-06-03', 14.6, 96.5],
  ['4-years', '2025-06-10', 16.5, 103],
  ['5-years', '2026-06-08', 18.3, 110],
].flatMap(([age, date, weight, height]) =>
  Object.entries({ weight, height }).map(([key, value]) => {
    const [code, unit] = growthCodes[key];
    const content = { valueQuantity: quantity(value, unit) };
    return observation(`noah-${key}-${age}`, 'noah', 'vital-signs', code, date, content);
  }),
);

const dose = (number) => ({
  protocolApplied: [{ doseNumberPositiveInt: number, seriesDosesPositiveInt: 2 }],
});
const mmr = concept('cvx', '03', 'MMR', 'Measles, mumps, rubella');
const varicella = concept('cvx', '21', 'varicella', 'Chickenpox');

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
    relationship: [status('v3-RoleCode', 'FTH', 'father')],
    name: [{ text: 'Sam Berg' }],
  }),
  resource('RelatedPerson', 'noahs-grandmother', {
    active: false,
    patient: reference('Patient/noah'),
    relationship: [status('v3-RoleCode', 'GRMTH', 'grandmother')],
    name: [{ text: 'Ruth Berg' }],
    period: { end: '2024-08-31' },
  }),
  allergy('noah-none', 'noah', noKnownAllergy),
  problem('noah-otitis', 'noah', concept('snomed', '65363002', 'Otitis media'), 'active', {
    category: [status('condition-category', 'encounter-diagnosis')],
    onsetDateTime: '2026-10-11',
    recordedDate: '2026-10-12',
  }),
  prescription(
    'noah-amoxicillin',
    'noah',
    { medicationCodeableConcept: concept('rxnorm', '723', 'amoxicillin', 'Amoxicillin suspension') },
    {
      authoredOn: '2026-10-12T18:40:00-04:00',
      dosageInstruction: [{ text: '7.5 mL three times a day for seven days; finish the bottle' }],
      requester: reference('Practitioner/okafor', 'Dr. Adaeze Okafor'),
    },
  ),
  vaccination('noah-mmr', 'noah', mmr, '2022-06-14', dose(1)),
  vaccination('noah-mmr-2', 'noah', mmr, '2025-06-10', dose(2)),
  vaccination('noah-varicella-not-done', 'noah', varicella, '2025-06-10', {
    status: 'not-done',
    statusReason: status('v3-ActReason', 'IMMUNE', 'immunity'),
  }),
  observation(
    'noah-temperature',
    'noah',
    'vital-signs',
    concept('loinc', '8310-5', 'Body temperature', 'Temperature'),
    '2026-10-12T18:20:00-04:00',
    { valueQuantity: quantity(38.4, '°C', 'Cel'), interpretation: interpretation('H') },
  ),
  observation('noah-weight', 'noah', 'vital-signs', growthCodes.weight[0], '2026-10-12', {
    valueQuantity: quantity(18.5, 'kg'),
  }),
  ...growth,
  visit('noah-visit', 'noah', 'finished', 'AMB', {
    start: '2026-10-12T18:10:00-04:00',
    end: '2026-10-12T18:45:00-04:00',
  }),
];

/** The father: an adult with nothing on record, who also looks after his son's. */
const father = [
  resource('Patient', 'sam', {
    name: [{ text: 'Sam Berg', family: 'Berg', given: ['Sam'] }],
    gender: 'male',
    birthDate: '1988-11-02',
  }),
];

export const family = [...child, ...father];
