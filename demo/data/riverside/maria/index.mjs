import { medicines } from './medicines.mjs';
import { person } from './person.mjs';
import { problems } from './problems.mjs';
import { reports } from './reports.mjs';
import { results } from './results.mjs';
import { vaccinations } from './vaccinations.mjs';
import { visits } from './visits.mjs';

/** An adult with much data: the person that most demonstrations are about. */
export const maria = [
  ...person,
  ...problems,
  ...medicines,
  ...vaccinations,
  ...results,
  ...visits,
  ...reports,
];
