import { expect } from '@open-wc/testing';
import { assert, asyncProperty, gen } from 'fast-check';

import { runs } from '../support/property-runs.js';
import { ResourceWriter } from './any-resource.js';
import { checkRecord } from './check-record.js';
import { readDefinitions, show, type ElementDefinition } from './records.js';
import { report } from './report.js';

const definitions = await readDefinitions();
/** One engine draws each type; the others see whether they differ. */
const step = navigator.userAgent.includes('Chrome/') ? 1 : 5;
const types = Object.keys(definitions)
  .filter((type) => definitions[type]?.isResource)
  .filter((_, index) => index % step === 0);
/** `npm test` asks for three of each type, the benchmark for as many more. */
const each = Math.max(3, Math.ceil(runs / types.length));

/** Elements in groups, so that each is in one of the resources of its type. */
function groupsOf(type: string): readonly (readonly ElementDefinition[])[] {
  const all = (definitions[type]?.elements ?? []).flatMap((element) =>
    element.types.map((one) => ({ ...element, types: [one] })),
  );
  // No two types of one element in one resource.
  const groups: ElementDefinition[][] = [];
  for (const element of all) {
    const free = groups.find((group) => group.length < 8 && group.every(({ name }) => name !== element.name));
    if (free) {
      free.push(element);
    } else {
      groups.push([element]);
    }
  }
  return groups;
}

let shown = 0;
let leaves = 0;

async function lostOf(json: string): Promise<readonly string[]> {
  const element = await show(json, { attributes: { narrative: 'off' } });
  const { findings, leaves: count } = checkRecord(element, json);
  element.remove();
  shown++;
  leaves += count;
  return findings.map(({ path, value }) => `${path}: ${value}`);
}

describe('Nothing of any resource that FHIR R4 allows is lost', () => {
  const lost: string[] = [];

  for (const [first, group] of inGroups(types, 15)) {
    it(`${first} and those after it`, async function () {
      this.timeout(Math.max(60_000, each * 2_000));
      for (const type of group) {
        for (const elements of [...groupsOf(type), ...Array.from({ length: each }, () => [])]) {
          try {
            await assert(
              asyncProperty(gen(), async (pick) => {
                const json = new ResourceWriter(definitions, pick).resource(type, elements);
                const findings = await lostOf(json);
                if (findings.length) {
                  throw new Error(`${findings.join('\n')}\n${json}`);
                }
              }),
              { numRuns: 1, interruptAfterTimeLimit: 5_000 },
            );
          } catch (fault) {
            lost.push(String(fault instanceof Error ? (fault.cause ?? fault) : fault));
          }
        }
      }
      expect(lost.splice(0).slice(0, 5)).to.deep.equal([]);
    });
  }

  after(() => report('any-resource', { types: types.length, resources: shown, leaves }));
});

function inGroups(all: readonly string[], size: number): readonly (readonly [string, readonly string[]])[] {
  return all.flatMap((first, index) =>
    index % size ? [] : [[first, all.slice(index, index + size)] as const],
  );
}
