import 'axe-core';
import { expect } from '@open-wc/testing';
import type { AxeResults, RunOptions } from 'axe-core';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { isThorough } from '../support/thorough.js';
import type { Finding } from './check-record.js';
import { files, folders, recordsIn, type RecordFile, show } from './records.js';
import { openAll } from '../view/words-of.js';
import { report } from './report.js';

declare const axe: {
  run(context: { readonly include: readonly Element[] }, options: RunOptions): Promise<AxeResults>;
};

const common: RunOptions = { resultTypes: ['violations'], elementRef: false, preload: false };

/**
 * These measure boxes and compare colours, which takes most of the time. They depend on which parts stand within which, and
 * not on words: a record is looked at for each way that was not seen before. Thorough runs look at all.
 */
const ofLooks = ['color-contrast', 'link-in-text-block', 'target-size'];
const ofStructure: RunOptions = {
  ...common,
  rules: Object.fromEntries(ofLooks.map((rule) => [rule, { enabled: isThorough }])),
};
const looks: RunOptions = { ...common, runOnly: { type: 'rule', values: ofLooks } };

/** What axe does for a page as a whole takes as long as three records; on a page that is too full it takes much longer. */
const fullPage = { records: 10, elements: 5_000 };

/** The folds of larger ones stay closed: what axe does for some rules grows with the square. Thorough runs open them too. */
const mostElements = isThorough ? Infinity : 4_000;

/** Axe measures the page as a whole each time: what it is to look at is looked at together. */
async function findingsOf(include: readonly Element[], options: RunOptions): Promise<readonly Finding[]> {
  if (include.length === 0) {
    return [];
  }
  const { violations } = await axe.run({ include }, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, any }) => {
      const [host = ''] = target.flat();
      const file = document.querySelector(host)?.getAttribute('data-file') ?? host;
      return { file, path: id, value: `${html.slice(0, 150)} ${any[0]?.message ?? ''}` };
    }),
  );
}

/** Each element, with the parts that it stands in, however deep: what decides how it looks, whatever it says. */
function looksOf(element: FhirResourceElement): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (node: Element | ShadowRoot, around: readonly string[]): void => {
    for (const child of node.children) {
      const part = child.getAttribute('part') ?? '';
      found.add([child.localName, part, child.className, child.getAttribute('style'), ...around].join(' '));
      walk(
        child.shadowRoot ?? child,
        part === '' || around.includes(part) ? around : [...around, part].sort(),
      );
    }
  };
  walk(element.shadowRoot ?? element, []);
  return found;
}

/** What is folded is hidden from axe as well. */
function openFolds(element: FhirResourceElement): void {
  const root = element.shadowRoot;
  if (root && root.querySelectorAll('*').length <= mostElements) {
    openAll(root);
  }
}

/** Axe asks where things are that are not laid out, because nobody sees them yet, and finds them in each other’s place. */
const laidOut = new CSSStyleSheet();
laidOut.replaceSync('.one-of-many { content-visibility: visible }');

/** What can be scrolled is known once its boxes are. */
const drawn = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** Some records on a page of their own. */
class RecordPage {
  readonly #main = document.createElement('main');
  readonly #news: Element[] = [];
  #elements = 0;

  constructor() {
    document.body.append(this.#main);
  }

  get isFull(): boolean {
    return this.#main.childElementCount >= fullPage.records || this.#elements >= fullPage.elements;
  }

  /** @param seen how parts of records have looked so far; this one’s come to them. */
  async add({ file, text }: RecordFile, seen: Set<string>): Promise<void> {
    const element = await show(text, { parent: this.#main });
    const unseen = [...looksOf(element)].filter((look) => !seen.has(look));
    unseen.forEach((look) => seen.add(look));
    element.dataset['file'] = file;
    openFolds(element);
    element.shadowRoot?.adoptedStyleSheets.push(laidOut);
    this.#elements += element.shadowRoot?.querySelectorAll('*').length ?? 0;
    if (unseen.length > 0 && !isThorough) {
      this.#news.push(element);
    }
  }

  /** Has axe read it, and takes it away. */
  async read(): Promise<Reading> {
    await drawn();
    const records = [...this.#main.children];
    const findings = [...(await findingsOf(this.#news, looks)), ...(await findingsOf(records, ofStructure))];
    this.#main.remove();
    return { findings, read: records.length, looked: this.#news.length };
  }
}

interface Reading {
  readonly findings: readonly Finding[];
  /** Of how many records the structure was read. */
  readonly read: number;
  /** Of how many the colours and sizes were. */
  readonly looked: number;
}

describe('A real record is accessible', () => {
  const seen = new Set<string>();

  for (const folder of folders) {
    if (!files[folder]?.length) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    it(`${folder}: axe finds nothing in any of them, with all that can be opened`, async function () {
      this.timeout(isThorough ? 900_000 : 200_000);
      const start = performance.now();
      // What is new is then looked at in small ones, where that takes less.
      const records = [...(await recordsIn(folder))].sort((a, b) => a.text.length - b.text.length);
      const readings: Reading[] = [];
      let page = new RecordPage();
      for (const record of records) {
        await page.add(record, seen);
        if (page.isFull) {
          readings.push(await page.read());
          page = new RecordPage();
        }
      }
      readings.push(await page.read());
      const sum = (count: (reading: Reading) => number): number =>
        readings.reduce((total, reading) => total + count(reading), 0);
      const findings = readings.flatMap((reading) => reading.findings);
      const read = sum((reading) => reading.read);
      await report(`axe-${folder}`, {
        findings,
        ms: Math.round(performance.now() - start),
        read,
        looked: sum((reading) => reading.looked),
        looks: seen.size,
      });
      expect(findings.map(({ file, path, value }) => `${file}: ${path}: ${value}`)).to.deep.equal([]);
      expect(read).to.equal(records.length);
    });
  }
});
