/** Types whose name, taken apart, says something else than what people call their records. */
const plain: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'allergy',
  DocumentReference: 'document',
  FamilyMemberHistory: 'family history',
};

/** `MedicationRequest` → `medication request`: what kind of record it is, for people. */
export function typeInWords(type: string): string {
  return Object.hasOwn(plain, type)
    ? (plain[type] ?? type)
    : type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
