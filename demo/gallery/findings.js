/** What was found: results, problems, documents. All of it is invented. */
export const findings = [
  {
    title: 'Observation: a measurement',
    json: `{
  "resourceType": "Observation", "id": "creatinine", "status": "final", "category": [{ "text": "Laboratory" }],
  "code": { "coding": [{ "system": "http://loinc.org", "code": "2160-0", "display": "Creatinine" }] },
  "subject": { "reference": "Patient/ida", "display": "Ida Lindqvist" }, "effectiveDateTime": "2024-05-13T08:20:00+02:00", "issued": "2024-05-13T14:02:11.345Z",
  "performer": [{ "display": "Riverside Laboratory" }],
  "valueQuantity": { "value": 1.10, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL" },
  "interpretation": [{ "text": "High" }], "note": [{ "text": "Sample slightly haemolysed.", "time": "2024-05-13", "authorString": "B. Lund" }],
  "referenceRange": [
    { "low": { "value": 0.50, "unit": "mg/dL" }, "high": { "value": 1.00, "unit": "mg/dL" }, "appliesTo": [{ "text": "Women" }] },
    { "low": { "value": 0.70, "unit": "mg/dL" }, "high": { "value": 1.20, "unit": "mg/dL" }, "appliesTo": [{ "text": "Men" }] }]
}`,
  },
  {
    title: 'Observation: blood pressure',
    json: `{
  "resourceType": "Observation", "id": "bp", "status": "final", "code": { "text": "Blood pressure" }, "effectiveDateTime": "2024-05-13",
  "bodySite": { "text": "Left arm" },
  "component": [
    { "code": { "text": "Systolic" }, "valueQuantity": { "value": 142, "unit": "mmHg" }, "interpretation": [{ "text": "High" }] },
    { "code": { "text": "Diastolic" }, "valueQuantity": { "value": 88.0, "unit": "mmHg" } },
    { "code": { "text": "Pulse" }, "dataAbsentReason": { "text": "Not asked" } }]
}`,
  },
  {
    title: 'Condition',
    json: `{
  "resourceType": "Condition", "id": "diabetes", "category": [{ "text": "Problem list item" }], "severity": { "text": "Moderate" },
  "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
  "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed" }] },
  "code": { "text": "Type 2 diabetes", "coding": [{ "system": "http://snomed.info/sct", "code": "44054006", "display": "Diabetes mellitus type 2" }] },
  "subject": { "display": "Ida Lindqvist" }, "onsetDateTime": "2001", "recordedDate": "2001-04-19", "recorder": { "display": "Dr Chidi Okafor" }
}`,
  },
  {
    title: 'AllergyIntolerance',
    json: `{
  "resourceType": "AllergyIntolerance", "id": "penicillin", "type": "allergy", "category": ["medication"], "criticality": "high",
  "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active" }] },
  "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "code": "confirmed" }] },
  "code": { "text": "Penicillin" }, "patient": { "display": "Ida Lindqvist" }, "onsetAge": { "value": 9, "unit": "years" }, "recordedDate": "2019-02",
  "reaction": [{ "manifestation": [{ "text": "Hives" }, { "text": "Swollen tongue" }], "severity": "severe", "exposureRoute": { "text": "By mouth" } }]
}`,
  },
  {
    title: 'DiagnosticReport',
    json: `{
  "resourceType": "DiagnosticReport", "id": "lipids", "status": "final", "category": [{ "text": "Laboratory" }], "code": { "text": "Lipid panel" },
  "subject": { "display": "Ida Lindqvist" }, "effectiveDateTime": "2024-05-13", "issued": "2024-05-14T09:00:00Z", "performer": [{ "display": "Riverside Laboratory" }],
  "result": [{ "reference": "#ldl" }, { "reference": "Observation/hdl", "display": "HDL cholesterol" }], "conclusion": "LDL above target.",
  "presentedForm": [{ "contentType": "text/plain; charset=utf-8", "data": "TERMIGFib3ZlIHRhcmdldC4=", "title": "Report" }],
  "contained": [{ "resourceType": "Observation", "id": "ldl", "status": "final", "code": { "text": "LDL cholesterol" }, "valueQuantity": { "value": 3.90, "unit": "mmol/L" } }]
}`,
  },
  {
    title: 'DocumentReference',
    json: `{
  "resourceType": "DocumentReference", "id": "discharge", "status": "current", "docStatus": "final", "type": { "text": "Discharge summary" },
  "category": [{ "text": "Clinical note" }], "subject": { "display": "Ida Lindqvist" }, "date": "2024-02-02T10:00:00Z", "author": [{ "display": "Dr Chidi Okafor" }],
  "custodian": { "display": "Riverside Clinic" }, "description": "Discharge summary of February 2024",
  "content": [{ "attachment": { "contentType": "text/plain", "title": "Summary", "data": "SWRhIHdlbnQgaG9tZSB3ZWxsLg==", "creation": "2024-02-02" }, "format": { "display": "Plain text" } }],
  "context": { "period": { "start": "2024-01-30", "end": "2024-02-02" }, "facilityType": { "text": "Hospital" } }
}`,
  },
  {
    title: 'Specimen',
    json: `{
  "resourceType": "Specimen", "id": "blood", "status": "available", "type": { "text": "Venous blood" }, "subject": { "display": "Ida Lindqvist" },
  "receivedTime": "2024-05-13T09:10:00Z", "collection": { "collectedDateTime": "2024-05-13T08:20:00+02:00", "bodySite": { "text": "Left arm" }, "quantity": { "value": 5.0, "unit": "mL" } },
  "container": [{ "type": { "text": "EDTA tube" } }]
}`,
  },
  {
    title: 'QuestionnaireResponse',
    json: `{
  "resourceType": "QuestionnaireResponse", "id": "phq", "status": "completed", "questionnaire": "http://forms.example/phq-2", "authored": "2024-05-13T08:00:00+02:00",
  "subject": { "display": "Ida Lindqvist" },
  "item": [{ "linkId": "1", "text": "In the last two weeks", "item": [
    { "linkId": "1.1", "text": "Little interest in doing things", "answer": [{ "valueCoding": { "code": "0", "display": "Not at all" } }] },
    { "linkId": "1.2", "text": "Days in bed", "answer": [{ "valueInteger": 0 }] }] }]
}`,
  },
  {
    title: 'Composition',
    json: `{
  "resourceType": "Composition", "id": "summary", "status": "final", "title": "Patient summary", "date": "2024-05-14", "type": { "text": "Summary" },
  "author": [{ "display": "Dr Chidi Okafor" }], "subject": { "display": "Ida Lindqvist" },
  "section": [{ "title": "Allergies", "text": { "status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>Penicillin: hives.</p></div>" }, "entry": [{ "reference": "AllergyIntolerance/penicillin" }] },
    { "title": "Plans", "emptyReason": { "text": "Not asked" } }]
}`,
  },
  {
    title: 'Media',
    json: `{
  "resourceType": "Media", "id": "foot", "status": "completed", "type": { "text": "Photo" }, "subject": { "display": "Ida Lindqvist" }, "createdDateTime": "2024-05-13",
  "bodySite": { "text": "Left foot" }, "width": 1, "height": 1,
  "content": { "contentType": "image/png", "title": "Left foot", "data": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" }
}`,
  },
  {
    title: 'ClinicalImpression',
    json: `{
  "resourceType": "ClinicalImpression", "id": "impression", "status": "completed", "description": "Yearly review", "date": "2024-05-13", "subject": { "display": "Ida Lindqvist" },
  "assessor": { "display": "Dr Chidi Okafor" }, "summary": "Diabetes under control; blood pressure to be watched.", "finding": [{ "itemCodeableConcept": { "text": "High blood pressure" }, "basis": "Three readings" }]
}`,
  },
  {
    title: 'RiskAssessment',
    json: `{
  "resourceType": "RiskAssessment", "id": "stroke-risk", "status": "final", "code": { "text": "Risk of stroke" }, "subject": { "display": "Ida Lindqvist" }, "occurrenceDateTime": "2024-05",
  "prediction": [{ "outcome": { "text": "Stroke" }, "probabilityDecimal": 0.070, "whenRange": { "low": { "value": 5, "unit": "years" }, "high": { "value": 10, "unit": "years" } } }]
}`,
  },
];
