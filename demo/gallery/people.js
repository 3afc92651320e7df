/** People, places, and who cares for whom. All of it is invented. */
export const people = [
  {
    title: 'Patient',
    json: `{
  "resourceType": "Patient", "id": "ida", "active": true,
  "identifier": [{ "use": "usual", "type": { "text": "Medical record number" }, "system": "urn:oid:1.2.36.146", "value": "0042-7781" }],
  "name": [{ "use": "official", "family": "Lindqvist", "given": ["Ida", "Marie"], "prefix": ["Ms"] }],
  "telecom": [{ "system": "phone", "value": "+46 8 555 01 12", "use": "home", "rank": 1 }, { "system": "email", "value": "ida@mail.example" }],
  "gender": "female", "birthDate": "1958-11-03",
  "address": [{ "use": "home", "line": ["Storgatan 4"], "city": "Uppsala", "postalCode": "753 20", "country": "SE" }],
  "maritalStatus": { "text": "Widowed" },
  "contact": [{ "relationship": [{ "text": "Daughter" }], "name": { "text": "Elin Lindqvist" }, "telecom": [{ "system": "phone", "value": "+46 8 555 01 13" }] }],
  "communication": [{ "language": { "text": "Swedish" }, "preferred": true }],
  "generalPractitioner": [{ "reference": "Practitioner/okafor", "display": "Dr Chidi Okafor" }]
}`,
  },
  {
    title: 'Practitioner',
    json: `{
  "resourceType": "Practitioner", "id": "okafor", "active": true, "name": [{ "family": "Okafor", "given": ["Chidi"], "prefix": ["Dr"] }],
  "telecom": [{ "system": "phone", "value": "+46 8 555 02 00", "use": "work" }], "gender": "male",
  "qualification": [{ "code": { "text": "MD" }, "period": { "start": "1999-06" }, "issuer": { "display": "Example University" } }]
}`,
  },
  {
    title: 'PractitionerRole',
    json: `{
  "resourceType": "PractitionerRole", "id": "okafor-gp", "active": true, "period": { "start": "2015" },
  "practitioner": { "reference": "Practitioner/okafor", "display": "Dr Chidi Okafor" },
  "organization": { "reference": "Organization/riverside", "display": "Riverside Clinic" },
  "code": [{ "text": "General practitioner" }], "specialty": [{ "text": "Family medicine" }],
  "telecom": [{ "system": "phone", "value": "+46 8 555 02 00" }],
  "availableTime": [{ "daysOfWeek": ["mon", "tue"], "availableStartTime": "08:00:00", "availableEndTime": "16:30:00" }]
}`,
  },
  {
    title: 'Organization',
    json: `{
  "resourceType": "Organization", "id": "riverside", "active": true, "name": "Riverside Clinic", "type": [{ "text": "Health centre" }],
  "identifier": [{ "system": "http://registry.example", "value": "RC-1" }], "telecom": [{ "system": "url", "value": "https://riverside.example" }],
  "address": [{ "line": ["River Road 1"], "city": "Uppsala" }], "partOf": { "display": "Region North" }
}`,
  },
  {
    title: 'Location',
    json: `{
  "resourceType": "Location", "id": "room-3", "status": "suspended", "name": "Treatment room 3", "mode": "instance",
  "type": [{ "text": "Treatment room" }], "telecom": [{ "system": "phone", "value": "ext. 303" }],
  "position": { "longitude": 17.6389, "latitude": 59.8580 }, "managingOrganization": { "display": "Riverside Clinic" }
}`,
  },
  {
    title: 'RelatedPerson',
    json: `{
  "resourceType": "RelatedPerson", "id": "elin", "active": true, "patient": { "reference": "Patient/ida", "display": "Ida Lindqvist" },
  "relationship": [{ "text": "Daughter" }], "name": [{ "text": "Elin Lindqvist" }], "telecom": [{ "system": "phone", "value": "+46 8 555 01 13" }]
}`,
  },
  {
    title: 'CareTeam',
    json: `{
  "resourceType": "CareTeam", "id": "diabetes-team", "status": "active", "name": "Diabetes team", "subject": { "display": "Ida Lindqvist" },
  "participant": [
    { "role": [{ "text": "Physician" }], "member": { "display": "Dr Chidi Okafor" }, "onBehalfOf": { "display": "Riverside Clinic" } },
    { "role": [{ "text": "Nurse" }], "member": { "display": "Åsa Berg" }, "period": { "start": "2023-02" } }]
}`,
  },
  {
    title: 'Coverage',
    json: `{
  "resourceType": "Coverage", "id": "cover", "status": "active", "type": { "text": "Public insurance" }, "subscriberId": "581103-0042",
  "beneficiary": { "reference": "Patient/ida", "display": "Ida Lindqvist" }, "relationship": { "text": "Self" },
  "period": { "start": "2024-01-01", "end": "2024-12-31" }, "payor": [{ "display": "Example Health Fund" }],
  "class": [{ "type": { "text": "Plan" }, "value": "B-20", "name": "Basic 20" }]
}`,
  },
  {
    title: 'FamilyMemberHistory',
    json: `{
  "resourceType": "FamilyMemberHistory", "id": "father", "status": "completed", "patient": { "display": "Ida Lindqvist" },
  "date": "2024-03", "relationship": { "text": "Father" }, "deceasedAge": { "value": 71, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a" },
  "condition": [{ "code": { "text": "Stroke" }, "onsetString": "in his sixties", "contributedToDeath": true }]
}`,
  },
  {
    title: 'Device',
    json: `{
  "resourceType": "Device", "id": "pump", "status": "active", "type": { "text": "Insulin pump" }, "manufacturer": "Example Devices",
  "deviceName": [{ "name": "Pump 300", "type": "user-friendly-name" }], "modelNumber": "P-300", "serialNumber": "SN 0091",
  "udiCarrier": [{ "deviceIdentifier": "09504000059118", "carrierHRF": "(01)09504000059118(17)271120" }],
  "expirationDate": "2027-11-20", "patient": { "display": "Ida Lindqvist" }
}`,
  },
];
