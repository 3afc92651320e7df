/** What a view of a type puts where, by the names of elements; choice types without their type. */
export interface Plan {
  /** The first of these that has words is the title. */
  readonly title: readonly string[];
  readonly status: string;
  /** What is told where there is room for a few words only. */
  readonly key: readonly string[];
  /** What is shown at once, in this order; undefined: everything. */
  readonly facts?: readonly string[];
}

const plan = (title: string, status: string, key: string, facts: string): Plan => ({
  title: title.split(' '),
  status,
  key: key.split(' '),
  facts: facts.split(' '),
});

const general: Plan = { title: ['title', 'name', 'code', 'type', 'identifier'], status: 'status', key: [] };

const plans = new Map<string, Plan>([
  [
    'Patient',
    plan(
      'name',
      '',
      'birthDate gender deceased',
      'name birthDate gender deceased identifier telecom address contact generalPractitioner link',
    ),
  ],
  [
    'Observation',
    plan(
      'code',
      'status',
      'value component dataAbsentReason effective',
      'value dataAbsentReason interpretation component referenceRange effective issued subject focus performer method bodySite specimen note hasMember derivedFrom',
    ),
  ],
  [
    'Condition',
    plan(
      'code',
      'clinicalStatus',
      'verificationStatus onset',
      'verificationStatus severity category onset abatement recordedDate assertedDate subject bodySite stage evidence note',
    ),
  ],
  [
    'AllergyIntolerance',
    plan(
      'code substance',
      'clinicalStatus',
      'criticality reaction',
      'verificationStatus type category criticality reaction onset lastOccurrence recordedDate assertedDate patient note',
    ),
  ],
  [
    'MedicationRequest',
    plan(
      'medication',
      'status',
      'dosageInstruction',
      'doNotPerform intent dosageInstruction reasonCode reason authoredOn requester subject dispenseRequest substitution note',
    ),
  ],
  [
    'Immunization',
    plan(
      'vaccineCode',
      'status',
      'occurrence',
      'statusReason occurrence isSubpotent subpotentReason doseQuantity protocolApplied site route lotNumber manufacturer performer patient reaction note',
    ),
  ],
  [
    'Procedure',
    plan(
      'code',
      'status',
      'performed occurrence',
      'statusReason performed occurrence category performer reasonCode reason bodySite outcome complication subject note',
    ),
  ],
  [
    'Encounter',
    plan(
      'type class',
      'status',
      'period actualPeriod',
      'type class period actualPeriod serviceType reasonCode reason participant location serviceProvider hospitalization subject',
    ),
  ],
  [
    'DiagnosticReport',
    plan(
      'code',
      'status',
      'conclusion effective',
      'category conclusion conclusionCode result effective issued performer subject presentedForm media',
    ),
  ],
  [
    'DocumentReference',
    plan(
      'description type',
      'status',
      'type date',
      'docStatus type category date author content context custodian subject relatesTo',
    ),
  ],
  [
    'Practitioner',
    plan('name', '', 'qualification', 'name qualification gender identifier telecom address communication'),
  ],
  ['Organization', plan('name', '', 'type', 'name type alias identifier telecom address partOf contact')],
]);

export function planOf(resourceType: string): Plan {
  return plans.get(resourceType) ?? general;
}
