import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../shared/fhir-data/r4-official');

/** @returns the official examples of R4 as text, and `count` Observations made of those among them; undefined without. */
export function readExamples(count) {
  if (!existsSync(folder)) {
    return undefined;
  }
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const examples = files.filter((_, index) => names[index].startsWith('Observation-'));
  const observations = Array.from({ length: count }, (_, index) =>
    // Each is another one: nothing is spared by knowing it already.
    examples[index % examples.length].replace(/"id"\s*:\s*"[^"]*"/, `"id":"bench-${index}"`),
  );
  return { files, observations };
}
