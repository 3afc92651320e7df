import { concept, reference, resource } from '../builders.mjs';

export const staff = [
  resource('Practitioner', 'okafor', {
    active: true,
    name: [{ prefix: ['Dr.'], given: ['Adaeze'], family: 'Okafor' }],
    gender: 'female',
    qualification: [{ code: { text: 'Internal medicine' } }],
  }),
  resource('Practitioner', 'tanaka', {
    active: false,
    name: [{ prefix: ['Dr.'], given: ['Kenji'], family: 'Tanaka' }],
    qualification: [{ code: { text: 'Radiology' } }],
  }),
  resource('PractitionerRole', 'okafor-internal-medicine', {
    active: true,
    practitioner: reference('Practitioner/okafor', 'Dr. Adaeze Okafor'),
    organization: reference('Organization/riverside-clinic', 'Riverside Clinic'),
    specialty: [{ text: 'Internal medicine' }],
    location: [reference('Location/ward-3', 'Ward 3')],
    telecom: [{ system: 'phone', value: '+1 555 0101', use: 'work' }],
  }),
  resource('Organization', 'riverside-clinic', {
    active: true,
    name: 'Riverside Clinic',
    telecom: [{ system: 'phone', value: '+1 555 0100' }],
  }),
  resource('Organization', 'riverside-lab', {
    active: true,
    name: 'Riverside Laboratory',
    partOf: reference('Organization/riverside-clinic', 'Riverside Clinic'),
  }),
  resource('Organization', 'lakeside-insurance', { active: true, name: 'Lakeside Insurance' }),
  resource('Location', 'ward-3', {
    status: 'active',
    name: 'Ward 3',
    managingOrganization: reference('Organization/riverside-clinic', 'Riverside Clinic'),
  }),
  resource('Medication', 'lisinopril', { code: concept('rxnorm', '314076', 'lisinopril 10 MG Oral Tablet') }),
];
