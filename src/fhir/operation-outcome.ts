import type { OutcomeIssue } from '../core/smart-error.js';
import { isObject, objectsIn, own, textIn, type JsonValue } from './resource.js';

/** No more of a server's words than a person can read. */
const longest = 500;
const most = 10;

/**
 * The issues of an OperationOutcome as text, or nothing where the value is none.
 *
 * Diagnostics are left out where there are words for people: they may hold stack traces. What looks like a credential
 * is taken away from either.
 */
export function readOutcome(value: JsonValue | undefined): readonly OutcomeIssue[] {
  if (!isObject(value) || textIn(value, 'resourceType') !== 'OperationOutcome') {
    return [];
  }
  return objectsIn(own(value, 'issue'))
    .slice(0, most)
    .map((issue) => {
      const details = objectsIn(own(issue, 'details'))[0];
      const display = objectsIn(own(details, 'coding')).map((coding) => textIn(coding, 'display'));
      const text = textIn(details, 'text') ?? display.find(Boolean) ?? textIn(issue, 'diagnostics');
      return {
        severity: textIn(issue, 'severity') ?? 'error',
        code: textIn(issue, 'code') ?? 'unknown',
        ...(text && { text: withoutCredentials(text.slice(0, 2 * longest)).slice(0, longest) }),
      };
    });
}

function withoutCredentials(text: string): string {
  return text
    .replace(/\bBearer\s+\S+/gi, 'Bearer …')
    .replace(/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '…')
    .replace(/(https?:\/\/[^\s?]+)\?\S*/gi, '$1?…');
}
