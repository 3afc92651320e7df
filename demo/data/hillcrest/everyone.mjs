import { allergy, concept, observation, problem, quantity, reference, resource } from '../builders.mjs';

const noKnownAllergy = concept('snomed', '716186003', 'No known allergy', 'No known allergies');

/** The same id as in the other organisation, and another person: nothing may be remembered by id alone. */
const sameId = [
  resource('Patient', 'maria', {
    name: [{ family: 'Kowalska', given: ['Maria'] }],
    gender: 'female',
    birthDate: '1992-01-09',
  }),
  allergy('maria-none', 'maria', noKnownAllergy),
  problem('maria-migraine', 'maria', concept('snomed', '37796009', 'Migraine')),
];

const rightToLeft = [
  resource('Patient', 'layla', {
    name: [
      { use: 'official', text: 'ليلى عبد الرحمن الحسيني' },
      { use: 'usual', given: ['Layla'], family: 'Alhusseini' },
    ],
    gender: 'female',
    birthDate: '1979-07-21',
    communication: [{ language: { text: 'العربية' }, preferred: true }],
  }),
  problem('layla-anaemia', 'layla', concept('snomed', '271737000', 'Anemia', 'فقر الدم'), 'active', {
    note: [{ text: 'Hb 9.8 g/dL (2026-09-14) ← يحتاج إلى متابعة' }],
  }),
];

const ideographic = [
  resource('Patient', 'hanako', {
    name: [
      {
        use: 'official',
        text: '山田 花子',
        family: '山田',
        given: ['花子'],
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: 'IDE' },
        ],
      },
      {
        text: 'ヤマダ ハナコ',
        family: 'ヤマダ',
        given: ['ハナコ'],
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: 'SYL' },
        ],
      },
    ],
    gender: 'female',
    birthDate: '1950-04-02',
    address: [{ text: '〒100-0001 東京都千代田区千代田1-1' }],
  }),
  observation(
    'hanako-hba1c',
    'hanako',
    'laboratory',
    concept('loinc', '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', 'HbA1c'),
    '2026-10-20',
    { valueQuantity: quantity(6.2, '%') },
  ),
];

const staff = [
  resource('Practitioner', 'novak', { active: true, name: [{ given: ['Petra'], family: 'Novák' }] }),
  resource('Organization', 'hillcrest-hospital', {
    active: true,
    name: 'Hillcrest Hospital',
    partOf: reference('Organization/hillcrest-group'),
  }),
  resource('Organization', 'hillcrest-group', { active: true, name: 'Hillcrest Group' }),
];

export const everyone = [...sameId, ...rightToLeft, ...ideographic, ...staff];
