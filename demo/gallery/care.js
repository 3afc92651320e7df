/** What is given, done and planned. All of it is invented. */
export const care = [
  {
    title: 'MedicationRequest',
    json: `{
  "resourceType": "MedicationRequest", "id": "metformin", "status": "active", "intent": "order", "medicationCodeableConcept": { "text": "Metformin 500 mg tablets" },
  "subject": { "display": "Ida Lindqvist" }, "authoredOn": "2024-05-13", "requester": { "display": "Dr Chidi Okafor" }, "reasonCode": [{ "text": "Type 2 diabetes" }], "reportedBoolean": false,
  "dosageInstruction": [{ "sequence": 1, "text": "One tablet twice a day with meals", "timing": { "repeat": { "frequency": 2, "period": 1, "periodUnit": "d", "when": ["CM", "CV"] } },
    "route": { "text": "By mouth" }, "doseAndRate": [{ "doseQuantity": { "value": 1, "unit": "tablet" } }] }],
  "dispenseRequest": { "numberOfRepeatsAllowed": 3, "quantity": { "value": 60, "unit": "tablets" }, "expectedSupplyDuration": { "value": 30, "unit": "days" } }
}`,
  },
  {
    title: 'MedicationRequest: directions without a text',
    json: `{
  "resourceType": "MedicationRequest", "id": "prednisolone", "status": "active", "intent": "order", "medicationReference": { "reference": "#m" }, "subject": { "display": "Ida Lindqvist" },
  "dosageInstruction": [
    { "sequence": 1, "timing": { "repeat": { "boundsDuration": { "value": 5, "unit": "days" }, "frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d", "timeOfDay": ["08:00:00"] } }, "doseAndRate": [{ "doseQuantity": { "value": 20.0, "unit": "mg" } }] },
    { "sequence": 2, "timing": { "code": { "text": "BID" } }, "asNeededCodeableConcept": { "text": "wheezing" }, "doseAndRate": [{ "doseRange": { "low": { "value": 5, "unit": "mg" }, "high": { "value": 10, "unit": "mg" } } }],
      "maxDosePerPeriod": { "numerator": { "value": 40, "unit": "mg" }, "denominator": { "value": 1, "unit": "day" } } }],
  "contained": [{ "resourceType": "Medication", "id": "m", "code": { "text": "Prednisolone 5 mg" } }]
}`,
  },
  {
    title: 'MedicationDispense',
    json: `{
  "resourceType": "MedicationDispense", "id": "dispensed", "status": "completed", "medicationCodeableConcept": { "text": "Metformin 500 mg tablets" }, "subject": { "display": "Ida Lindqvist" },
  "quantity": { "value": 60, "unit": "tablets" }, "daysSupply": { "value": 30, "unit": "days" }, "whenHandedOver": "2024-05-14T15:30:00+02:00", "dosageInstruction": [{ "text": "One tablet twice a day" }]
}`,
  },
  {
    title: 'MedicationAdministration',
    json: `{
  "resourceType": "MedicationAdministration", "id": "given", "status": "completed", "medicationCodeableConcept": { "text": "Ondansetron" }, "subject": { "display": "Ida Lindqvist" },
  "effectiveDateTime": "2024-01-30T21:15:00+01:00", "performer": [{ "actor": { "display": "Åsa Berg" } }],
  "dosage": { "text": "4 mg into a vein", "route": { "text": "Intravenous" }, "dose": { "value": 4, "unit": "mg" }, "rateRatio": { "numerator": { "value": 4, "unit": "mg" }, "denominator": { "value": 15, "unit": "min" } } }
}`,
  },
  {
    title: 'MedicationStatement',
    json: `{
  "resourceType": "MedicationStatement", "id": "aspirin", "status": "active", "medicationCodeableConcept": { "text": "Aspirin" }, "subject": { "display": "Ida Lindqvist" },
  "effectivePeriod": { "start": "2010" }, "dateAsserted": "2024-05-13", "informationSource": { "display": "Elin Lindqvist" }, "dosage": [{ "text": "75 mg a day" }]
}`,
  },
  {
    title: 'Medication',
    json: `{
  "resourceType": "Medication", "id": "co-amoxiclav", "status": "active", "code": { "text": "Co-amoxiclav 500/125" }, "form": { "text": "Tablet" },
  "ingredient": [{ "itemCodeableConcept": { "text": "Amoxicillin" }, "strength": { "numerator": { "value": 500, "unit": "mg" }, "denominator": { "value": 1, "unit": "tablet" } } }],
  "batch": { "lotNumber": "2026-03", "expirationDate": "2026-03" }
}`,
  },
  {
    title: 'Immunization',
    json: `{
  "resourceType": "Immunization", "id": "influenza", "status": "completed", "vaccineCode": { "text": "Influenza vaccine" }, "patient": { "display": "Ida Lindqvist" }, "occurrenceDateTime": "2023-10-11",
  "lotNumber": "AAJN11K", "expirationDate": "2024-02-15", "site": { "text": "Left arm" }, "route": { "text": "Intramuscular" }, "doseQuantity": { "value": 0.50, "unit": "mL" }, "primarySource": true,
  "performer": [{ "actor": { "display": "Åsa Berg" } }], "protocolApplied": [{ "doseNumberPositiveInt": 1, "seriesDosesPositiveInt": 1, "targetDisease": [{ "text": "Influenza" }] }]
}`,
  },
  {
    title: 'ImmunizationRecommendation',
    json: `{
  "resourceType": "ImmunizationRecommendation", "id": "due", "patient": { "display": "Ida Lindqvist" }, "date": "2024-05-13",
  "recommendation": [{ "vaccineCode": [{ "text": "Tetanus" }], "forecastStatus": { "text": "Overdue" }, "dateCriterion": [{ "code": { "text": "Due" }, "value": "2023-01" }] }]
}`,
  },
  {
    title: 'Procedure',
    json: `{
  "resourceType": "Procedure", "id": "knee", "status": "completed", "code": { "text": "Knee replacement" }, "subject": { "display": "Ida Lindqvist" }, "performedPeriod": { "start": "2019-03-04T08:10:00+01:00", "end": "2019-03-04T10:35:00+01:00" },
  "performer": [{ "function": { "text": "Surgeon" }, "actor": { "display": "Dr Mei Tan" } }], "location": { "display": "Theatre 2" }, "bodySite": [{ "text": "Left knee" }], "outcome": { "text": "Successful" },
  "complication": [{ "text": "Swelling" }], "focalDevice": [{ "action": { "text": "Implanted" }, "manipulated": { "display": "Knee joint" } }]
}`,
  },
  {
    title: 'Encounter',
    json: `{
  "resourceType": "Encounter", "id": "stay", "status": "finished", "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP", "display": "inpatient" }, "type": [{ "text": "Hospital stay" }],
  "subject": { "display": "Ida Lindqvist" }, "participant": [{ "type": [{ "text": "Attending" }], "individual": { "display": "Dr Mei Tan" } }], "period": { "start": "2024-01-30T18:00:00+01:00", "end": "2024-02-02" },
  "reasonCode": [{ "text": "Chest pain" }], "hospitalization": { "dischargeDisposition": { "text": "Home" } }, "location": [{ "location": { "display": "Ward 5" } }], "serviceProvider": { "display": "Riverside Clinic" }
}`,
  },
  {
    title: 'EpisodeOfCare',
    json: `{
  "resourceType": "EpisodeOfCare", "id": "episode", "status": "active", "type": [{ "text": "Diabetes care" }], "patient": { "display": "Ida Lindqvist" }, "period": { "start": "2001-04" }, "careManager": { "display": "Åsa Berg" }
}`,
  },
  {
    title: 'CarePlan',
    json: `{
  "resourceType": "CarePlan", "id": "plan", "status": "active", "intent": "plan", "title": "Living with diabetes", "category": [{ "text": "Assessment and plan" }], "subject": { "display": "Ida Lindqvist" }, "period": { "start": "2024" },
  "text": { "status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>Walk every day. <b>No grapefruit.</b></p></div>" },
  "activity": [{ "detail": { "code": { "text": "Walk half an hour" }, "status": "in-progress", "scheduledString": "every day" } }, { "detail": { "code": { "text": "Grapefruit" }, "status": "not-started", "doNotPerform": true } }]
}`,
  },
  {
    title: 'Goal',
    json: `{
  "resourceType": "Goal", "id": "hba1c", "lifecycleStatus": "active", "achievementStatus": { "text": "Improving" }, "description": { "text": "HbA1c below 53" }, "subject": { "display": "Ida Lindqvist" }, "startDate": "2024-01-01",
  "target": [{ "measure": { "text": "HbA1c" }, "detailQuantity": { "value": 53, "comparator": "<", "unit": "mmol/mol" }, "dueDate": "2024-12-31" }]
}`,
  },
  {
    title: 'ServiceRequest',
    json: `{
  "resourceType": "ServiceRequest", "id": "eye", "status": "active", "intent": "order", "code": { "text": "Eye examination" }, "subject": { "display": "Ida Lindqvist" }, "authoredOn": "2024-05-13", "requester": { "display": "Dr Chidi Okafor" },
  "occurrenceTiming": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "a" } }, "reasonCode": [{ "text": "Diabetes" }], "patientInstruction": "Do not drive home."
}`,
  },
  {
    title: 'Appointment',
    json: `{
  "resourceType": "Appointment", "id": "visit", "status": "booked", "serviceType": [{ "text": "Follow-up" }], "description": "Review of results", "start": "2024-06-20T09:15:00+02:00", "end": "2024-06-20T09:35:00+02:00", "minutesDuration": 20,
  "participant": [{ "actor": { "display": "Ida Lindqvist" }, "status": "accepted" }, { "actor": { "display": "Dr Chidi Okafor" }, "required": "required", "status": "accepted" }]
}`,
  },
  {
    title: 'Communication',
    json: `{
  "resourceType": "Communication", "id": "message", "status": "completed", "sent": "2024-05-14T16:00:00Z", "sender": { "display": "Dr Chidi Okafor" }, "recipient": [{ "display": "Ida Lindqvist" }],
  "payload": [{ "contentString": "Your results are in.\\nPlease make an appointment." }]
}`,
  },
  {
    title: 'Task',
    json: `{
  "resourceType": "Task", "id": "call", "status": "on-hold", "intent": "order", "priority": "urgent", "description": "Call the patient back", "statusReason": { "text": "No answer so far" }, "authoredOn": "2024-05-14", "for": { "display": "Ida Lindqvist" },
  "owner": { "display": "Åsa Berg" }, "restriction": { "period": { "end": "2024-05-17" } }, "input": [{ "type": { "text": "Attempts" }, "valueInteger": 2 }]
}`,
  },
  {
    title: 'Consent',
    json: `{
  "resourceType": "Consent", "id": "sharing", "status": "active", "scope": { "text": "Privacy" }, "category": [{ "text": "Information sharing" }], "patient": { "display": "Ida Lindqvist" }, "dateTime": "2024-01-08", "policyRule": { "text": "Opt in" },
  "provision": { "type": "deny", "period": { "end": "2026" }, "purpose": [{ "display": "Marketing" }] }
}`,
  },
  {
    title: 'List',
    json: `{
  "resourceType": "List", "id": "current", "status": "current", "mode": "changes", "title": "Medicines at discharge", "date": "2024-02-02",
  "entry": [{ "flag": { "text": "New" }, "item": { "display": "Metformin" } }, { "flag": { "text": "Ended" }, "deleted": true, "item": { "display": "Glibenclamide" } }]
}`,
  },
  {
    title: 'Provenance',
    json: `{
  "resourceType": "Provenance", "id": "made", "target": [{ "reference": "Observation/creatinine" }], "recorded": "2024-05-13T14:02:11Z", "activity": { "text": "Create" }, "agent": [{ "type": { "text": "Author" }, "who": { "display": "Riverside Laboratory" } }]
}`,
  },
  {
    title: 'Of a type of its own kind',
    json: `{
  "resourceType": "VisionPrescription", "id": "glasses", "status": "active", "created": "2024-05-13", "dateWritten": "2024-05-13", "patient": { "display": "Ida Lindqvist" }, "prescriber": { "display": "Dr Mei Tan" },
  "lensSpecification": [{ "product": { "text": "Lens" }, "eye": "right", "sphere": -2.00, "cylinder": -0.50, "axis": 180, "prism": [{ "amount": 0.50, "base": "down" }] }]
}`,
  },
];
