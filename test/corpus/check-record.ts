import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { Seen } from './words.js';
import { holdsUnknownModifier, leavesOf, readWritten, textIn, WrittenNumber } from './written.js';

/** What is wrong with how a record is shown. */
export interface Finding {
  readonly file: string;
  readonly path: string;
  readonly value: string;
}

export interface Checked {
  /** How many primitives the record has. */
  readonly leaves: number;
  readonly isRefused: boolean;
  readonly findings: readonly Finding[];
}

/** Looks for every primitive of a record in what is seen once all is opened. */
export function checkRecord(element: FhirResourceElement, text: string, file = ''): Checked {
  const tree = readWritten(text);
  const type = textIn(tree, 'resourceType');
  const seen = Seen.of(element, 'with all opened');
  if (holdsUnknownModifier(tree)) {
    const isRefused = element.matches(':state(refused)');
    const findings = isRefused ? [] : [{ file, path: type, value: 'not refused' }];
    return { leaves: 0, isRefused, findings };
  }
  if (!element.matches(':state(ready)')) {
    return { leaves: 0, isRefused: false, findings: [{ file, path: type, value: 'not drawn' }] };
  }
  const leaves = [...leavesOf(tree, type, holdsUnknownModifier)];
  const lost = leaves.filter((leaf) => !seen.tells(leaf));
  return {
    leaves: leaves.length,
    isRefused: false,
    findings: [
      ...lost.map(({ path, value }) => ({
        file,
        path,
        value: value instanceof WrittenNumber ? value.text : String(value),
      })),
      ...emptyFoldsOf(element).map(() => ({ file, path: type, value: 'opened, and nothing is in it' })),
    ],
  };
}

/** Whether there is more is told before more is drawn up: nobody must open what has nothing in it. */
function emptyFoldsOf(element: FhirResourceElement): readonly Element[] {
  const folds = element.shadowRoot?.querySelectorAll('[part=details]') ?? [];
  return [...folds].filter((fold) => fold.textContent.trim() === '');
}
