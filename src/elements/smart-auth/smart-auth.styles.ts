import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: contents;
  }

  [part~='error'] {
    display: block;
  }
`;
