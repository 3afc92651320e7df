import { concept, observation, quantity, reference, status } from '../../builders.mjs';
import { interpretation, twoYears } from '../../series.mjs';

const glucose = concept('loinc', '2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'Glucose');
const lab = (id, code, date, content, version) =>
  observation(id, 'maria', 'laboratory', code, date, content, version);

/** Values that are less than, more than, not yet, not any more, or not at all. */
const uncertain = [
  lab(
    'maria-troponin',
    concept('loinc', '6598-7', 'Troponin T.cardiac [Mass/volume] in Serum or Plasma', 'Troponin T'),
    '2026-08-19T22:40:00-04:00',
    {
      valueQuantity: quantity(0.01, 'ng/mL', 'ng/mL', '<'),
      interpretation: interpretation('N'),
      note: [{ text: 'Taken in the emergency room.' }],
    },
  ),
  lab(
    'maria-crp',
    concept('loinc', '1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma', 'CRP'),
    '2026-08-19T22:40:00-04:00',
    { valueQuantity: quantity(0.1, 'mg/dL', 'mg/dL', '<') },
  ),
  lab(
    'maria-egfr',
    concept(
      'loinc',
      '33914-3',
      'Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum or Plasma by Creatinine-based formula (MDRD)',
      'eGFR',
    ),
    '2025-06-02',
    { valueQuantity: quantity(60, 'mL/min/1.73 m²', 'mL/min/{1.73_m2}', '>') },
  ),
  lab(
    'maria-ferritin-missing',
    concept('loinc', '2276-4', 'Ferritin [Mass/volume] in Serum or Plasma', 'Ferritin'),
    '2026-09-02',
    {
      dataAbsentReason: status('data-absent-reason', 'error', 'Error'),
      note: [{ text: 'The sample was clotted.' }],
    },
  ),
  observation(
    'maria-blood-pressure-half',
    'maria',
    'vital-signs',
    concept('loinc', '85354-9', 'Blood pressure panel with all children optional', 'Blood pressure'),
    '2026-10-30T16:20:00-04:00',
    {
      component: [
        {
          code: concept('loinc', '8480-6', 'Systolic blood pressure'),
          valueQuantity: quantity(104, 'mmHg', 'mm[Hg]'),
        },
        {
          code: concept('loinc', '8462-4', 'Diastolic blood pressure'),
          dataAbsentReason: status('data-absent-reason', 'not-performed', 'Not Performed'),
        },
      ],
    },
  ),
  lab(
    'maria-potassium-critical',
    concept('loinc', '2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'Potassium'),
    '2026-10-30T16:45:00-04:00',
    {
      status: 'preliminary',
      valueQuantity: quantity(6.3, 'mmol/L'),
      interpretation: interpretation('HH'),
      referenceRange: [{ low: quantity(3.5, 'mmol/L'), high: quantity(5.1, 'mmol/L') }],
    },
  ),
  lab(
    'maria-sodium-corrected',
    concept('loinc', '2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'Sodium'),
    '2026-06-02',
    {
      status: 'corrected',
      valueQuantity: quantity(139, 'mmol/L'),
      note: [{ text: 'Was reported as 193.' }],
    },
    2,
  ),
  lab(
    'maria-tsh-cancelled',
    concept('loinc', '3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'TSH'),
    '2026-06-02',
    {
      status: 'cancelled',
    },
  ),
  lab(
    'maria-glucose-error',
    glucose,
    '2026-07-01',
    {
      status: 'entered-in-error',
      valueQuantity: quantity(812, 'mg/dL'),
    },
    2,
  ),
  // An extension that turns the meaning around, and that nobody who reads this can know. There is no narrative.
  lab('maria-negated', concept('loinc', '5671-3', 'Lead [Mass/volume] in Blood', 'Lead'), '2026-05-05', {
    modifierExtension: [
      { url: 'https://riverside.example/fhir/StructureDefinition/not-for-clinical-use', valueBoolean: true },
    ],
    valueQuantity: quantity(3, 'ug/dL'),
  }),
  lab('maria-implicit-rules', glucose, '2026-05-06', {
    implicitRules: 'https://riverside.example/fhir/rules/study-values',
    valueQuantity: quantity(104, 'mg/dL'),
  }),
];

/** Values of other kinds than a quantity with a unit. */
const kinds = [
  observation(
    'maria-smoking',
    'maria',
    'social-history',
    concept('loinc', '72166-2', 'Tobacco smoking status', 'Smoking'),
    '2026-06-02',
    {
      valueCodeableConcept: concept('snomed', '8517006', 'Ex-smoker', 'Former smoker'),
    },
  ),
  observation(
    'maria-height',
    'maria',
    'vital-signs',
    concept('loinc', '8302-2', 'Body height', 'Height'),
    '2025-06-02',
    {
      valueQuantity: quantity(164, 'cm'),
    },
  ),
  observation(
    'maria-height-2024',
    'maria',
    'vital-signs',
    concept('loinc', '8302-2', 'Body height', 'Height'),
    '2024-11',
    {
      valueQuantity: { value: 5.4, unit: 'feet' },
    },
  ),
  observation(
    'maria-pain',
    'maria',
    'survey',
    concept('loinc', '72514-3', 'Pain severity - 0-10 verbal numeric rating [Score] - Reported', 'Pain'),
    '2026-10-30T16:25:00-04:00',
    {
      valueInteger: 0,
    },
  ),
  observation(
    'maria-symptoms',
    'maria',
    'survey',
    concept('loinc', '95419-8', 'Has symptoms related to condition of interest'),
    '2026-08-19',
    {
      valueBoolean: false,
    },
  ),
  lab(
    'maria-ana',
    concept('loinc', '5048-4', 'Nuclear Ab [Titer] in Serum by Immunofluorescence', 'Antinuclear antibodies'),
    '2025-02-03',
    {
      valueRatio: { numerator: { value: 1 }, denominator: { value: 160 } },
    },
  ),
  lab(
    'maria-urine-cells',
    concept(
      'loinc',
      '5821-4',
      'Leukocytes [#/area] in Urine sediment by Microscopy high power field',
      'Leukocytes in urine',
    ),
    '2026-08-19',
    {
      valueRange: { low: quantity(2, '/HPF', '/[HPF]'), high: quantity(5, '/HPF', '/[HPF]') },
    },
  ),
  lab(
    'maria-urine-culture',
    concept('loinc', '630-4', 'Bacteria identified in Urine by Culture', 'Urine culture'),
    '2026-08-19',
    {
      valueString: 'No growth after 48 hours.\nContamination with skin flora is possible.',
    },
  ),
  observation(
    'maria-illness-onset',
    'maria',
    'survey',
    concept('loinc', '11368-8', 'Illness or injury onset date and time', 'Start of the illness'),
    '2026-08-20',
    {
      valueDateTime: '2026-08',
    },
  ),
  // A code but no unit, and more than one range, each for other people.
  lab(
    'maria-hdl',
    concept('loinc', '2085-9', 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', 'HDL cholesterol'),
    '2026-06-02',
    {
      valueQuantity: { value: 47, system: 'http://unitsofmeasure.org', code: 'mg/dL' },
      referenceRange: [
        { low: quantity(40, 'mg/dL'), appliesTo: [{ text: 'men' }] },
        { low: quantity(50, 'mg/dL'), appliesTo: [{ text: 'women' }] },
      ],
    },
  ),
  lab(
    'maria-platelets',
    concept('loinc', '777-3', 'Platelets [#/volume] in Blood by Automated count', 'Platelets'),
    '2026-06-02',
    {
      valueQuantity: quantity(251, '10³/µL', '10*3/uL'),
      performer: [reference('Organization/riverside-lab', 'Riverside Laboratory')],
      referenceRange: [{ text: '150 to 450' }],
    },
  ),
];

export const results = [...twoYears('maria'), ...uncertain, ...kinds];
