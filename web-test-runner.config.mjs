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
/** What usually a part of is enough, or one engine: all of it, everywhere. */
const isThorough = process.env.THOROUGH === '1';
/** What the tests find in their pages. */
const asked = { isThorough, ...(propertyRuns > 0 && { propertyRuns }) };

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

/** What axe reads is the same in each engine, and takes long: Chromium reads it alone, but in thorough runs. */
const ofOneEngine = ['test/corpus/accessible.test.ts'];

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

const browsers = engines.map((engine) => launchers[engine]());
const chromium = browsers[engines.indexOf('chromium')];
/** Whoever asks for files gets those, in each engine. */
const isWhole = !isWatching && !process.argv.includes('--files');
const isParted = isWhole && !isThorough && chromium !== undefined;

export default {
  files: [
    ...(isWatching ? shared : groups),
    ...others.filter((file) => !isParted || !ofOneEngine.includes(file)),
  ],
  groups: isParted ? [{ name: 'of one engine', files: ofOneEngine, browsers: [chromium] }] : [],
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
  testsFinishTimeout: propertyRuns > 0 || isThorough ? 1_800_000 : 300_000,
  testRunnerHtml: (framework) =>
    `<script>Object.assign(globalThis, ${JSON.stringify(asked)});</script><script type="module" src="${framework}"></script>`,
  plugins: [
    emulateMedia,
    corpusReports('build/corpus'),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  browsers,
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter('build/unit-counts.json'),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
