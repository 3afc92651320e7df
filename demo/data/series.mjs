import { concept, observation, quantity, status } from './builders.mjs';
import { bloodPressurePlans, labPlans, vitalPlans } from './series-plans.mjs';

const lastDay = Date.UTC(2026, 10, 1);
const dayMs = 24 * 60 * 60_000;
const twoYearsInDays = 730;

/** The same on every run: a value between -1 and 1 that looks like chance. */
function wobble(seed, index) {
  const x = Math.sin(seed * 127.1 + index * 311.7) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

function daysOf(everyDays) {
  const count = Math.floor(twoYearsInDays / everyDays) + 1;
  return Array.from({ length: count }, (_, index) => lastDay - (count - 1 - index) * everyDays * dayMs);
}

function sunday(year, month, nth) {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1));
}

/** A time of day in Ohio, where the clocks change on the second Sunday of March and the first of November. */
function moment(day, timeOfDay) {
  const year = new Date(day).getUTCFullYear();
  const isSummer = day >= sunday(year, 2, 2) && day < sunday(year, 10, 1);
  return `${new Date(day).toISOString().slice(0, 10)}T${timeOfDay}:00${isSummer ? '-04:00' : '-05:00'}`;
}

const interpretations = { H: 'High', HH: 'Critical high', L: 'Low', N: 'Normal' };

export function interpretation(code) {
  return [status('v3-ObservationInterpretation', code, interpretations[code])];
}

function flagOf(value, { low, high }) {
  return high !== undefined && value > high ? 'H' : low !== undefined && value < low ? 'L' : 'N';
}

/** A value of a plan, with its flag and its range, as a share (0 to 1) of the way from the first one to the last. */
function measured(plan, seed, index, share) {
  const { from, to, spread, low, high, unit, ucum, digits } = plan;
  const value = Number((from + (to - from) * share + spread * wobble(seed, index)).toFixed(digits));
  const limit = (bound) => quantity(bound, unit, ucum);
  if (low === undefined && high === undefined) {
    return { valueQuantity: quantity(value, unit, ucum) };
  }
  const range = {
    ...(low !== undefined && { low: limit(low) }),
    ...(high !== undefined && { high: limit(high) }),
  };
  return {
    valueQuantity: quantity(value, unit, ucum),
    interpretation: interpretation(flagOf(value, plan)),
    referenceRange: [range],
  };
}

function series(patient, category, seed, plan) {
  const [code, display] = plan.code;
  const days = daysOf(plan.everyDays);
  return days.map((day, index) =>
    observation(
      `${patient}-${plan.key}-${index + 1}`,
      patient,
      category,
      concept('loinc', code, display, plan.text),
      moment(day, `08:${10 + (index % 40)}`),
      measured(plan, seed, index, index / (days.length - 1)),
    ),
  );
}

function bloodPressures(patient, seed) {
  const days = daysOf(30);
  return days.map((day, index) =>
    observation(
      `${patient}-blood-pressure-${index + 1}`,
      patient,
      'vital-signs',
      concept('loinc', '85354-9', 'Blood pressure panel with all children optional', 'Blood pressure'),
      moment(day, '08:05'),
      {
        component: bloodPressurePlans.map((plan, part) => ({
          code: concept('loinc', ...plan.code),
          ...measured(plan, seed + part, index, index / (days.length - 1)),
        })),
      },
    ),
  );
}

/** Two years of labs and vital signs, which end on 1 November 2026. */
export function twoYears(patient) {
  return [
    ...labPlans.flatMap((plan, index) => series(patient, 'laboratory', index + 1, plan)),
    ...vitalPlans.flatMap((plan, index) => series(patient, 'vital-signs', index + 11, plan)),
    ...bloodPressures(patient, 21),
  ];
}
