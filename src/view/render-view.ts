import { html, nothing, type TemplateResult } from 'lit';

import type { JsonObject } from '../fhir/resource.js';
import { fold } from './fold.js';
import type { Fact, FactValue, NarrativeSource, Notice, ResourceView } from './resource-view.types.js';
import { isPlain, serverText, visibleText } from './server-text.js';

/**
 * How much of a resource is drawn. What changes its meaning is always drawn.
 *
 * - `auto`: all of it, with the rest under “More details”, and resources within it in short.
 * - `full`: all of it, with nothing to be opened.
 * - `summary`: what matters most, with everything else under “More details”.
 * - `line`: what matters most, and nothing else.
 */
export type Extent = 'auto' | 'full' | 'summary' | 'line';

/** How a view is drawn, and who draws what a view alone cannot. */
export interface Drawing {
  /** The level of its heading; headings of resources within it follow on. */
  readonly level: number;
  /** Whether there are many on the page: then those that nobody sees are not laid out. */
  readonly isOneOfMany?: boolean;
  readonly extent?: Extent;
  /** Draws the text of a resource, which is markup from a server. */
  readonly narrative?: ((source: NarrativeSource) => unknown) | undefined;
  /** Whether the narrative stands in place of the facts. */
  readonly isNarrativeOnly?: boolean;
  /** Draws what leads on to a reference. */
  readonly reference?: ((value: FactValue) => unknown) | undefined;
  /** Draws what shows, or opens, the content of an attachment. */
  readonly attachment?: ((attachment: JsonObject) => unknown) | undefined;
}

/** Draws a view. */
export function renderView(view: ResourceView, drawing: Drawing): TemplateResult {
  const { type, id, title, status, notices, refused } = view;
  return html`<article part="resource" class=${drawing.isOneOfMany ? 'one-of-many' : ''}>
    <div part="heading" role="heading" aria-level=${Math.min(drawing.level, 6)}>
      <bdi>${visibleText(title ?? type)}</bdi>
    </div>
    <p part="subtitle"><bdi>${visibleText(type)}</bdi>${beside('id ', id)}${beside('Status: ', status)}</p>
    ${notices.map(renderNotice)}
    ${refused ? renderNotice({ kind: 'warning', text: `${refused.message} ${refused.fix}` }) : nothing}
    ${renderContent(view, drawing)}
  </article>`;
}

function beside(name: string, text: string | undefined): unknown {
  return text === undefined ? nothing : html`${' · '}<bdi>${name}${visibleText(text)}</bdi>`;
}

function renderContent(view: ResourceView, drawing: Drawing): unknown {
  const { narrative, isNarrativeFirst, refused } = view;
  const { extent = 'auto', isNarrativeOnly } = drawing;
  const drawNarrative = narrative && drawing.narrative;
  const text = drawNarrative && ((): unknown => drawNarrative(narrative));
  if (isNarrativeOnly) {
    return text?.() ?? renderNotice({ kind: 'information', text: 'This record has no text of its own.' });
  }
  if (refused) {
    // Whoever does not understand a modifier may still show what was written for people (FHIR, Narrative).
    return text
      ? html`<p part="subtitle">What the source of this record wrote:</p>
          ${text()}`
      : nothing;
  }
  if (extent === 'line') {
    return html`<p part="line">
      ${view.keyFacts.map((fact) => html`<span part="fact">${serverText(fact.label)}: ${inLine(fact)}</span> `)}
    </p>`;
  }
  const told = extent === 'summary' ? 'keyFacts' : 'facts';
  const first = view[told];
  const isOpen = extent === 'full';
  const drawRest = (): unknown =>
    renderFacts([...view.facts.filter((fact) => !first.includes(fact)), ...view.details], drawing);
  const source =
    text &&
    ((): TemplateResult =>
      html`<p part="subtitle">${sourceWrote}</p>
        ${text()}`);
  if (isNarrativeFirst && text) {
    const more = view.saysMoreThan(told) ? renderFold(moreDetails, drawRest, isOpen) : nothing;
    return html`${text()} ${renderFacts(first, drawing)} ${more}`;
  }
  const more = view.saysMoreThan(told)
    ? renderFold(moreDetails, () => [drawRest(), source?.()], isOpen)
    : text && renderFold(sourceWrote, text, isOpen);
  return html`${renderFacts(first, drawing)} ${more ?? nothing}`;
}

