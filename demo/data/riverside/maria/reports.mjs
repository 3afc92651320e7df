import { concept, narrative, noteOf, reference, resource, status, textFile } from '../../builders.mjs';

const subject = reference('Patient/maria');
const performer = [reference('Organization/riverside-lab', 'Riverside Laboratory')];
const laboratory = [status('v2-0074', 'LAB', 'Laboratory')];
const results = (...ids) => ids.map((id) => reference(`Observation/maria-${id}`));

const findings = [
  resource('DiagnosticReport', 'maria-metabolic-panel', {
    text: narrative(
      '<table><caption>Metabolic panel, 1 November 2026</caption>' +
        '<thead><tr><th>Test</th><th>Result</th></tr></thead>' +
        '<tbody><tr><td>Glucose</td><td>above the range</td></tr>' +
        '<tr><td>Creatinine</td><td>as before</td></tr></tbody></table>',
    ),
    status: 'final',
    category: laboratory,
    code: concept(
      'loinc',
      '24323-8',
      'Comprehensive metabolic 2000 panel - Serum or Plasma',
      'Metabolic panel',
    ),
    subject,
    effectiveDateTime: '2026-11-01T08:26:00-05:00',
    issued: '2026-11-01T15:30:00-05:00',
    performer,
    result: results('glucose-17', 'creatinine-9', 'potassium-12'),
    conclusion: 'Glucose above the range. Kidney function a little lower than two years ago.',
  }),
  resource('DiagnosticReport', 'maria-emergency-labs', {
    status: 'preliminary',
    category: laboratory,
    code: { text: 'Emergency labs' },
    subject,
    encounter: reference('Encounter/maria-stay'),
    effectiveDateTime: '2026-10-30T16:45:00-04:00',
    issued: '2026-10-30T17:20:00-04:00',
    performer,
    result: results('potassium-critical'),
  }),
  resource(
    'DiagnosticReport',
    'maria-chest-x-ray',
    {
      status: 'amended',
      category: [status('v2-0074', 'RAD', 'Radiology')],
      code: concept('loinc', '36643-5', 'XR Chest 2 Views', 'X-ray of the chest'),
      subject,
      effectiveDateTime: '2026-08-19T23:05:00-04:00',
      issued: '2026-08-21T10:00:00-04:00',
      conclusion: 'No pneumonia. Amended: a pacemaker is in place.',
      presentedForm: [textFile('X-ray of the chest', 'Both lungs are clear.\nA pacemaker is in place.\n')],
    },
    { version: 2 },
  ),
  resource('DiagnosticReport', 'maria-thyroid-cancelled', {
    status: 'cancelled',
    category: laboratory,
    code: { text: 'Thyroid panel' },
    subject,
    effectiveDateTime: '2026-06-02',
    result: results('tsh-cancelled'),
  }),
];

const documents = [
  noteOf(
    'maria-letter',
    'maria',
    concept('loinc', '34133-9', 'Summary of episode note', 'Letter to the patient'),
    '2026-06-03T12:00:00Z',
    textFile(
      'After your visit',
      'Dear Ms. Silva,\n\nyour labs are stable. We see you again in December.\n\nAdaeze Okafor\n',
    ),
    { docStatus: 'final', author: [reference('Practitioner/okafor', 'Dr. Adaeze Okafor')] },
  ),
  noteOf(
    'maria-progress-note',
    'maria',
    concept('loinc', '11506-3', 'Progress note'),
    '2026-10-31T07:30:00-04:00',
    textFile('Ward round', 'Potassium 6.3, to be repeated. Slept well: 20 °C, “não há dor”.\n'),
    { docStatus: 'preliminary' },
  ),
  noteOf(
    'maria-letter-superseded',
    'maria',
    concept('loinc', '34133-9', 'Summary of episode note', 'Letter to the patient'),
    '2026-06-02T16:00:00Z',
    textFile('After your visit', 'Dear Ms. Silver, your labs are stable.\n'),
    { status: 'superseded' },
  ),
  noteOf(
    'maria-document-error',
    'maria',
    concept('loinc', '11488-4', 'Consult note'),
    '2026-06-02T16:10:00Z',
    textFile('Consultation', 'This is about somebody else.\n'),
    { status: 'entered-in-error' },
  ),
];

export const reports = [...findings, ...documents];
