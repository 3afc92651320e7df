import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }

  p {
    margin: 0;
  }

  p + p,
  p + button {
    margin-block-start: 0.4em;
  }

  [part='link'] {
    color: var(--_highlight);
  }

  button + button {
    margin-inline-start: 0.5em;
  }

  @media not (forced-colors: active) {
    button + button {
      background: transparent;
      color: var(--_highlight);
    }
  }

  [part='value'] {
    font-weight: 600;
  }

  [part='label'] {
    color: var(--_quiet);
  }

  [part~='mark'] {
    display: inline-block;
    inline-size: 0.65em;
    block-size: 0.65em;
    margin-inline-end: 0.5em;
    border: 2px solid currentColor;
    border-radius: 50%;
  }

  :host(:state(signed-in)) [part~='mark'] {
    background: var(--_success);
    border-color: var(--_success);
    forced-color-adjust: none;
  }

  :host(:state(expired)) [part~='mark'] {
    border-radius: 0;
    border-color: var(--_warning);
    rotate: 45deg;
  }
`;
