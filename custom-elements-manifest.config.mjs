/** `npx cem analyze` writes custom-elements.json: what an editor, and a reader, may know of each element. */

/** The manifest speaks of what is published. */
const published = (path) => path.replace(/^(\.?\/)?src\//, 'dist/').replace(/\.ts$/, '.js');

const isPublic = ({ name, privacy }) =>
  !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected';

/** Lit's own switches are static members of each class. */
const isOurs = (member) => !member.static;

/** The analyzer also finds every dispatchEvent(), with variables for names. A promise is what is documented. */
const isDocumented = (event) => event.name && event.description;

const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const lists = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'];

function tidyDeclaration(declaration) {
  if (declaration.members) {
    declaration.members = declaration.members.filter(isPublic).filter(isOurs);
  }
  if (declaration.events) {
    declaration.events = declaration.events.filter(isDocumented);
  }
  for (const list of lists) {
    declaration[list]?.sort(byName);
  }
}

/** Every path anywhere in the manifest that still names a source file. */
function publishPaths(value) {
  for (const [key, inner] of Object.entries(value)) {
    if ((key === 'module' || key === 'path') && typeof inner === 'string') {
      value[key] = published(inner);
    } else if (inner && typeof inner === 'object') {
      publishPaths(inner);
    }
  }
}

/** Our tags are defined by a helper, which the analyzer does not see through. */
function nameDefinitions({ modules }) {
  for (const { path, declarations = [] } of modules) {
    for (const { name, tagName } of declarations.filter((declaration) => declaration.tagName)) {
      const defining = modules.find((module) => module.path.endsWith(`/${tagName}/${tagName}.ts`));
      defining?.exports.push({
        kind: 'custom-element-definition',
        name: tagName,
        declaration: { name, module: path },
      });
    }
  }
}

const tidy = {
  name: 'tidy',
  packageLinkPhase({ customElementsManifest: manifest }) {
    manifest.modules.forEach(({ declarations = [] }) => declarations.forEach(tidyDeclaration));
    nameDefinitions(manifest);
    publishPaths(manifest);
    // The order of a directory listing differs between machines.
    manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  },
};

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['src/**/*.styles.ts', 'src/elements/smart-auth/page-host.ts'],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [tidy],
};
