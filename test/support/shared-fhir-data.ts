/** All JSON files of a folder of the FHIR records that are kept beside the project; undefined where they are not. */
export async function sharedFhirData(
  folder: string,
): Promise<readonly (readonly [name: string, text: string])[] | undefined> {
  const answer = await fetch(`/corpus/${folder}.json`);
  const files = (await answer.json()) as { file: string; text: string }[];
  return files.length > 0 ? files.map(({ file, text }) => [file, text]) : undefined;
}
