import { expect } from '@open-wc/testing';

import { checkAtOnce, readAtOnce } from './check-at-once.js';
import type { Finding } from './check-record.js';
import { files, folders, readDefinitions, recordsIn, show } from './records.js';
import { report } from './report.js';

describe('What a reader must see of a real record is seen before anything is opened', () => {
  for (const folder of folders) {
    if (!files[folder]?.length) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    it(`${folder}: facts of each type, every modifier, and names in words`, async function () {
      this.timeout(60_000);
      const definitions = await readDefinitions();
      const findings: Finding[] = [];
      const start = performance.now();
      for (const { file, text } of await recordsIn(folder)) {
        const element = await show(text, { attributes: { narrative: 'off' } });
        findings.push(...checkAtOnce(readAtOnce(element), text, { file, definitions }));
        element.remove();
      }
      await report(`at-once-${folder}`, { findings, ms: Math.round(performance.now() - start) });
      expect(findings.map(({ file, path, value }) => `${file}: ${path}: ${value}`)).to.deep.equal([]);
    });
  }
});
