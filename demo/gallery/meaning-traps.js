/** Records that mean something else than they seem to at first sight. All of them are invented. */
const concept = (code) =>
  `{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/any", "code": "${code}" }] }`;

export const meaningTraps = [
  {
    title: 'Refuted: the patient does not have it',
    json: `{
  "resourceType": "Condition", "id": "refuted", "clinicalStatus": ${concept('active')}, "verificationStatus": ${concept('refuted')},
  "code": { "text": "Epilepsy" }, "subject": { "display": "Ida Lindqvist" }, "onsetDateTime": "2019"
}`,
  },
  {
    title: 'Entered in error',
    json: `{
  "resourceType": "Observation", "id": "error", "status": "entered-in-error", "code": { "text": "Potassium" }, "valueQuantity": { "value": 9.8, "unit": "mmol/L" }
}`,
  },
  {
    title: 'Entered in error, with nothing left in it',
    json: '{ "resourceType": "Procedure", "id": "stripped", "status": "entered-in-error" }',
  },
  {
    title: 'An allergy that is not certain',
    json: `{
  "resourceType": "AllergyIntolerance", "id": "unconfirmed", "verificationStatus": ${concept('unconfirmed')}, "code": { "text": "Peanuts" }, "patient": { "display": "Ida Lindqvist" }
}`,
  },
  {
    title: 'No known allergy, said by a code',
    json: `{
  "resourceType": "AllergyIntolerance", "id": "none", "clinicalStatus": ${concept('active')}, "verificationStatus": ${concept('confirmed')},
  "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "716186003", "display": "No known allergy" }] }, "patient": { "display": "Ida Lindqvist" }
}`,
  },
  {
    title: 'A vaccine that was not given',
    json: `{
  "resourceType": "Immunization", "id": "not-given", "status": "not-done", "statusReason": { "text": "Patient objection" }, "vaccineCode": { "text": "Measles vaccine" },
  "patient": { "display": "Ida Lindqvist" }, "occurrenceDateTime": "2023-04-01"
}`,
  },
  {
    title: 'A dose that may not count',
    json: `{
  "resourceType": "Immunization", "id": "subpotent", "status": "completed", "isSubpotent": true, "subpotentReason": [{ "text": "Cold chain break" }], "vaccineCode": { "text": "Hepatitis B vaccine" },
  "patient": { "display": "Ida Lindqvist" }, "occurrenceDateTime": "2022-09", "primarySource": false
}`,
  },
  {
    title: 'An order not to give it',
    json: `{
  "resourceType": "MedicationRequest", "id": "never", "status": "active", "intent": "order", "doNotPerform": true, "medicationCodeableConcept": { "text": "Ibuprofen" },
  "subject": { "display": "Ida Lindqvist" }, "reasonCode": [{ "text": "Kidney disease" }]
}`,
  },
  {
    title: 'A plan that is no order, and was stopped',
    json: `{
  "resourceType": "MedicationRequest", "id": "stopped", "status": "stopped", "intent": "plan", "statusReason": { "text": "Side effects" }, "medicationCodeableConcept": { "text": "Simvastatin" }, "subject": { "display": "Ida Lindqvist" }
}`,
  },
  {
    title: 'Less than, and not: five',
    json: `{
  "resourceType": "Observation", "id": "less", "status": "final", "code": { "text": "Troponin" }, "valueQuantity": { "value": 5, "comparator": "<", "unit": "ng/L" }
}`,
  },
  {
    title: 'Zeros that count, numbers beyond a computer’s own',
    json: `{
  "resourceType": "Observation", "id": "zeros", "status": "final", "code": { "text": "Precision" },
  "component": [{ "code": { "text": "Two places" }, "valueQuantity": { "value": 2.00, "unit": "g" } }, { "code": { "text": "Very small" }, "valueQuantity": { "value": 1E-7, "unit": "g" } },
    { "code": { "text": "Long" }, "valueQuantity": { "value": 0.1234567890123456789, "unit": "g" } }, { "code": { "text": "A code, and no unit" }, "valueQuantity": { "value": 7.20, "code": "mmol/L" } }]
}`,
  },
  {
    title: 'Dates as far as they are known, in the zone where they were written',
    json: `{
  "resourceType": "Observation", "id": "dates", "status": "final", "code": { "text": "Dates" }, "effectivePeriod": { "start": "2021-03-14T23:30:00-08:00", "end": "2021-03" }, "issued": "2021-03-15T07:30:00.123456Z",
  "component": [{ "code": { "text": "A year" }, "valueDateTime": "1974" }, { "code": { "text": "A leap second" }, "valueDateTime": "2016-12-31T23:59:60Z" },
    { "code": { "text": "Fourteen hours ahead" }, "valueDateTime": "2021-01-01T00:30:00+14:00" }, { "code": { "text": "No date, but looks like one" }, "valueString": "2021-03" },
    { "code": { "text": "Known to be unknown" }, "_valueDateTime": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-unknown" }] } }]
}`,
  },
  {
    title: 'An old name first, a temporary one, and the present one last',
    json: `{
  "resourceType": "Patient", "id": "names", "birthDate": "1974", "_gender": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked" }] },
  "name": [{ "use": "old", "family": "Holm", "given": ["Ida"] }, { "use": "temp", "text": "Unknown 7" }, { "use": "official", "family": "Lindqvist", "given": ["Ida"] }],
  "address": [{ "use": "old", "text": "Lillgatan 9, Uppsala" }, { "use": "home", "text": "Storgatan 4, Uppsala" }], "telecom": [{ "system": "phone", "value": "555 00 00", "use": "old" }]
}`,
  },
  {
    title: 'Deceased, and replaced by another record',
    json: `{
  "resourceType": "Patient", "id": "merged", "active": false, "name": [{ "text": "I. Lindqvist" }], "deceasedDateTime": "2019-03",
  "link": [{ "type": "replaced-by", "other": { "reference": "Patient/ida", "display": "Ida Lindqvist" } }]
}`,
  },
  {
    title: 'Not about the patient',
    json: `{
  "resourceType": "Observation", "id": "fetus", "status": "final", "code": { "text": "Heart rate" }, "subject": { "display": "Ida Lindqvist" }, "focus": [{ "display": "Unborn child" }], "valueQuantity": { "value": 148, "unit": "/min" }
}`,
  },
  {
    title: 'No value, and why',
    json: `{
  "resourceType": "Observation", "id": "absent", "status": "cancelled", "code": { "text": "Bilirubin" }, "dataAbsentReason": { "text": "Specimen clotted" }
}`,
  },
  {
    title: 'Several codes for one and the same thing',
    json: `{
  "resourceType": "Condition", "id": "codes", "clinicalStatus": ${concept('active')}, "verificationStatus": ${concept('provisional')}, "subject": { "display": "Ida Lindqvist" },
  "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "38341003", "display": "Hypertensive disorder" }, { "system": "http://hl7.org/fhir/sid/icd-10", "code": "I10", "display": "Essential hypertension", "userSelected": true }] }
}`,
  },
  {
    title: 'A search that brought nothing: not the same as “none”',
    json: `{
  "resourceType": "Bundle", "id": "empty", "type": "searchset", "total": 0, "link": [{ "relation": "self", "url": "https://ehr.example/fhir/AllergyIntolerance?patient=ida" }]
}`,
  },
  {
    title: 'A search that brought a warning, a note, and another patient’s record',
    json: `{
  "resourceType": "Bundle", "id": "mixed", "type": "searchset", "total": 41, "link": [{ "relation": "self", "url": "https://ehr.example/fhir/Condition?patient=ida" }, { "relation": "next", "url": "https://evil.example/fhir?page=2" }],
  "entry": [{ "resource": { "resourceType": "Condition", "id": "a", "code": { "text": "Asthma" }, "subject": { "reference": "Patient/ida" } }, "search": { "mode": "match" } },
    { "resource": { "resourceType": "Condition", "id": "b", "code": { "text": "Gout" }, "subject": { "reference": "Patient/somebody-else" } }, "search": { "mode": "match" } },
    { "resource": { "resourceType": "OperationOutcome", "issue": [{ "severity": "warning", "code": "not-supported", "details": { "text": "The parameter “category” was ignored." } }] }, "search": { "mode": "outcome" } }]
}`,
  },
  {
    title: 'A list that says why it is empty',
    json: `{
  "resourceType": "List", "id": "nil", "status": "current", "mode": "snapshot", "title": "Allergies", "emptyReason": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/list-empty-reason", "code": "notasked", "display": "Not Asked" }] }
}`,
  },
  {
    title: 'A part of a record only',
    json: `{
  "resourceType": "Patient", "id": "part", "meta": { "tag": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED" }] }, "name": [{ "text": "Ida Lindqvist" }]
}`,
  },
  {
    title: 'What a server says went wrong',
    json: `{
  "resourceType": "OperationOutcome", "id": "outcome", "issue": [{ "severity": "error", "code": "forbidden", "details": { "text": "You may not see this." }, "diagnostics": "at Filter.java:41" }, { "severity": "information", "code": "informational", "details": { "text": "Try again tomorrow." } }]
}`,
  },
];
