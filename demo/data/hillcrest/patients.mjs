import {
  absent,
  allergy,
  concept,
  medicine,
  noKnownAllergy,
  noteOf,
  observation,
  prescription,
  problem,
  quantity,
  reference,
  resource,
  status,
  textFile,
  vaccination,
  visit,
} from '../builders.mjs';
import { interpretation } from '../series.mjs';

const novak = reference('Practitioner/novak', 'Petra Novák');

/** The same id as in the other organisation, and another person: nothing may be remembered by id alone. */
const sameId = [
  resource('Patient', 'maria', {
    name: [{ family: 'Kowalska', given: ['Maria'] }],
    gender: 'female',
    birthDate: '1992-01-09',
    generalPractitioner: [novak],
  }),
  allergy('maria-none', 'maria', noKnownAllergy),
  problem('maria-migraine', 'maria', concept('snomed', '37796009', 'Migraine')),
  problem('maria-pregnancy', 'maria', concept('snomed', '77386006', 'Pregnancy'), 'active', {
    onsetDateTime: '2026-05',
  }),
  resource('RelatedPerson', 'maria-unborn', {
    active: true,
    patient: reference('Patient/maria'),
    relationship: [{ text: 'Unborn child' }],
  }),
  // It stands in the mother's record and is not about her.
  observation(
    'maria-fetal-heart-rate',
    'maria',
    'vital-signs',
    concept('loinc', '55283-6', 'Fetal Heart rate', 'Heart rate'),
    '2026-10-21T11:05:00+02:00',
    {
      focus: [reference('RelatedPerson/maria-unborn', 'Unborn child')],
      valueQuantity: quantity(142, '/min'),
    },
  ),
  observation(
    'maria-due-date',
    'maria',
    'exam',
    concept('loinc', '11778-8', 'Delivery date Estimated', 'Expected birth'),
    '2026-07-01',
    { valueDateTime: '2027-02-10' },
  ),
  vaccination(
    'maria-covid',
    'maria',
    concept('cvx', '208', 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose'),
    '2021-06-30',
  ),
  visit('maria-check', 'maria', 'finished', 'AMB', {
    start: '2026-10-21T10:45:00+02:00',
    end: '2026-10-21T11:20:00+02:00',
  }),
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
  observation(
    'layla-hemoglobin',
    'layla',
    'laboratory',
    concept('loinc', '718-7', 'Hemoglobin [Mass/volume] in Blood', 'الهيموغلوبين'),
    '2026-09-14T09:10:00+02:00',
    {
      valueQuantity: quantity(9.8, 'g/dL'),
      interpretation: interpretation('L'),
      referenceRange: [{ low: quantity(12, 'g/dL'), high: quantity(15.5, 'g/dL') }],
    },
  ),
  allergy('layla-codeine', 'layla', concept('rxnorm', '2670', 'codeine'), 'active', {
    category: ['medication'],
    criticality: 'high',
    reaction: [
      { manifestation: [concept('snomed', '267036007', 'Dyspnea', 'ضيق التنفس')], severity: 'moderate' },
    ],
  }),
  prescription(
    'layla-iron',
    'layla',
    { medicationCodeableConcept: { text: 'Ferrous sulfate 200 mg' } },
    {
      dosageInstruction: [{ text: 'حبة واحدة (200 mg) مرتين في اليوم' }],
      requester: novak,
    },
  ),
  noteOf(
    'layla-letter',
    'layla',
    concept('loinc', '11488-4', 'Consult note'),
    '2026-09-14T12:00:00+02:00',
    textFile('رسالة', 'عزيزتي ليلى،\nنتيجة الهيموغلوبين 9.8 g/dL.\n'),
  ),
];

/** Hebrew, and a birth date that the server knows and does not tell. */
const masked = [
  resource('Patient', 'yael', {
    name: [{ use: 'official', family: 'בן־דוד', given: ['יעל'] }],
    gender: 'female',
    _birthDate: absent('masked'),
    telecom: [{ system: 'phone', _value: absent('masked') }],
  }),
  resource('MedicationStatement', 'yael-levothyroxine', {
    status: 'active',
    ...medicine('10582', 'levothyroxine'),
    subject: reference('Patient/yael'),
    effectivePeriod: { start: '2018' },
  }),
];

const representation = (code) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: code }],
});

/** One name, once in ideographs and once as it is spoken. */
const ideographic = [
  resource('Patient', 'hanako', {
    name: [
      { use: 'official', text: '山田 花子', family: '山田', given: ['花子'], ...representation('IDE') },
      {
        use: 'official',
        text: 'ヤマダ ハナコ',
        family: 'ヤマダ',
        given: ['ハナコ'],
        ...representation('SYL'),
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
  problem('hanako-stroke-refuted', 'hanako', concept('snomed', '230690007', 'Stroke', '脳卒中'), 'active', {
    verificationStatus: status('condition-ver-status', 'refuted'),
  }),
];

export const patients = [...sameId, ...rightToLeft, ...masked, ...ideographic];
