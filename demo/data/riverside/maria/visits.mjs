import { concept, quantity, reference, resource, status, visit } from '../../builders.mjs';

const subject = reference('Patient/maria');
const okafor = reference('Practitioner/okafor', 'Dr. Adaeze Okafor');

const encounters = [
  visit(
    'maria-visit',
    'maria',
    'finished',
    'AMB',
    { start: '2026-06-02T09:00:00-04:00', end: '2026-06-02T09:25:00-04:00' },
    { type: [{ text: 'Diabetes check' }], participant: [{ individual: okafor }] },
  ),
  visit(
    'maria-emergency',
    'maria',
    'finished',
    'EMER',
    { start: '2026-08-19T22:15:00-04:00', end: '2026-08-20T03:40:00-04:00' },
    { reasonCode: [{ text: 'Chest pain' }] },
  ),
  visit(
    'maria-stay',
    'maria',
    'in-progress',
    'IMP',
    { start: '2026-10-30T16:10:00-04:00' },
    { location: [{ location: reference('Location/ward-3', 'Ward 3') }] },
  ),
  visit('maria-planned', 'maria', 'planned', 'AMB', { start: '2026-12-01T10:00:00-05:00' }),
  visit('maria-cancelled', 'maria', 'cancelled', 'VR', { start: '2026-04-07' }),
];

const procedures = [
  resource('Procedure', 'maria-colonoscopy', {
    status: 'completed',
    code: concept('snomed', '73761001', 'Colonoscopy'),
    subject,
    performedDateTime: '2024-11-20',
    outcome: { text: 'One polyp removed' },
  }),
  resource('Procedure', 'maria-appendectomy', {
    status: 'completed',
    code: concept('snomed', '80146002', 'Appendectomy'),
    subject,
    performedString: 'as a child',
  }),
  resource('Procedure', 'maria-mri-not-done', {
    status: 'not-done',
    statusReason: { text: 'She has a pacemaker' },
    code: concept('snomed', '113091000', 'Magnetic resonance imaging', 'MRI of the knee'),
    subject,
  }),
];

const appointments = [
  resource('Appointment', 'maria-appointment', {
    status: 'booked',
    description: 'Eye check',
    start: '2026-12-01T10:00:00-05:00',
    end: '2026-12-01T10:30:00-05:00',
    participant: [
      { actor: reference('Patient/maria', 'Maria Elena Silva'), status: 'accepted' },
      { actor: okafor, status: 'accepted' },
    ],
  }),
  resource('Appointment', 'maria-missed', {
    status: 'noshow',
    description: 'Foot check',
    start: '2026-09-15T14:00:00-04:00',
    end: '2026-09-15T14:20:00-04:00',
    participant: [{ actor: subject, status: 'accepted' }],
  }),
];

const plans = [
  resource('CarePlan', 'maria-plan', {
    status: 'active',
    intent: 'plan',
    title: 'Living with diabetes',
    subject,
    period: { start: '2026-06-02' },
    addresses: [reference('Condition/maria-diabetes', 'Type 2 diabetes')],
    careTeam: [reference('CareTeam/maria-team', 'Diabetes team')],
    goal: [reference('Goal/maria-goal')],
    activity: [
      { detail: { status: 'in-progress', description: 'Walk 30 minutes on five days a week' } },
      { detail: { status: 'scheduled', doNotPerform: true, description: 'Walk barefoot' } },
    ],
  }),
  resource('Goal', 'maria-goal', {
    lifecycleStatus: 'active',
    achievementStatus: status('goal-achievement', 'in-progress', 'In Progress'),
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
      { role: [{ text: 'Primary care' }], member: okafor },
      { role: [{ text: 'Husband' }], member: reference('RelatedPerson/maria-husband', 'Paulo Silva') },
    ],
  }),
];

export const visits = [...encounters, ...procedures, ...appointments, ...plans];
