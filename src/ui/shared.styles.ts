import { css, type CSSResult } from 'lit';

/**
 * The look that all elements share: SMART's own style properties, each with a fallback to what the page has.
 * Colours come from system colours and `currentColor`, so that light, dark and forced colours need no rule of their own.
 */
export const sharedStyles: CSSResult = css`
  :host {
    --_text: var(--smart-color-text, inherit);
    --_background: var(--smart-color-background, transparent);
    --_highlight: var(--smart-color-highlight, light-dark(#0b5cad, #8ec5ff));
    --_on-highlight: var(--smart-color-background, light-dark(#ffffff, #10161d));
    --_error: var(--smart-color-error, light-dark(#a4161a, #ff9d96));
    --_warning: light-dark(#7a4d00, #f3c56b);
    --_success: var(--smart-color-success, light-dark(#19692c, #86d993));
    --_line: color-mix(in srgb, currentColor 28%, transparent);
    --_quiet: color-mix(in srgb, currentColor 78%, transparent);
    --_radius: var(--smart-dim-border-radius, 6px);
    --_space: var(--smart-dim-spacing-size, 16px);
    color: var(--_text);
    font-family: var(--smart-font-family-body, inherit);
    font-size: var(--smart-dim-font-size, inherit);
    overflow-wrap: anywhere;
  }

  :host([hidden]) {
    display: none;
  }

  button {
    font: inherit;
    min-block-size: 2.75em;
    padding: 0.5em 1em;
    border: 1px solid var(--_highlight);
    border-radius: var(--_radius);
    background: var(--_highlight);
    color: var(--_on-highlight);
    cursor: pointer;
  }

  button:focus-visible {
    outline: 3px solid var(--_highlight);
    outline-offset: 2px;
  }

  button[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.85;
  }

  [part~='error'],
  [part~='notice'] {
    margin-block: calc(var(--_space) / 2);
    padding-inline-start: 0.75em;
    border-inline-start: 4px solid var(--_warning);
  }

  [part~='error'] {
    border-inline-start-color: var(--_error);
  }

  @media (forced-colors: active) {
    :host {
      --_highlight: LinkText;
      --_error: CanvasText;
      --_warning: CanvasText;
      --_success: CanvasText;
      --_line: CanvasText;
      --_quiet: CanvasText;
    }

    button {
      border-color: ButtonBorder;
      background: ButtonFace;
      color: ButtonText;
    }
  }
`;
