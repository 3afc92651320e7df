import 'axe-core';
import { expect } from '@open-wc/testing';
import type { AxeResults, RunOptions } from 'axe-core';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { runs } from '../support/property-runs.js';
import type { Finding } from './check-record.js';
import { files, folders, recordsIn, show } from './records.js';
import { openAll } from '../view/words-of.js';
import { report } from './report.js';

declare const axe: {
  run(context: Element, options: RunOptions): Promise<AxeResults>;
};

const common: RunOptions = { resultTypes: ['violations'], elementRef: false, preload: false };

/**
 * These measure boxes and compare colours, which takes most of the time. They depend on which parts stand within which, and
 * not on words: a record is looked at for each way that was not seen before. The benchmark looks at all.
 */
const ofLooks = ['color-contrast', 'link-in-text-block', 'target-size'];
const isThorough = runs > 200;
const ofStructure: RunOptions = {
  ...common,
  rules: Object.fromEntries(ofLooks.map((rule) => [rule, { enabled: isThorough }])),
};
const looks: RunOptions = { ...common, runOnly: { type: 'rule', values: ofLooks } };

/** What axe does for a page as a whole takes as long as three records. */
const together = 10;

/** What axe reads is the same in each engine: the others look at what looks new alone. */
const isEachRead = isThorough || navigator.userAgent.includes('Chrome/');

/** The folds of larger ones stay closed: what axe does for some rules grows with the square. The benchmark opens them too. */
const mostElements = isThorough ? Infinity : 4_000;

async function findingsOf(page: Element, options: RunOptions): Promise<readonly Finding[]> {
  const { violations } = await axe.run(page, options);
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

describe('A real record is accessible', () => {
  const seen = new Set<string>();

  for (const folder of folders) {
    if (!files[folder]?.length) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    it(`${folder}: axe finds nothing in any of them, with all that can be opened`, async function () {
      this.timeout(isThorough ? 900_000 : 200_000);
      // What is new is then looked at in small ones, where that takes less.
      const records = [...(await recordsIn(folder))].sort((a, b) => a.text.length - b.text.length);
      const findings: Finding[] = [];
      const start = performance.now();
      let read = 0;
      let looked = 0;
      const pages: number[] = [];
      for (let first = 0; first < records.length; first += together) {
        const page = document.createElement('main');
        document.body.append(page);
        const news: Element[] = [];
        for (const { file, text } of records.slice(first, first + together)) {
          const element = await show(text, { parent: page });
          const unseen = [...looksOf(element)].filter((look) => !seen.has(look));
          unseen.forEach((look) => seen.add(look));
          element.dataset['file'] = file;
          openFolds(element);
          element.shadowRoot?.adoptedStyleSheets.push(laidOut);
          if (unseen.length && !isThorough) {
            news.push(element);
          } else if (!isEachRead) {
            element.remove();
          }
        }
        await drawn();
        for (const element of news) {
          findings.push(...(await findingsOf(element, looks)));
        }
        looked += news.length;
        read += page.children.length;
        if (page.children.length) {
          findings.push(...(await findingsOf(page, ofStructure)));
        }
        page.remove();
        pages.push(Math.round(performance.now() - start));
      }
      const ms = Math.round(performance.now() - start);
      await report(`axe-${folder}`, { findings, ms, read, looked, pages, looks: seen.size });
      expect(findings.map(({ file, path, value }) => `${file}: ${path}: ${value}`)).to.deep.equal([]);
      expect(isEachRead ? read : records.length).to.equal(records.length);
    });
  }
});
