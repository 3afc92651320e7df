import { expect } from '@open-wc/testing';

import { files, recordsIn, show } from './records.js';
import { report } from './report.js';
import { checkRecord, type Finding } from './check-record.js';

/** How many there are at the least: a folder that lost its files would pass without them. */
const expected: Record<string, number> = {
  'r4-official': 367,
  'us-core': 125,
  'r5-official': 57,
  'older-versions': 94,
  adversarial: 32,
};

describe('Nothing of a real record is lost', () => {
  for (const [folder, count] of Object.entries(expected)) {
    const found = files[folder]?.length ?? 0;
    if (found === 0) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    it(`${folder}: every value of each record is on the page`, async function () {
      this.timeout(60_000);
      const findings: Finding[] = [];
      const start = performance.now();
      let leaves = 0;
      let refused = 0;
      for (const { file, text } of await recordsIn(folder)) {
        const element = await show(text, { attributes: { narrative: 'off' } });
        const result = checkRecord(element, text, file);
        findings.push(...result.findings);
        leaves += result.leaves;
        refused += Number(result.isRefused);
        element.remove();
      }
      await report(`lost-${folder}`, {
        files: found,
        leaves,
        refused,
        findings,
        ms: Math.round(performance.now() - start),
      });
      expect(findings.map(({ file, path, value }) => `${file}: ${path}: ${value}`)).to.deep.equal([]);
      expect(found).to.be.at.least(count);
    });
  }
});
