/** What FHIR appends to the name of an element that has one of several types; `value` takes any type at all. */
const choice =
  /^(value)(?!Set)[A-Z]\w*$|^(?!reference)(\w+)(?:Quantity|CodeableConcept|String|Boolean|Integer|Range|Ratio|DateTime|Period|Timing|Age|Duration|Reference|Attachment|Uri|Canonical)$/;

/** `valueQuantity` → `value`: the element of which a key is one type. */
export function elementOf(key: string): string {
  return key.replace(/^_/, '').replace(choice, '$1$2');
}

/** `valueQuantity` → `Value`, `birthDate` → `Birth date`. */
export function labelOf(key: string): string {
  return inWords(elementOf(key));
}

/** `MedicationRequest` → `Medication request`. */
export function inWords(name: string): string {
  const words = name.replace(
    /([a-z\d])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
