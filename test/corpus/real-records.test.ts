import { expect } from '@open-wc/testing';

import { checkAtOnce, readAtOnce } from './check-at-once.js';
import { checkRecord, type Finding } from './check-record.js';
import { files, folders, readDefinitions, recordsIn, show } from './records.js';
import { report } from './report.js';

/** How many there are at the least: a folder that lost its files would pass without them. */
const expected: Record<string, number> = {
  'r4-official': 367,
  'us-core': 125,
  'r5-official': 57,
  'older-versions': 94,
  adversarial: 32,
};

interface Result {
  readonly files: number;
  readonly leaves: number;
  readonly refused: number;
  /** Values that are nowhere on the page. */
  readonly lost: readonly Finding[];
  /** What must be seen, and is only once something is opened. */
  readonly unseen: readonly Finding[];
}

/** Draws each record of a folder and looks at it in both ways. */
async function check(folder: string): Promise<Result> {
  const definitions = await readDefinitions();
  const records = await recordsIn(folder);
  const lost: Finding[] = [];
  const unseen: Finding[] = [];
  let leaves = 0;
  let refused = 0;
  const start = performance.now();
  for (const { file, text } of records) {
    const element = await show(text, { attributes: { narrative: 'off' } });
    const result = checkRecord(element, text, file);
    lost.push(...result.findings);
    leaves += result.leaves;
    refused += Number(result.isRefused);
    unseen.push(...checkAtOnce(readAtOnce(element), text, { file, definitions }));
    element.remove();
  }
  const all = { files: records.length, leaves, refused, lost, unseen };
  await report(`lost-${folder}`, { ...all, ms: Math.round(performance.now() - start) });
  return all;
}

const inLines = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ file, path, value }) => `${file}: ${path}: ${value}`);

describe('Of a real record', () => {
  for (const folder of folders) {
    if (!files[folder]?.length) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    let result: Result;

    it(`${folder}: every value is on the page`, async function () {
      this.timeout(60_000);
      result = await check(folder);
      expect(inLines(result.lost)).to.deep.equal([]);
      expect(result.files).to.be.at.least(expected[folder] ?? 1);
      expect(result.leaves).to.be.greaterThan(result.files);
    });

    it(`${folder}: what must be seen is seen before anything is opened, in words`, () => {
      expect(inLines(result.unseen)).to.deep.equal([]);
    });
  }
});
