import { neededScope } from '../smart/needed-scope.js';
import type { Permissions } from './read-answer.js';
import { typeInWords } from './type-words.js';

/** What `fhir/forbidden` says: what was refused, in words, and the scope that it takes. */
export function forbiddenValues(
  type: string,
  action: 'read' | 'search',
  { patient, scopes }: Permissions,
): Record<'value' | 'scope', string> {
  const words = typeInWords(type);
  const level = patient === undefined ? 'user' : 'patient';
  const { scope, isGranted } = neededScope({ type, action, level }, scopes ?? []);
  const known = isGranted
    ? ', which was granted: the server has a rule of its own'
    : ', which was not granted';
  return {
    value: action === 'read' ? `this ${words} record` : `${words} records`,
    scope: `the scope ${scope}${scopes ? known : ''}`,
  };
}
