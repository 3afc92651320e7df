import { expect } from '@open-wc/testing';

import { readNarrative } from '../../src/view/narrative/narrative.js';
import { sharedFhirData } from '../support/shared-fhir-data.js';
import { ownWords } from './narrative-page.js';

/** All narratives within a record, wherever they stand. */
function* narrativesIn(node: unknown): Generator<string> {
  if (typeof node === 'object' && node !== null) {
    const { div, status } = node as { div?: unknown; status?: unknown };
    if (typeof div === 'string' && status !== undefined) {
      yield div;
    }
    for (const child of Object.values(node)) {
      yield* narrativesIn(child);
    }
  }
}

describe('Nothing of the narratives is lost that are kept beside the project:', () => {
  for (const [folder, expected] of [
    ['r4-official', 300],
    ['us-core', 1],
    ['r5-official', 40],
    ['older-versions', 40],
    ['synthea', 0],
  ] as const) {
    it(folder, async function () {
      const files = await sharedFhirData(folder);
      if (!files) {
        this.skip();
      }
      const faults: string[] = [];
      let count = 0;
      for (const [name, text] of files) {
        for (const div of narrativesIn(JSON.parse(text))) {
          count++;
          // Only here, where nothing is hostile: the browser's own reading, to compare with.
          const source = new DOMParser().parseFromString(div, 'application/xml');
          const words = source.documentElement.textContent;
          const narrative = readNarrative(div);
          if (narrative.kind === 'text') {
            faults.push(`${name}: not read`);
            continue;
          }
          const fragment = narrative.build(document);
          const missing = [...source.querySelectorAll('img')].map(
            ({ attributes }) => attributes.getNamedItem('alt')?.value ?? '',
          );
          if (ownWords(fragment).length !== words.length + missing.join('').length) {
            faults.push(`${name}: text`);
          }
          if (!missing.length && ownWords(fragment) !== words) {
            faults.push(`${name}: words`);
          }
          fragment.querySelectorAll('[part=note]').forEach((note) => note.remove());
          const tags = (root: ParentNode): string =>
            [...root.querySelectorAll('*')]
              .map(({ localName }) => localName.replace('img', 'span'))
              .join(' ');
          if (tags(fragment) !== tags(source)) {
            faults.push(`${name}: tags`);
          }
        }
      }
      expect(faults).to.deep.equal([]);
      expect(count).to.be.at.least(expected);
    });
  }
});
