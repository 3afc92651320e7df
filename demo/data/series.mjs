import { concept, observation, quantity, status } from './builders.mjs';

const lastDay = Date.UTC(2026, 10, 1);
const dayMs = 24 * 60 * 60_000;

/** The same on every run: a value between -1 and 1 that looks like chance. */
function wobble(seed, index) {
  const x = Math.sin(seed * 127.1 + index * 311.7) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

const labs = [
  {
    key: 'hba1c',
    code: ['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'],
    text: 'HbA1c',
    unit: '%',
    middle: 7.1,
    spread: 0.6,
    low: 4,
    high: 5.6,
    everyDays: 91,
    digits: 1,
  },
  {
    key: 'glucose',
    code: ['2345-7', 'Glucose [Mass/volume] in Serum or Plasma'],
    text: 'Glucose',
    unit: 'mg/dL',
    middle: 128,
    spread: 30,
    low: 70,
    high: 99,
    everyDays: 45,
    digits: 0,
  },
  {
    key: 'creatinine',
    code: ['2160-0', 'Creatinine [Mass/volume] in Serum or Plasma'],
    text: 'Creatinine',
    unit: 'mg/dL',
    middle: 0.95,
    spread: 0.2,
    low: 0.6,
    high: 1.1,
    everyDays: 91,
    digits: 2,
  },
  {
    key: 'ldl',
    code: ['13457-7', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation'],
    text: 'LDL cholesterol',
    unit: 'mg/dL',
    middle: 112,
    spread: 24,
    high: 100,
    everyDays: 122,
    digits: 0,
  },
  {
    key: 'potassium',
    code: ['2823-3', 'Potassium [Moles/volume] in Serum or Plasma'],
    text: 'Potassium',
    unit: 'mmol/L',
    middle: 4.3,
    spread: 0.7,
    low: 3.5,
    high: 5.1,
    everyDays: 61,
    digits: 1,
  },
];

const vitals = [
  {
    key: 'weight',
    code: ['29463-7', 'Body weight'],
    text: 'Weight',
    unit: 'kg',
    middle: 71,
    spread: 2,
    everyDays: 30,
    digits: 1,
  },
  {
    key: 'heart-rate',
    code: ['8867-4', 'Heart rate'],
    text: 'Heart rate',
    unit: '/min',
    middle: 74,
    spread: 9,
    everyDays: 30,
    digits: 0,
  },
  {
    key: 'spo2',
    code: ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'],
    text: 'Oxygen saturation',
    unit: '%',
    middle: 97,
    spread: 2,
    everyDays: 61,
    digits: 0,
  },
];

function daysOf(everyDays) {
  const count = Math.floor(730 / everyDays) + 1;
  return Array.from({ length: count }, (_, index) => lastDay - (count - 1 - index) * everyDays * dayMs);
}

function day(time) {
  return new Date(time).toISOString().slice(0, 10);
}

function flagOf(value, { low, high }) {
  const code = high !== undefined && value > high ? 'H' : low !== undefined && value < low ? 'L' : 'N';
  const display = { H: 'High', L: 'Low', N: 'Normal' }[code];
  const { coding } = status('v3-ObservationInterpretation', code);
  return [{ coding: [{ ...coding[0], display }] }];
}

function range({ low, high, unit }) {
  return [
    {
      ...(low !== undefined && { low: quantity(low, unit) }),
      ...(high !== undefined && { high: quantity(high, unit) }),
    },
  ];
}

function measure(patient, category, seed, plan) {
  const [code, display] = plan.code;
  return daysOf(plan.everyDays).map((time, index) => {
    const value = Number((plan.middle + plan.spread * wobble(seed, index)).toFixed(plan.digits));
    const hasRange = plan.low !== undefined || plan.high !== undefined;
    return observation(
      `${patient}-${plan.key}-${index + 1}`,
      patient,
      category,
      concept('loinc', code, display, plan.text),
      `${day(time)}T08:${String(10 + (index % 40))}:00-04:00`,
      {
        valueQuantity: quantity(value, plan.unit),
        ...(hasRange && { interpretation: flagOf(value, plan), referenceRange: range(plan) }),
      },
    );
  });
}

/** Two numbers in one observation, each with its own code. */
function bloodPressures(patient, seed) {
  const part = (code, display, value) => ({
    code: concept('loinc', code, display),
    valueQuantity: quantity(value, 'mmHg', 'mm[Hg]'),
  });
  return daysOf(30).map((time, index) =>
    observation(
      `${patient}-blood-pressure-${index + 1}`,
      patient,
      'vital-signs',
      concept('loinc', '85354-9', 'Blood pressure panel with all children optional', 'Blood pressure'),
      `${day(time)}T08:05:00-04:00`,
      {
        component: [
          part('8480-6', 'Systolic blood pressure', Math.round(132 + 12 * wobble(seed, index))),
          part('8462-4', 'Diastolic blood pressure', Math.round(82 + 8 * wobble(seed + 1, index))),
        ],
      },
    ),
  );
}

/** Two years of labs and vital signs. */
export function twoYears(patient) {
  return [
    ...labs.flatMap((plan, index) => measure(patient, 'laboratory', index + 1, plan)),
    ...vitals.flatMap((plan, index) => measure(patient, 'vital-signs', index + 11, plan)),
    ...bloodPressures(patient, 21),
  ];
}
