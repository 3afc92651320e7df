/**
 * Which layer of `src` may use which, as ESLint rules.
 *
 * core < smart < session < fhir < view < ui < elements: a file imports from its own layer and those below it.
 */
const layers = ['core', 'smart', 'session', 'fhir', 'view', 'ui', 'elements'];

/** Libraries, and the only places that may use them. */
const libraries = {
  oauth4webapi: ['smart/oauth'],
  'idb-keyval': ['session/record-store.ts'],
  lit: ['view', 'ui', 'elements'],
};

const libraryImports = {
  oauth4webapi: '^oauth4webapi(/|$)',
  'idb-keyval': '^idb-keyval(/|$)',
  lit: '^(lit|lit-html|lit-element|@lit|@lit-labs)(/|$)',
};

/** The modules of `fhir` that are data and nothing else: all that a view may know of that layer. */
const fhirData = ['json', 'resource', 'decimal'];

const anyOf = (names) => `(${names.join('|')})`;

/** Any way that leads into a layer, such as `../smart/x.js` and `../../smart/x.js`. */
function into(layer, except = []) {
  const spared = except.length > 0 ? `(?!${anyOf(except)}\\.js$)` : '';
  return `^(\\.\\.?/)+(src/)?${layer}(/${spared}|$)`;
}

function climbing(layer) {
  const above = layers.slice(layers.indexOf(layer) + 1);
  return above.length === 0
    ? []
    : [{ regex: into(anyOf(above)), message: `“${layer}” may use only the layers below it.` }];
}

function viewLimits() {
  return [
    { regex: into('session'), message: 'A view knows no session.' },
    { regex: into('smart'), message: 'A view knows no protocol.' },
    { regex: into('fhir', fhirData), message: 'A view uses the data of “fhir”, never its clients.' },
  ];
}

function libraryLimits(place) {
  return Object.entries(libraries)
    .filter(([, allowed]) => !allowed.includes(place))
    .map(([name, allowed]) => ({
      regex: libraryImports[name],
      message: `“${name}” is used only in ${allowed.map((folder) => `src/${folder}`).join(', ')}.`,
    }));
}

function importRule(layer, files, place = layer) {
  const ownPackage = { regex: '^smart-elements(/|$)', message: 'Import the file itself.' };
  const patterns = [
    ...climbing(layer),
    ...(layer === 'view' ? viewLimits() : []),
    ...libraryLimits(place),
    ownPackage,
  ];
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export const layerRules = [
  ...layers.map((layer) => importRule(layer, [`src/${layer}/**/*.ts`])),
  importRule('smart', ['src/smart/oauth/**/*.ts'], 'smart/oauth'),
  importRule('session', ['src/session/record-store.ts'], 'session/record-store.ts'),
];

const storage = ['localStorage', 'sessionStorage', 'indexedDB', 'caches'];
const page = ['window', 'document', 'navigator', 'location', 'history', 'self', 'parent', 'top'];

function globalsRule(files, names, message, except = []) {
  const restricted = names.map((name) => ({ name, message }));
  // globalThis.document is the same as document.
  const throughGlobalThis = names.map((property) => ({ object: 'globalThis', property, message }));
  return {
    files,
    ignores: except,
    rules: {
      'no-restricted-globals': ['error', ...restricted],
      'no-restricted-properties': ['error', ...throughGlobalThis],
    },
  };
}

export const globalsRules = [
  globalsRule(
    ['src/{core,smart,session,fhir}/**/*.ts'],
    [...storage, ...page],
    'Below the elements, the platform is reached through the Host interface.',
    ['src/session/{browser-host,form-navigation,page-events,policy-probe,record-store,tab-channel}.ts'],
  ),
  globalsRule(
    ['src/{view,ui,elements}/**/*.ts'],
    [...storage, 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
    'Elements neither store nor fetch: a session does.',
  ),
];
