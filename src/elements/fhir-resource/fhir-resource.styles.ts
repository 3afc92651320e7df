import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }

  [part='heading'] {
    font-family: var(--smart-font-family-heading, inherit);
    font-size: 1.15em;
    font-weight: 600;
  }

  [part='subtitle'] {
    margin-block: 0.25em;
    color: var(--_quiet);
  }

  dl,
  dd,
  [part~='words'] p {
    margin: 0;
  }

  /* One grid for all facts: a grid for each of them takes its time, and there are thousands. */
  dl {
    display: grid;
    grid-template-columns: minmax(8.5em, 1fr) minmax(0, 3fr);
    align-items: start;
  }

  [part='fact'] {
    display: contents;
  }

  dt,
  dd {
    padding-block: 0.25em;
  }

  dt,
  dt + [part='value'] {
    border-block-start: 1px solid var(--_line);
  }

  dt {
    grid-column: 1;
    padding-inline-end: calc(var(--_space) / 2);
  }

  dd {
    grid-column: 2;
  }

  [part='nested'],
  .wide > dt {
    grid-column: 1 / -1;
  }

  [part='nested'] {
    padding-block: 0;
    padding-inline-start: 1em;
  }

  [part='label'] {
    color: var(--_quiet);
  }

  bdi:not([dir]) {
    white-space: pre-line;
  }

  /* The words of a plain line are in the direction that the page has: nothing is to be kept apart. */
  :host(:dir(ltr)) bdi[dir] {
    unicode-bidi: normal;
  }

  /* One of many in a record: quieter than what a page asks its reader to do. */
  [part~='reference'] {
    min-block-size: 1.75em;
    padding: 0 0.6em;
    background: transparent;
    color: var(--_highlight);
  }

  /* What is far from being seen is not laid out: a page may have a thousand records. Its words are there all the same. */
  .one-of-many {
    content-visibility: auto;
    contain-intrinsic-size: auto 20em auto 12em;
  }

  @media print {
    .one-of-many {
      content-visibility: visible;
    }
  }

  article article {
    border-inline-start: 2px solid var(--_line);
    padding-inline-start: 0.75em;
  }

  [part='opener'] {
    inline-size: 100%;
    padding-inline: 0;
    border-color: transparent;
    background: transparent;
    color: inherit;
    text-align: start;
  }

  [part='opener']::before {
    content: '▸' / '';
    display: inline-block;
    inline-size: 1em;
  }

  [part='opener']:dir(rtl)::before {
    transform: scaleX(-1);
  }

  [part='opener'][aria-expanded='true']::before {
    content: '▾' / '';
  }

  /* Each state has a sign, an edge and words of its own: colour is never all that tells. */
  [part~='words'] {
    --_edge: var(--_line);
    border: 1px var(--_stroke, solid) var(--_edge);
    border-inline-start-width: 4px;
    border-radius: var(--_radius);
    padding: calc(var(--_space) / 2) var(--_space);
  }

  [part~='words']::before {
    content: var(--_sign) / '';
    float: inline-start;
    margin-inline-end: 0.5em;
    font-weight: 700;
  }

  [part~='signed-out'] {
    --_sign: '○';
  }

  [part~='loading'] {
    --_sign: '…';
    --_stroke: dotted;
  }
`;