const moreDetails = 'More details';
const sourceWrote = 'As its source wrote it';

function renderFold(title: string, draw: () => unknown, isOpen: boolean): unknown {
  return fold(title, () => orSaid(draw), isOpen);
}

/** Facts are drawn up late: one that cannot be is said in its place, and takes nothing else with it. */
function orSaid(draw: () => unknown): unknown {
  try {
    return draw();
  } catch {
    return renderNotice({ kind: 'warning', text: 'There is more here, which cannot be shown.' });
  }
}

function renderNotice({ kind, text }: Notice): TemplateResult {
  return html`<p part="notice ${kind}">
    <strong>${kind === 'warning' ? '⚠ ' : ''}<bdi>${visibleText(text)}</bdi></strong>
  </p>`;
}

function renderFacts(facts: readonly Fact[], drawing: Drawing): TemplateResult | typeof nothing {
  return facts.length
    ? html`<dl part="facts">${facts.map((fact) => renderFact(fact, drawing))}</dl>`
    : nothing;
}

/** Most facts are one line of words: those are drawn from one template, because there are very many of them. */
function renderFact({ label, values, facts, views }: Fact, drawing: Drawing): TemplateResult {
  const [only, ...others] = values;
  if (only && isLine(only) && !others.length && !facts && !views) {
    return html`<div part="fact">
      <dt part="label">${visibleText(label)}</dt>
      <dd part="value"><bdi dir="ltr">${visibleText(only.text)}</bdi></dd>
    </div>`;
  }
  return html`<div part="fact" class=${only ? '' : 'wide'}>
    <dt part="label">${visibleText(label)}</dt>
    ${values.map((value) => html`<dd part="value">${renderValue(value, drawing)}</dd>`)}
    ${facts ? html`<dd part="nested">${renderFacts(facts, drawing)}</dd>` : nothing}
    ${views?.map((view) => html`<dd part="nested">${orSaid(() => renderView(view, within(drawing)))}</dd>`)}
  </div>`;
}

/** Whether it is a line of left-to-right words, with nothing to open or to go on to. */
function isLine({ text, reference, attachment }: FactValue): boolean {
  return isPlain(text) && reference === undefined && attachment === undefined;
}

function renderValue(value: FactValue, drawing: Drawing): unknown {
  const { text, reference, attachment } = value;
  return html`<bdi>${visibleText(text)}</bdi>
    ${reference === undefined ? nothing : drawing.reference?.(value)}
    ${attachment === undefined ? nothing : drawing.attachment?.(attachment)}`;
}

/** A fact in a line of text. */
function inLine({ values, facts = [], views = [] }: Fact): TemplateResult {
  const words = [...values.map(({ text }) => serverText(text)), ...views.map(nameInLine)];
  return html`${words.map((one, index) => html`${index ? '; ' : ''}${one}`)}
  ${facts.map((fact) => html`${serverText(fact.label)}: ${inLine(fact)} `)}`;
}

/** A resource within a resource: what it is, and what nobody should miss who reads no further. */
function nameInLine({ type, title, notices, refused }: ResourceView): TemplateResult {
  const warnings = notices.filter(({ kind }) => kind === 'warning').map(({ text }) => text);
  const words = [...warnings, ...(refused ? [refused.message] : [])].map((text) => ` ⚠ ${text}`).join('');
  return serverText(`${title ?? type}${words}`);
}

/** How a resource within a resource is drawn. */
function within(drawing: Drawing): Drawing {
  const { level, extent = 'auto' } = drawing;
  return { ...drawing, isOneOfMany: true, level: level + 1, extent: extent === 'auto' ? 'summary' : extent };
}
