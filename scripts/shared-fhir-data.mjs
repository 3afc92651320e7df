/**
 * FHIR records that are kept beside the project, for tests in a browser: at /shared-fhir-data/FOLDER all JSON files of
 * that folder, as `[name, text]`. Where they are not, the answer is 404.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const data = join(import.meta.dirname, '../../shared/fhir-data');

async function filesIn(folder) {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
  );
}

export async function sharedFhirData(context, next) {
  const [, folder] = /^\/shared-fhir-data\/([\w-]+)$/.exec(context.path) ?? [];
  if (!folder) {
    return next();
  }
  try {
    context.body = await filesIn(join(data, folder));
  } catch {
    context.status = 404;
  }
}
