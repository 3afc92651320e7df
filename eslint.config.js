import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import ts from 'typescript-eslint';

import { globalsRules, layerRules } from './scripts/layer-rules.mjs';

const readonly = (names) => Object.fromEntries(names.split(' ').map((name) => [name, 'readonly']));

const everywhere = readonly(
  'AbortController AbortSignal atob btoa console crypto DOMException Event EventTarget fetch Headers performance ' +
    'queueMicrotask Request Response setInterval setTimeout clearInterval clearTimeout structuredClone ' +
    'TextDecoder TextEncoder URL URLSearchParams',
);
const ofNode = readonly('Buffer global process setImmediate clearImmediate');
const ofBrowsers = readonly(
  'addEventListener CSS customElements CustomEvent document DOMParser FormData HTMLElement history indexedDB ' +
    'getComputedStyle isSecureContext localStorage location MutationObserver navigator Node parent PerformanceObserver requestAnimationFrame ' +
    'removeEventListener sessionStorage window',
);

/** What no file of the kit may do, whatever its layer. */
const forbidden = [
  ['ExportDefaultDeclaration', 'Name what a module exports.'],
  ['ExportSpecifier[exported.name="default"]', 'Name what a module exports.'],
  ['TSEnumDeclaration', 'Write a union of strings instead of an enum.'],
  [
    'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    'Text never becomes HTML.',
  ],
  ['MemberExpression[object.name="document"][property.name=/^write(ln)?$/]', 'Text never becomes HTML.'],
  ['Identifier[name=/^unsafe(HTML|SVG|Static|CSS)$/]', 'Text never becomes HTML or CSS.'],
].map(([selector, message]) => ({ selector, message }));

const noOnly = {
  selector: 'MemberExpression[object.name=/^(describe|it|test|suite)$/][property.name="only"]',
  message: 'All tests are run.',
};

export default defineConfig(
  { ignores: ['build/**', 'dist/**', 'coverage/**', 'demo/dist/**', 'bench/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [
      js.configs.recommended,
      ts.configs.strictTypeChecked,
      ts.configs.stylisticTypeChecked,
      lit['flat/recommended'],
      wc['flat/best-practice'],
      litA11y.configs.recommended,
    ],
    languageOptions: {
      parserOptions: { project: ['test/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Both are at odds with the compiler option noPropertyAccessFromIndexSignature and with isolatedDeclarations.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-inferrable-types': 'off',
      // An empty string is as good as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // What was caught, or why a signal was aborted, is passed on as it came.
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: true, allowRethrowing: true },
      ],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // Handlers of Lit templates are bound by Lit.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': ['error', ...forbidden, noOnly],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error', 'no-eval': 'error', 'no-new-func': 'error', 'no-alert': 'error' },
  },
  {
    // oauth4webapi marks its option for plain http as deprecated, to make it stand out. Ours is for this machine only.
    files: ['src/smart/oauth/**/*.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Doubles answer as asynchronously as what they stand for.
      '@typescript-eslint/require-await': 'off',
      // Assertions of chai, such as `.to.be.true`, are expressions. The types of
      // semantic-dom-diff say that every `.equal()` can be awaited.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'chai', name: 'Equal' }] },
      ],
    },
  },
  ...layerRules,
  ...globalsRules,
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...everywhere, ...ofNode } },
    rules: { 'no-restricted-syntax': ['error', noOnly], 'no-eval': 'error' },
  },
  {
    // Pages, and functions that a test hands to a page.
    files: ['demo/**/*.{js,mjs}', 'test/e2e/**/*.{js,mjs}', 'bench/**/*.mjs'],
    languageOptions: { globals: ofBrowsers },
  },
);
