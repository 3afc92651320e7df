import { html, nothing, type TemplateResult } from 'lit';

import type { Fact, Notice, ResourceView } from './resource-view.types.js';
import { serverText } from './server-text.js';

/** Draws a view. Its heading has the given level; headings of resources within it follow on. */
export function renderView(view: ResourceView, level: number): TemplateResult {
  const { type, id, title, status, notices, facts, details, unshown, refused } = view;
  return html`<article part="resource">
    <div part="heading" role="heading" aria-level=${Math.min(level, 6)}>${serverText(title ?? type)}</div>
    <p part="subtitle">
      ${serverText(type)}${id === undefined ? nothing : html`${' · id '}${serverText(id)}`}
      ${status === undefined ? nothing : html` · Status: ${serverText(status)}`}
    </p>
    ${notices.map(renderNotice)}
    ${refused ? renderNotice({ kind: 'warning', text: `${refused.message} ${refused.fix}` }) : nothing}
    ${renderFacts(facts, level)}
    ${unshown.map(
      ({ label, values }) =>
        html`<p part="unshown">Not shown here: ${label} (${values.map(serverText)}).</p>`,
    )}
    ${
      details.length
        ? html`<details part="details">
            <summary>More details (${details.length})</summary>
            ${renderFacts(details, level)}
          </details>`
        : nothing
    }
  </article>`;
}

function renderNotice({ kind, text }: Notice): TemplateResult {
  return html`<p part="notice ${kind}">
    <strong>${kind === 'warning' ? '⚠ ' : ''}${serverText(text)}</strong>
  </p>`;
}

function renderFacts(facts: readonly Fact[], level: number): TemplateResult | typeof nothing {
  return facts.length
    ? html`<dl part="facts">
        ${facts.map(
          (fact) =>
            html`<div part="fact">
              <dt part="label">${serverText(fact.label)}</dt>
              ${fact.values.map((value) => html`<dd part="value">${serverText(value)}</dd>`)}
              ${fact.facts ? html`<dd part="nested">${renderFacts(fact.facts, level)}</dd>` : nothing}
              ${fact.views?.map((view) => html`<dd part="nested">${renderView(view, level + 1)}</dd>`)}
            </div>`,
        )}
      </dl>`
    : nothing;
}
