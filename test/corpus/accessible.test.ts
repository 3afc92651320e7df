import 'axe-core';
import { expect } from '@open-wc/testing';
import type { AxeResults, RunOptions } from 'axe-core';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { runs } from '../support/property-runs.js';
import type { Finding } from './check-record.js';
import { files, folders, recordsIn, show } from './records.js';
import { report } from './report.js';

declare const axe: {
  run(context: Element, options: RunOptions): Promise<AxeResults>;
};

const common: RunOptions = { resultTypes: ['violations'], elementRef: false, preload: false };

/** These measure boxes and colours, which takes most of the time; they depend on the parts that are drawn, and not on words. */
const ofLooks = ['color-contrast', 'target-size'];
const ofStructure: RunOptions = {
  ...common,
  rules: Object.fromEntries(ofLooks.map((rule) => [rule, { enabled: false }])),
};
const looks: RunOptions = { ...common, runOnly: { type: 'rule', values: ofLooks } };

/**
 * What axe does for some rules grows with the square of a record; the benchmark waits for the few that are larger. And it
 * reads the tree, which is the same in each engine: the others look at one record of each look.
 */
const mostElements = runs > 200 ? Infinity : 4_000;
const isEachRead = runs > 200 || navigator.userAgent.includes('Chrome/');
/** Of the largest folder every third is read: the benchmark reads all. */
const step = (folder: string): number => (folder === 'r4-official' && runs <= 200 ? 3 : 1);

/** A few at once: what axe does for the page as a whole it then does less often. */
const together = 5;

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

const sizeOf = (element: Element): number => element.shadowRoot?.querySelectorAll('*').length ?? 0;

/** What there is to see in a drawn record, whatever it says. */
function looksOf(element: FhirResourceElement): string {
  const all = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
  return [...new Set(all.map((one) => `${one.localName} ${one.getAttribute('part') ?? ''}`))].sort().join();
}

describe('A real record is accessible', () => {
  const seen = new Set<string>();

  for (const folder of folders) {
    if (!files[folder]?.length) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    it(`${folder}: axe finds nothing in any of them`, async function () {
      this.timeout(runs > 200 ? 600_000 : 100_000);
      const records = (await recordsIn(folder)).filter((_, index) => index % step(folder) === 0);
      const findings: Finding[] = [];
      const start = performance.now();
      let read = 0;
      for (let first = 0; first < records.length; first += together) {
        const page = document.createElement('main');
        document.body.append(page);
        for (const { file, text } of records.slice(first, first + together)) {
          const element = await show(text, { parent: page });
          element.dataset['file'] = file;
          const look = looksOf(element);
          if (sizeOf(element) > mostElements || (seen.has(look) && !isEachRead)) {
            element.remove();
          } else if (!seen.has(look)) {
            seen.add(look);
            findings.push(...(await findingsOf(element, looks)));
          }
        }
        read += page.children.length;
        if (page.children.length) {
          findings.push(...(await findingsOf(page, ofStructure)));
        }
        page.remove();
      }
      const ms = Math.round(performance.now() - start);
      await report(`axe-${folder}`, { findings, ms, read, looks: seen.size });
      expect(findings.map(({ file, path, value }) => `${file}: ${path}: ${value}`)).to.deep.equal([]);
    });
  }
});
