/** What a view of a type puts where, by the names of elements; choice types without their type. */
export interface Plan {
  /** The first of these that has words is the title. */
  readonly title: readonly string[];
  /** The first of these that there is. */
  readonly status: readonly string[];
  /** What is told where there is room for a few words only. */
  readonly key: readonly string[];
  /** What is shown at once before all else, in this order. */
  readonly first: readonly string[];
  /** What is left to be opened. */
  readonly later: readonly string[];
}

const statuses = split('status lifecycleStatus participantStatus active clinicalStatus');

const general: Plan = {
  title: split('title name code type description'),
  status: statuses,
  key: split('subject patient date period created authoredOn occurrence effective'),
  first: [],
  later: [],
};

/** What places a record among others, rather than says what it is about; a plan may name it all the same. */
const later = split(
  'identifier basedOn partOf replaces encounter context groupIdentifier instantiatesCanonical instantiatesUri ' +
    'definition supportingInfo supportingInformation detectedIssue eventHistory relevantHistory insurance contract ' +
    'confidentiality priorPrescription authorizingPrescription masterIdentifier claim claimResponse birthDate signature ' +
    'programEligibility fundingSource photo link',
);

/** Of every type: `title | key | first | status`. The names of DSTU2, STU3 and R5 stand beside those of R4. */
const plans: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'code substance|criticality reaction verificationStatus||clinicalStatus status',
  Appointment:
    'description serviceType appointmentType|start end participant cancelationReason cancellationReason',
  Binary: '|contentType',
  Bundle: 'type|total entry',
  CarePlan: 'title category description|description period intent|goal addresses activity',
  CareTeam: 'name category|participant period',
  Composition: 'title type|date author section',
  Condition: 'code|verificationStatus onset abatement|severity category|clinicalStatus',
  Consent: 'scope category|date dateTime provision policyRule',
  Coverage: 'type payor issuer insurer|payor issuer insurer subscriberId period',
  Device: 'deviceName displayName name type model|type manufacturer|identifier',
  // Results that a report brings along are what it reports.
  DiagnosticReport: 'code|conclusion result effective|contained',
  DocumentReference: 'description type|date content relatesTo|docStatus context',
  Encounter: 'type class|class period actualPeriod',
  ExplanationOfBenefit: 'type use|billablePeriod outcome total payment|insurance',
  FamilyMemberHistory: 'relationship name|condition deceased',
  Goal: 'description|target achievementStatus||lifecycleStatus status',
  Immunization:
    'vaccineCode|occurrence date statusReason isSubpotent reaction|protocolApplied dose lotNumber site',
  List: 'title code|emptyReason entry',
  Location: 'name|type address',
  Medication: 'code|form doseForm ingredient',
  MedicationAdministration: 'medication|effective effectiveTime occurence dosage statusReason',
  MedicationDispense: 'medication|dosageInstruction whenHandedOver quantity statusReason|daysSupply',
  MedicationRequest:
    'medication|dosageInstruction intent reported|statusReason reason reasonCode authoredOn requester',
  MedicationStatement: 'medication|dosage effective taken adherence statusReason',
  Observation: 'code|value interpretation component dataAbsentReason effective|referenceRange',
  OperationOutcome: '|issue',
  Organization: 'name|type address|identifier partOf',
  Patient: 'name|birthDate gender deceased|identifier telecom address link',
  Practitioner: 'name|qualification practitionerRole|identifier telecom',
  PractitionerRole:
    'practitioner code role specialty organization|practitioner code role specialty organization|identifier',
  Procedure: 'code|performed occurrence statusReason outcome',
  Provenance: 'activity reason|recorded agent|target',
  QuestionnaireResponse: '|authored item group',
  RelatedPerson: 'name|relationship telecom|birthDate identifier',
  ServiceRequest:
    'code serviceRequested type description|intent priority occurrence|reason reasonCode authoredOn requester',
};

/** A type by its earlier name. */
const formerly: Readonly<Record<string, string>> = {
  MedicationOrder: 'MedicationRequest',
  ProcedureRequest: 'ServiceRequest',
  DiagnosticOrder: 'ServiceRequest',
  ReferralRequest: 'ServiceRequest',
};

function split(words = ''): readonly string[] {
  return words.split(' ').filter(Boolean);
}

export function planOf(resourceType: string): Plan {
  const row = memberOf(plans, memberOf(formerly, resourceType) ?? resourceType);
  if (row === undefined) {
    return general;
  }
  const [title, key, first, status] = row.split('|').map(split);
  return {
    title: title ?? [],
    key: key ?? [],
    first: [...(title ?? []), ...(key ?? []), ...(first ?? [])],
    status: status ?? statuses,
    later,
  };
}

function memberOf(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
