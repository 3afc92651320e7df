import { css, type CSSResult } from 'lit';

/** Beside the shared styles, where there is an attachment. */
export const attachmentStyles: CSSResult = css`
  [part='attachment'] {
    margin-block: calc(var(--_space) / 4);
  }

  [part='image'],
  [part='media'],
  [part='document'] img {
    display: block;
    max-inline-size: 100%;
  }

  [part='image'] {
    max-block-size: 80vh;
  }

  [part='text'] {
    margin: 0;
    font-size: max(0.9em, 12px);
    white-space: pre-wrap;
  }

  [part='document'] {
    overflow-x: auto;
  }

  [part='document'] :is(td, th) {
    border: 1px solid var(--_line);
    padding: 0.15em 0.4em;
    text-align: start;
    vertical-align: top;
  }

  [part='document'] table {
    border-collapse: collapse;
  }
`;
