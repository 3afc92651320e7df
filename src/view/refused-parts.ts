import { labelOf } from './labels.js';
import type { RefusedPart } from './modifiers.js';
import { warning } from './notices-of-type.js';
import type { Fact, Notice } from './resource-view.types.js';

const why = 'it carries a condition that changes its meaning and that this page does not understand.';

/** At the top: a record without one of its parts is not to be taken for the whole. */
export function noticeOfRefused({ element, unknown }: RefusedPart, type: string): Notice {
  const urls = unknown.join(', ');
  return warning(
    `A part of this record (${labelOf(element, type)}) is not shown: ${why} Read it in the source system: ${urls}.`,
  );
}

/** Among the facts, where its like are. */
export function factOfRefused({ element }: RefusedPart, type: string): Fact {
  return { label: labelOf(element, type), values: [{ text: `This part is not shown: ${why}` }] };
}
