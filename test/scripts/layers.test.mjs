/** An import that climbs is refused; one that goes down is not. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { ESLint } from 'eslint';
import ts from 'typescript-eslint';

import { globalsRules, layerRules } from '../../scripts/layer-rules.mjs';

const root = join(import.meta.dirname, '../..');
const judged = /^no-restricted-(imports|globals|properties)$/;

// The project's own rules for layers, without those that need types: the texts here are in no project.
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts'], languageOptions: { parser: ts.parser } },
    ...layerRules,
    ...globalsRules,
  ],
});

async function refusals(file, text) {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  const fatal = result.messages.filter((message) => message.fatal || !judged.test(message.ruleId ?? ''));
  assert.deepEqual(fatal, []);
  return result.messages.length;
}

const use = (path) => `import { x } from '${path}';\nx();\n`;

const layers = ['core', 'smart', 'session', 'fhir', 'view', 'ui', 'elements'];

/** A view is told less than its height would allow. */
const limits = { view: ['smart', 'session', 'fhir'] };

for (const [height, layer] of layers.entries()) {
  describe(`src/${layer}`, () => {
    for (const [otherHeight, other] of layers.entries()) {
      if (other === layer) {
        continue;
      }
      const refused = otherHeight > height || limits[layer]?.includes(other);
      it(`${refused ? 'may not' : 'may'} use src/${other}`, async () => {
        for (const [file, path] of [
          [`src/${layer}/a.ts`, `../${other}/b.js`],
          [`src/${layer}/deep/a.ts`, `../../${other}/b.js`],
          [`src/${layer}/deep/a.ts`, `../../${other}/deep/b.js`],
        ]) {
          assert.equal(await refusals(file, use(path)), refused ? 1 : 0, `${file} → ${path}`);
        }
      });
    }

    it('may use its own files', async () => {
      assert.equal(await refusals(`src/${layer}/a.ts`, use('./b.js')), 0);
      assert.equal(await refusals(`src/${layer}/deep/a.ts`, use('../b.js')), 0);
    });

    it('refuses a climbing type, export and re-export alike', async () => {
      if (height === layers.length - 1) {
        return;
      }
      const above = `../${layers.at(-1)}/b.js`;
      for (const text of [
        `import type { X } from '${above}';\nexport type Y = X;\n`,
        `export { x } from '${above}';\n`,
        `export * from '${above}';\n`,
      ]) {
        assert.equal(await refusals(`src/${layer}/a.ts`, text), 1, text);
      }
    });

    it('does not go round by the name of the package', async () => {
      assert.equal(await refusals(`src/${layer}/a.ts`, use('smart-elements/session')), 1);
    });
  });
}

describe('a view', () => {
  for (const module of ['json', 'resource', 'decimal']) {
    it(`may use the data of src/fhir/${module}.ts`, async () => {
      assert.equal(await refusals('src/view/a.ts', use(`../fhir/${module}.js`)), 0);
    });
  }

  for (const module of ['fhir-client', 'index', 'request-queue', 'json-client', 'deep/json']) {
    it(`may not use src/fhir/${module}.ts`, async () => {
      assert.equal(await refusals('src/view/a.ts', use(`../fhir/${module}.js`)), 1);
    });
  }
});

describe('libraries', () => {
  const places = {
    oauth4webapi: ['src/smart/oauth/a.ts'],
    'idb-keyval': ['src/session/record-store.ts'],
    lit: ['src/view/a.ts', 'src/ui/a.ts', 'src/elements/x/a.ts'],
    'lit/decorators.js': ['src/view/a.ts', 'src/ui/a.ts', 'src/elements/x/a.ts'],
    '@lit/context': ['src/view/a.ts', 'src/ui/a.ts', 'src/elements/x/a.ts'],
  };
  const files = [
    ...layers.map((layer) => (layer === 'elements' ? 'src/elements/x/a.ts' : `src/${layer}/a.ts`)),
    'src/smart/oauth/a.ts',
    'src/session/record-store.ts',
  ];
  for (const [library, allowed] of Object.entries(places)) {
    it(`${library} is used only in ${allowed.join(', ')}`, async () => {
      for (const file of files) {
        assert.equal(await refusals(file, use(library)), allowed.includes(file) ? 0 : 1, file);
      }
    });
  }
});

describe('globals', () => {
  const platform = [
    'window',
    'document',
    'localStorage',
    'sessionStorage',
    'indexedDB',
    'navigator',
    'location',
    'history',
  ];

  for (const name of platform) {
    it(`${name} is out of reach below the elements`, async () => {
      for (const layer of ['core', 'smart', 'session', 'fhir']) {
        assert.equal(await refusals(`src/${layer}/a.ts`, `export const x = ${name};\n`), 1, layer);
        assert.equal(await refusals(`src/${layer}/a.ts`, `export const x = globalThis.${name};\n`), 1, layer);
      }
      for (const file of ['browser-host', 'record-store']) {
        assert.equal(await refusals(`src/session/${file}.ts`, `export const x = ${name};\n`), 0, file);
      }
    });
  }

  it('a variable of the same name is none', async () => {
    assert.equal(await refusals('src/smart/a.ts', 'export const f = (document: object) => document;\n'), 0);
  });

  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'fetch']) {
    it(`${name} is out of reach for views and elements`, async () => {
      for (const layer of ['view', 'ui', 'elements']) {
        assert.equal(await refusals(`src/${layer}/a.ts`, `export const x = ${name};\n`), 1, layer);
      }
    });
  }

  it('an element may touch the document, and use the fetch of a session', async () => {
    assert.equal(await refusals('src/ui/a.ts', 'export const x = document.title;\n'), 0);
    assert.equal(await refusals('src/ui/a.ts', 'export const x = (s: any) => s.fetch("/");\n'), 0);
  });
});

describe('eslint.config.js', () => {
  it('holds these rules', async () => {
    const project = new ESLint({ cwd: root });
    const own = await eslint.calculateConfigForFile(join(root, 'src/view/a.ts'));
    const real = await project.calculateConfigForFile(join(root, 'src/view/a.ts'));
    for (const rule of ['no-restricted-imports', 'no-restricted-globals', 'no-restricted-properties']) {
      assert.deepEqual(real.rules[rule], own.rules[rule]);
    }
  });
});
