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

  [part='subtitle'],
  [part='unshown'] {
    margin-block: 0.25em;
    color: var(--_quiet);
  }

  dl,
  dd {
    margin: 0;
  }

  [part='fact'] {
    display: grid;
    grid-template-columns: minmax(7em, 1fr) 3fr;
    column-gap: var(--_space);
    padding-block: 0.25em;
    border-block-start: 1px solid var(--_line);
  }

  [part='fact'] > dd {
    grid-column: 2;
  }

  [part='fact'] > [part='nested'] {
    grid-column: 1 / -1;
    padding-inline-start: 1em;
  }

  [part='label'] {
    color: var(--_quiet);
  }

  bdi {
    white-space: pre-line;
  }

  article article {
    border-inline-start: 2px solid var(--_line);
    padding-inline-start: 0.75em;
  }

  summary {
    padding-block: 0.5em;
    cursor: pointer;
  }

  summary:focus-visible {
    outline: 3px solid var(--_highlight);
  }

  [part~='words'] {
    --_edge: var(--_line);
    border: 1px solid var(--_edge);
    border-inline-start-width: 4px;
    border-radius: var(--_radius);
    padding: calc(var(--_space) / 2) var(--_space);
  }

  [part~='signed-out'],
  [part~='empty'],
  [part~='not-found'],
  [part~='gone'] {
    border-style: dashed;
  }

  [part~='loading'] {
    border-style: dotted;
  }

  [part~='partial'],
  [part~='stale'],
  [part~='denied'] {
    --_edge: var(--_warning);
  }

  [part~='denied'] {
    border-inline-start-style: double;
    border-inline-start-width: 8px;
  }

  [part~='error'],
  [part~='refused'] {
    --_edge: var(--_error);
  }

  [part~='refused'] {
    border-width: 3px 3px 3px 8px;
  }

  :host(:state(stale)) [part='resource'] {
    border: 1px dashed var(--_warning);
    padding: calc(var(--_space) / 2);
  }
`;
