/**
 * What a reader must see of a resource before anything is opened, by type: paths to elements, `[x]` for one of several types.
 * What FHIR marks as a modifier is not named here: it is looked up in the definitions, for every type.
 */
const table: Record<string, string> = {
  Patient: 'name birthDate gender identifier telecom deceased[x] link.other',
  AllergyIntolerance:
    'code clinicalStatus verificationStatus criticality reaction.manifestation reaction.severity onset[x] recordedDate',
  Condition: 'code clinicalStatus verificationStatus category onset[x] abatement[x] recorder recordedDate',
  MedicationRequest:
    'medication[x] status intent dosageInstruction.text dosageInstruction.patientInstruction requester authoredOn ' +
    'reported[x] dispenseRequest.numberOfRepeatsAllowed',
  MedicationDispense:
    'medication[x] status quantity daysSupply whenHandedOver whenPrepared dosageInstruction.text statusReason[x]',
  MedicationAdministration: 'medication[x] status effective[x] dosage statusReason',
  MedicationStatement: 'medication[x] status effective[x] dosage.text statusReason',
  Medication: 'code status ingredient.item[x]',
  Observation:
    'code status value[x] dataAbsentReason interpretation referenceRange effective[x] note focus component.code ' +
    'component.value[x] component.dataAbsentReason component.interpretation',
  DiagnosticReport: 'code status result performer effective[x] issued conclusion presentedForm',
  DocumentReference:
    'type status docStatus author custodian date description content.attachment relatesTo.code',
  Immunization:
    'vaccineCode status statusReason occurrence[x] protocolApplied.doseNumber[x] protocolApplied.seriesDoses[x] site ' +
    'lotNumber performer.actor subpotentReason primarySource',
  Procedure: 'code status statusReason performed[x] performer.actor location outcome complication',
  Encounter: 'class type status period location.location participant.individual reasonCode',
  CarePlan: 'title status intent category period description activity.detail.code activity.detail.status',
  CareTeam: 'name status participant.role participant.member participant.onBehalfOf',
  Goal: 'description lifecycleStatus achievementStatus target.due[x] target.detail[x]',
  Coverage: 'status type payor class.value class.name subscriberId period',
  Device:
    'type status deviceName.name udiCarrier.deviceIdentifier udiCarrier.carrierHRF modelNumber expirationDate',
  FamilyMemberHistory:
    'relationship status name condition.code condition.outcome age[x] deceased[x] condition.onset[x] dataAbsentReason',
  ServiceRequest: 'code status intent authoredOn requester occurrence[x] reasonCode',
  QuestionnaireResponse: 'questionnaire status authored item.text item.answer.value[x]',
  RelatedPerson: 'name relationship telecom active',
  Specimen: 'type status collection.collected[x] receivedTime',
  Organization: 'name type telecom',
  Location: 'name status type telecom',
  Practitioner: 'name qualification.code telecom',
  PractitionerRole: 'practitioner organization code specialty telecom',
  List: 'title status mode emptyReason entry.item code',
  Consent: 'status scope category provision.type',
  Flag: 'code status category period',
  Appointment: 'status start end participant.actor participant.status serviceType',
  Communication: 'status sent payload.content[x] statusReason',
  Task: 'status intent code description statusReason',
  DeviceRequest: 'code[x] status intent authoredOn requester',
  NutritionOrder: 'status intent dateTime oralDiet.type',
  EpisodeOfCare: 'status type period',
  ImmunizationRecommendation:
    'date recommendation.vaccineCode recommendation.forecastStatus recommendation.dateCriterion',
  ExplanationOfBenefit: 'status type use outcome created insurer',
  DetectedIssue: 'status severity code detail',
  ClinicalImpression: 'status description summary date',
  RiskAssessment: 'status code prediction.outcome prediction.probability[x]',
  OperationOutcome: 'issue.severity issue.code issue.details issue.diagnostics',
  Basic: 'code subject created author',
  Composition: 'title status type date author section.title',
  Provenance: 'recorded agent.who target',
};

export const mustShow: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(table).map(([type, paths]) => [type, paths.split(' ')]),
);

/** What stands in words in a notice, before everything else, where a resource says so. */
export interface Meaning {
  readonly words: RegExp;
  /** `path=value`, or a path where any value has this meaning; with a type where it has it there only. */
  readonly where: readonly string[];
}

const meaning = (words: RegExp, where: string): Meaning => ({ words, where: where.split(' ') });
const verified = (code: string): string =>
  `verificationStatus=${code} verificationStatus.coding.code=${code}`;

export const meanings: readonly Meaning[] = [
  meaning(
    /entered in error/i,
    `status=entered-in-error docStatus=entered-in-error lifecycleStatus=entered-in-error ${verified('entered-in-error')}`,
  ),
  meaning(/refuted|ruled out/i, verified('refuted')),
  meaning(/unconfirmed/i, verified('unconfirmed')),
  meaning(/provisional/i, verified('provisional')),
  meaning(/differential/i, verified('differential')),
  meaning(/not done/i, 'status=not-done'),
  meaning(/do not|not to/i, 'doNotPerform=true'),
  meaning(/subpotent/i, 'isSubpotent=true'),
  meaning(/inactive|not in use|not active/i, 'active=false'),
  meaning(/deceased|died/i, 'Patient.deceasedBoolean=true Patient.deceasedDateTime'),
  meaning(/replaced/i, 'Patient.link.type=replaced-by'),
  meaning(/not about the patient/i, 'Observation.focus'),
  meaning(/preliminary/i, 'status=preliminary docStatus=preliminary'),
  meaning(/cancel/i, 'status=cancelled lifecycleStatus=cancelled'),
  meaning(/stopped/i, 'status=stopped'),
  meaning(/on hold/i, 'status=on-hold'),
  meaning(/revoked/i, 'status=revoked'),
  meaning(/superseded/i, 'status=superseded'),
  meaning(
    /plan|proposal|option/i,
    ['MedicationRequest', 'ServiceRequest', 'DeviceRequest', 'NutritionOrder']
      .flatMap((type) => [`${type}.intent=plan`, `${type}.intent=proposal`, `${type}.intent=option`])
      .join(' '),
  ),
];

/** What changes the meaning of a part only, and is said with that part. */
export const meaningsOfParts: readonly Meaning[] = [
  meaning(/deleted|removed/i, 'List.entry.deleted=true'),
  meaning(/do not/i, 'activity.detail.doNotPerform=true'),
];
