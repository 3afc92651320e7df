import { render } from 'lit';

import { parseFhirJson } from '../../src/fhir/index.js';
import { renderView } from '../../src/view/render-view.js';
import { viewResource } from '../../src/view/view-resource.js';
import type { Fact, ResourceView } from '../../src/view/resource-view.types.js';

export function viewOf(resource: object | string): ResourceView {
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
  return viewResource(parseFhirJson(text), { language: 'en-GB', today: '2024-06-01', timeZone: 'UTC' });
}

/** A view as it is drawn. */
export function drawn(resource: object | string): HTMLElement {
  const page = document.createElement('div');
  render(renderView(viewOf(resource), { level: 3 }), page);
  openAll(page);
  return page;
}

/** Opens everything that can be opened, also within what is opened by it. */
export function openAll(root: ParentNode): void {
  const closed = '[part=opener][aria-expanded=false]';
  for (
    let one = root.querySelector<HTMLElement>(closed);
    one;
    one = root.querySelector<HTMLElement>(closed)
  ) {
    one.click();
  }
}

/** What a fact says, by its label. */
export function said(resource: object | string, label: string): readonly string[] | undefined {
  return viewOf(resource)
    .facts.find((fact) => fact.label === label)
    ?.values.map(({ text }) => text);
}

export function warnings(resource: object | string): string {
  return viewOf(resource)
    .notices.map(({ text }) => text)
    .join(' ');
}

/** What is seen without opening anything, and what only then. */
export function seenAtOnce(resource: object | string): string {
  return atOnce(viewOf(resource)).join('\n');
}

export function seenInDetails(resource: object | string): string {
  return viewOf(resource).details.flatMap(wordsOfFact).join('\n');
}

function atOnce({ title, status, notices, facts }: ResourceView): string[] {
  return [title ?? '', status ?? '', ...notices.map(({ text }) => text), ...facts.flatMap(wordsOfFact)];
}

function wordsOfFact({ label, values, facts = [], views = [] }: Fact): string[] {
  const told = `${label}: ${values.map(({ text }) => text).join(' | ')}`;
  return [told, ...facts.flatMap(wordsOfFact), ...views.flatMap(atOnce)];
}
