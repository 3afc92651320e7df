/** What a view of a type puts where, by the names of elements; choice types without their type. */
export interface Plan {
  /** The first of these that has words is the title. */
  readonly title: readonly string[];
  /** The first of these that there is. */
  readonly status: readonly string[];
  /** What is told where there is room for a few words only. */
  readonly key: readonly string[];
  /** What is shown at once, in this order; undefined: everything. */
  readonly facts?: readonly string[];
}

const statuses = 'status lifecycleStatus participantStatus active clinicalStatus';

const general: Plan = {
  title: split('title name code type description identifier'),
  status: split(statuses),
  key: split('subject patient date period created authoredOn occurrence effective'),
};

/** Of every type: `title | key | facts | status`. The names of DSTU2, STU3, R5 stand beside those of R4. */
const plans: Readonly<Record<string, string>> = {
  AllergyIntolerance:
    'code substance|criticality reaction verificationStatus|verificationStatus type category criticality reaction onset lastOccurrence lastOccurence lastReactionOccurrence recordedDate assertedDate patient recorder asserter participant note|clinicalStatus status',
  Appointment:
    'description serviceType appointmentType type|start end participant cancelationReason cancellationReason|start end minutesDuration requestedPeriod serviceCategory serviceType specialty appointmentType type reasonCode reason cancelationReason cancellationReason participant patientInstruction comment note slot created',
  Binary: '|contentType|contentType',
  Bundle: 'type|total entry|total timestamp entry',
  CarePlan:
    'title category description|period description intent|description category intent period subject goal addresses activity author careTeam contributor created note',
  CareTeam:
    'name category|participant period|category period subject participant reasonCode reason managingOrganization telecom note',
  Composition:
    'title type|date author section|type date author subject custodian attester event section relatesTo|status',
  Condition:
    'code|verificationStatus onset abatement|verificationStatus severity category onset abatement recordedDate dateRecorded assertedDate subject patient bodySite stage evidence recorder asserter participant note notes|clinicalStatus',
  Consent:
    'scope category|dateTime provision policyRule|scope category patient subject dateTime date period performer consentingParty organization policy policyRule provision except verification source',
  Coverage:
    'type payor issuer insurer|payor issuer insurer subscriberId period|type kind payor issuer insurer beneficiary subscriber subscriberId policyHolder relationship dependent period class grouping group plan subPlan costToBeneficiary network order',
  Device:
    'deviceName displayName name type model|type manufacturer|identifier type deviceName displayName name manufacturer model modelNumber udiCarrier udi serialNumber lotNumber distinctIdentifier manufactureDate expirationDate expiry patient statusReason owner location safety note',
  DiagnosticReport:
    'code|conclusion result effective|category conclusion conclusionCode codedDiagnosis result effective issued performer subject presentedForm media image specimen note',
  DocumentReference:
    'description type|type date content relatesTo|docStatus type category class date indexed created author content context custodian facilityType subject relatesTo',
  Encounter:
    'type class|class period actualPeriod|type class period actualPeriod plannedStartDate plannedEndDate length serviceType reasonCode reason diagnosis participant location serviceProvider hospitalization admission subject patient',
  ExplanationOfBenefit:
    'type use|billablePeriod outcome total payment|type use billablePeriod created outcome disposition insurer provider patient careTeam diagnosis procedure insurance item total payment payee benefitBalance processNote',
  FamilyMemberHistory:
    'relationship name|condition deceased|name relationship sex gender born age deceased condition procedure dataAbsentReason date patient reasonCode reason participant note',
  Goal: 'description|target achievementStatus|achievementStatus priority category description start target targetDate statusDate statusReason outcome outcomeCode addresses subject expressedBy note|lifecycleStatus status',
  Immunization:
    'vaccineCode|occurrence date statusReason isSubpotent reaction|statusReason notGiven wasNotGiven occurrence date isSubpotent subpotentReason dose protocolApplied vaccinationProtocol site route lotNumber expirationDate manufacturer performer practitioner patient reaction education reported primarySource informationSource note explanation',
  List: 'title code|emptyReason entry|mode code date subject source emptyReason entry note',
  Location:
    'name|type address|name type mode description alias telecom contact address physicalType form position managingOrganization partOf hoursOfOperation operationalStatus',
  Medication:
    'code|form doseForm ingredient|form doseForm ingredient amount totalVolume manufacturer marketingAuthorizationHolder batch isBrand product package',
  MedicationAdministration:
    'medication|effective effectiveTime occurence dosage statusReason|medication statusReason notGiven wasNotGiven reasonNotGiven category effective effectiveTime occurence dosage performer practitioner reasonCode reason subject patient device note',
  MedicationDispense:
    'medication|dosageInstruction whenHandedOver quantity statusReason|medication statusReason notDone quantity daysSupply dosageInstruction whenPrepared whenHandedOver performer dispenser type subject patient destination receiver substitution note',
  MedicationRequest:
    'medication|dosageInstruction intent reported|medication doNotPerform intent statusReason dosageInstruction reasonCode reason authoredOn dateWritten requester prescriber reported subject patient effectiveDosePeriod dispenseRequest substitution priority courseOfTherapyType category note',
  MedicationStatement:
    'medication|dosage effective taken adherence statusReason|medication taken wasNotTaken adherence statusReason reasonNotTaken dosage effective dateAsserted reasonCode reason reasonForUse informationSource subject patient category derivedFrom note',
  Observation:
    'code|value interpretation component dataAbsentReason effective|value dataAbsentReason interpretation component referenceRange effective applies issued subject focus category performer method bodySite specimen device hasMember related derivedFrom note comment comments',
  OperationOutcome: '|issue|issue',
  Organization: 'name|type address|name type alias description identifier telecom address partOf contact',
  Patient:
    'name|birthDate gender deceased|name birthDate gender deceased multipleBirth identifier telecom address maritalStatus communication contact generalPractitioner careProvider managingOrganization link',
  Practitioner:
    'name|qualification practitionerRole|name qualification practitionerRole gender identifier telecom address communication',
  PractitionerRole:
    'practitioner code specialty organization|practitioner code role specialty organization|practitioner organization code role specialty location healthcareService telecom contact period identifier availability availableTime notAvailable',
  Procedure:
    'code|performed occurrence statusReason outcome|statusReason notPerformed notDone reasonNotPerformed notDoneReason performed occurrence category performer location reasonCode reason bodySite outcome complication followUp usedCode used focalDevice subject reported report note notes',
  Provenance:
    'activity reason|recorded agent|target recorded occurred activity reason agent entity policy location',
  QuestionnaireResponse: '|authored item group|questionnaire authored subject author source item group',
  RelatedPerson:
    'name|relationship telecom|name relationship patient birthDate gender telecom address communication period identifier',
  ServiceRequest:
    'code serviceRequested type description|intent priority occurrence|doNotPerform intent priority category serviceRequested type description code orderDetail quantity occurrence asNeeded reasonCode reason authoredOn requester orderer performer recipient performerType specialty item location bodySite subject specimen patientInstruction supportingInfo note',
};

/** A type by its earlier name. */
const formerly: Readonly<Record<string, string>> = {
  MedicationOrder: 'MedicationRequest',
  ProcedureRequest: 'ServiceRequest',
  DiagnosticOrder: 'ServiceRequest',
  ReferralRequest: 'ServiceRequest',
};

function split(words: string): readonly string[] {
  return words.split(' ').filter(Boolean);
}

export function planOf(resourceType: string): Plan {
  const type = memberOf(formerly, resourceType) ?? resourceType;
  const row = memberOf(plans, type);
  if (row === undefined) {
    return general;
  }
  const [title = '', key = '', facts = '', status = statuses] = row.split('|');
  return { title: split(title), key: split(key), facts: split(facts), status: split(status) };
}

function memberOf(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
