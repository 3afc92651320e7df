import { parseFhirJson } from './json.js';
import { readOutcome } from './operation-outcome.js';
import type { ReadTarget } from './read-target.js';
import { objectsIn, own, textIn, type JsonObject } from './resource.js';
import { statusTable } from './statuses.generated.js';

/**
 * How a search is to be put that a server has refused (400) for how it was put; undefined where its words do not tell.
 *
 * - Some servers search nothing without a status (US Core, CONF-0065): then for every status that there is.
 * - Some know no `_include`: what is referred to can be read for itself.
 */
export function askedOtherwise({ url, about = '' }: ReadTarget, answer: string): string | undefined {
  const words = wordsOf(answer);
  const asked = new URL(url);
  const [parameter = '', codes = ''] = (
    Object.hasOwn(statusTable, about) ? (statusTable[about] ?? '') : ''
  ).split('=');
  const isSearch = asked.pathname.endsWith(`/${about}`);
  const names = [...asked.searchParams.keys()];
  const hasParameter = names.some((name) => name.split(':')[0] === parameter);
  if (isSearch && parameter && !hasParameter && /status/i.test(words)) {
    // As text: nothing else that the author wrote is to be written anew.
    return `${url}${url.includes('?') ? '&' : '?'}${parameter}=${codes}`;
  }
  const others = asked.search
    .slice(1)
    .split('&')
    .filter((part) => !/^_(?:rev)?include\b/.test(part));
  if (isSearch && /include/i.test(words) && others.length < names.length) {
    asked.search = others.join('&');
    return asked.href;
  }
  return undefined;
}

/** All that an OperationOutcome says, for people and programs. */
function wordsOf(answer: string): string {
  let outcome: JsonObject;
  try {
    outcome = parseFhirJson(answer);
  } catch {
    return '';
  }
  const said = readOutcome(outcome);
  const issues = said.length > 0 ? objectsIn(own(outcome, 'issue')) : [];
  const where = issues.flatMap((issue) => [
    textIn(issue, 'diagnostics'),
    ...['expression', 'location'].map((key) => JSON.stringify(own(issue, key))),
  ]);
  return [...said.map(({ text }) => text), ...where].join(' ');
}
