import { patients } from './hillcrest/patients.mjs';
import { staff as hillcrestStaff } from './hillcrest/staff.mjs';
import { family } from './riverside/family.mjs';
import { maria } from './riverside/maria/index.mjs';
import { others } from './riverside/others.mjs';
import { staff as riversideStaff } from './riverside/staff.mjs';

/** A password is the user name. Nobody here exists. */
function account(username, role, name, fhirUser, patients) {
  return { username, password: username, role, name, fhirUser, ...(patients && { patients }) };
}

/** The organisations of the sandbox, with their records and the people who can sign in. */
export const tenants = [
  {
    id: 'riverside',
    name: 'Riverside Clinic',
    resources: [...maria, ...family, ...others, ...riversideStaff],
    /** What was here once: the server answers 410. */
    deleted: ['Observation/maria-withdrawn'],
    accounts: [
      account('maria', 'patient', 'Maria Elena Silva', 'Patient/maria'),
      account('sam', 'patient', 'Sam Berg', 'Patient/sam', ['sam', 'noah']),
      account('dr-okafor', 'clinician', 'Dr. Adaeze Okafor', 'Practitioner/okafor'),
    ],
  },
  {
    id: 'hillcrest',
    name: 'Hillcrest Hospital',
    resources: [...patients, ...hillcrestStaff],
    accounts: [
      account('maria', 'patient', 'Maria Kowalska', 'Patient/maria'),
      account('layla', 'patient', 'Layla Alhusseini', 'Patient/layla'),
      account('dr-novak', 'clinician', 'Petra Novák', 'Practitioner/novak'),
    ],
  },
];
