import { css, type CSSResult } from 'lit';

/** Beside the styles of `<fhir-resource>`, where there is something to say of an answer. */
export const dataStateStyles: CSSResult = css`
  [part~='empty'] {
    --_sign: '∅';
    --_stroke: dashed;
  }

  [part~='partial'] {
    --_sign: '◐';
  }

  [part~='stale'] {
    --_sign: '◷';
    --_stroke: dashed;
    --_edge: var(--_warning);
  }

  [part~='denied'] {
    --_sign: '⊘';
    --_edge: var(--_warning);
  }

  [part~='not-found'] {
    --_sign: '?';
    --_stroke: dashed;
  }

  [part~='gone'] {
    --_sign: '×';
    --_stroke: dotted;
  }

  [part~='error'] {
    --_sign: '!';
    --_edge: var(--_error);
  }

  [part~='refused'] {
    --_sign: '■';
    --_edge: var(--_error);
    border-width: 3px;
  }

  :host(:state(stale)) [part='resource'] {
    border: 1px dashed var(--_warning);
    padding: calc(var(--_space) / 2);
  }
`;
