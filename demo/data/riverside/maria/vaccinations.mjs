import { concept, resource, reference, vaccination } from '../../builders.mjs';

const influenza = (code, display) => concept('cvx', code, display, 'Influenza');
const leftArm = concept('snomed', '368208006', 'Left upper arm structure', 'left upper arm');

export const vaccinations = [
  vaccination(
    'maria-influenza',
    'maria',
    influenza('150', 'Influenza, injectable, quadrivalent, preservative free'),
    '2026-10-05',
    { lotNumber: 'AX-1187', expirationDate: '2027-06-30', site: leftArm },
  ),
  vaccination(
    'maria-influenza-2025',
    'maria',
    influenza('140', 'Influenza, seasonal, injectable, preservative free'),
    '2025-10',
    { primarySource: false, reportOrigin: { text: 'She said so' } },
  ),
  vaccination(
    'maria-tetanus',
    'maria',
    concept('cvx', '115', 'Tdap', 'Tetanus, diphtheria, pertussis'),
    '2019-04-17',
    { isSubpotent: true, subpotentReason: [{ text: 'Cold chain was broken' }] },
  ),
  vaccination(
    'maria-shingles-not-done',
    'maria',
    concept('cvx', '187', 'zoster recombinant', 'Shingles'),
    '2026-10-05',
    { status: 'not-done', statusReason: { text: 'She wishes to wait' } },
  ),
  vaccination(
    'maria-pneumococcal-error',
    'maria',
    concept('cvx', '33', 'pneumococcal polysaccharide PPV23', 'Pneumococcal'),
    '2024-05-02',
    { status: 'entered-in-error' },
  ),
  // US Core, CONF-0191: a server may take everything away from what was entered in error. This is not valid R4.
  resource('Immunization', 'maria-stripped', {
    status: 'entered-in-error',
    patient: reference('Patient/maria'),
  }),
];
