import { fileURLToPath } from 'node:url';

import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';

import { availableEngines, chromiumArguments, ensureChromium, findFirefox } from './scripts/browsers.mjs';
import { bundledTests, grouped, testFilesIn } from './scripts/bundled-tests.mjs';
import { corpus, corpusReports } from './scripts/corpus.mjs';
import { countReporter } from './scripts/count-reporter.mjs';
import { webkitLauncher } from './scripts/webkit-launcher.mjs';

const engines = process.env.BROWSERS?.split(',') ?? availableEngines();

/** How many cases the property-based tests try: `npm run bench` asks for many more than `npm test`. */
const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 0);

const launchers = {
  chromium: () =>
    chromeLauncher({ launchOptions: { executablePath: ensureChromium(), args: chromiumArguments } }),
  firefox: () => {
    const launcher = chromeLauncher({
      puppeteer: puppeteer.default ?? puppeteer,
      launchOptions: { executablePath: findFirefox(), browser: 'firefox', args: [] },
    });
    launcher.name = 'Firefox';
    return launcher;
  },
  webkit: () => webkitLauncher(),
};

/** Their tests share pages. What an element leaves on a page is for the next test to stumble over: those have their own. */
const shared = testFilesIn(['core', 'smart', 'session', 'fhir', 'view']);
const others = testFilesIn(['conformance', 'ui', 'elements', 'corpus']);

/** Whoever watches files wants each of them as it is now. */
const isWatching = process.argv.includes('--watch');

const devToolsOf = new WeakMap();

/** Tells a browser what media features there are, where it can be told: Chromium alone can. */
const emulateMedia = {
  name: 'media-features',
  async executeCommand({ command, payload, session }) {
    if (command !== 'media-features') {
      return undefined;
    }
    const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
    if (session.browser.name !== 'Chrome') {
      return features.length === 0;
    }
    const page = session.browser.getPage(session.id);
    // Each one has a word of its own in it: the same one takes back what it said.
    const devTools = devToolsOf.get(page) ?? (await page.createCDPSession());
    devToolsOf.set(page, devTools);
    await devTools.send('Emulation.setEmulatedMedia', { features });
    return true;
  },
};

const groups = isWatching ? [] : grouped(shared);

export default {
  files: isWatching ? [...shared, ...others] : [...groups, ...others],
  // Also each file by itself, for whoever asks for it with `--files`.
  middleware: [corpus(), ...(isWatching ? [] : [await bundledTests([...groups, ...shared, ...others])])],
  rootDir: '.',
  hostname: '127.0.0.1',
  nodeResolve: { exportConditions: ['development'] },
  // Test files share the databases of one origin.
  concurrency: 1,
  concurrentBrowsers: 2,
  testFramework: { config: { timeout: propertyRuns > 0 ? 300_000 : 5000 } },
  // The records that are looked at by axe take longest, on a machine that does other things besides.
  testsFinishTimeout: propertyRuns > 0 ? 900_000 : 300_000,
  ...(propertyRuns > 0 && {
    testRunnerHtml: (framework) =>
      `<script>globalThis.propertyRuns = ${propertyRuns};</script><script type="module" src="${framework}"></script>`,
  }),
  plugins: [
    emulateMedia,
    corpusReports('build/corpus'),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  browsers: engines.map((engine) => launchers[engine]()),
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter('build/unit-counts.json'),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
