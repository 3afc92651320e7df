import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: inline-block;
  }

  button {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    max-inline-size: 100%;
  }

  [part='spinner'] {
    inline-size: 0.9em;
    block-size: 0.9em;
    border: 2px solid;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part='spinner'] {
      animation: none;
      border-style: dotted;
    }
  }
`;
