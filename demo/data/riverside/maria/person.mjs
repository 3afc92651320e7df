import { narrative, reference, resource, status } from '../../builders.mjs';

const subject = reference('Patient/maria');

/** Maria, what is known under her old number, who stands by her, and who pays. */
export const person = [
  resource(
    'Patient',
    'maria',
    {
      text: narrative('<p>Maria Elena Silva, born 14 March 1968</p>'),
      identifier: [
        {
          type: { ...status('v2-0203', 'MR'), text: 'Medical record number' },
          system: 'https://riverside.example/fhir/medical-record-number',
          value: 'RS-204817',
        },
      ],
      active: true,
      name: [
        { use: 'official', family: 'Silva', given: ['Maria', 'Elena'] },
        { use: 'maiden', family: 'Duarte', given: ['Maria', 'Elena'] },
        { use: 'nickname', given: ['Lena'] },
      ],
      telecom: [
        { system: 'phone', value: '+1 555 0142', use: 'mobile' },
        { system: 'email', value: 'maria.silva@example.org' },
      ],
      gender: 'female',
      birthDate: '1968-03-14',
      deceasedBoolean: false,
      address: [
        {
          use: 'home',
          line: ['12 Mill Lane'],
          city: 'Riverside',
          state: 'OH',
          postalCode: '45431',
          country: 'US',
        },
      ],
      maritalStatus: status('v3-MaritalStatus', 'M', 'Married'),
      communication: [
        { language: { text: 'Portuguese' }, preferred: true },
        { language: { text: 'English' } },
      ],
      contact: [
        {
          relationship: [{ text: 'Husband' }],
          name: { text: 'Paulo Silva' },
          telecom: [{ system: 'phone', value: '+1 555 0143' }],
        },
      ],
      generalPractitioner: [reference('Practitioner/okafor', 'Dr. Adaeze Okafor')],
      managingOrganization: reference('Organization/riverside-clinic', 'Riverside Clinic'),
      link: [{ other: reference('Patient/maria-old', 'Maria Duarte'), type: 'replaces' }],
    },
    { version: 4 },
  ),
  resource('Patient', 'maria-old', {
    active: false,
    name: [{ use: 'old', family: 'Duarte', given: ['Maria'] }],
    gender: 'female',
    birthDate: '1968-03-14',
    link: [{ other: reference('Patient/maria', 'Maria Elena Silva'), type: 'replaced-by' }],
  }),
  resource('RelatedPerson', 'maria-husband', {
    active: true,
    patient: subject,
    relationship: [status('v3-RoleCode', 'HUSB', 'husband')],
    name: [{ text: 'Paulo Silva' }],
    telecom: [{ system: 'phone', value: '+1 555 0143' }],
  }),
  resource('Coverage', 'maria-coverage', {
    status: 'active',
    type: { text: 'Health insurance' },
    subscriberId: 'H-55-1904',
    beneficiary: subject,
    payor: [reference('Organization/lakeside-insurance', 'Lakeside Insurance')],
    period: { start: '2026-01-01' },
  }),
  resource('Coverage', 'maria-coverage-cancelled', {
    status: 'cancelled',
    type: { text: 'Dental insurance' },
    beneficiary: subject,
    payor: [reference('Organization/lakeside-insurance', 'Lakeside Insurance')],
    period: { start: '2023-01-01', end: '2025-12-31' },
  }),
];
