import { reference, resource } from '../builders.mjs';

export const staff = [
  resource('Practitioner', 'novak', { active: true, name: [{ given: ['Petra'], family: 'Novák' }] }),
  resource('PractitionerRole', 'novak-obstetrics', {
    active: true,
    practitioner: reference('Practitioner/novak', 'Petra Novák'),
    organization: reference('Organization/hillcrest-hospital', 'Hillcrest Hospital'),
    specialty: [{ text: 'Obstetrics' }],
  }),
  resource('Organization', 'hillcrest-hospital', {
    active: true,
    name: 'Hillcrest Hospital',
    partOf: reference('Organization/hillcrest-group', 'Hillcrest Group'),
  }),
  resource('Organization', 'hillcrest-group', { active: true, name: 'Hillcrest Group' }),
  resource('Location', 'hillcrest-clinic', {
    status: 'active',
    name: 'Outpatient clinic',
    managingOrganization: reference('Organization/hillcrest-hospital', 'Hillcrest Hospital'),
  }),
];
