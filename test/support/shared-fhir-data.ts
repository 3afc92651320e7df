/** All JSON files of a folder of the FHIR records that are kept beside the project; undefined where they are not. */
export async function sharedFhirData(
  folder: string,
): Promise<readonly (readonly [name: string, text: string])[] | undefined> {
  const answer = await fetch(`/shared-fhir-data/${folder}`);
  return answer.ok ? ((await answer.json()) as [string, string][]) : undefined;
}
