import { css, type CSSResult } from 'lit';

/** Fonts and colours are the page's. The classes are those of FHIR, Narrative, “Styles”. */
export const styles: CSSResult = css`
  :host {
    display: block;
    contain: content;
    overflow-x: auto;
    overflow-wrap: break-word;
  }

  /* What overflows at the left of a page that is read from left to right could not be scrolled to. */
  [dir] {
    overflow-x: auto;
  }

  @media print {
    :host,
    [dir] {
      contain: none;
      overflow: visible;
    }
  }

  :host(:focus-visible),
  :focus-visible {
    outline: 3px solid currentcolor;
    outline-offset: -3px;
  }

  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin-block: 0.6em 0.3em;
    font-size: max(1.05em, 12px);
  }

  h1,
  h2 {
    font-size: min(1.2em, max(3rem, 48px));
  }

  big {
    font-size: min(1.17em, max(3rem, 48px));
  }

  /* Small within small within small is still to be read. */
  small,
  sub,
  sup,
  code,
  pre,
  samp,
  tt {
    font-size: max(0.85em, 12px);
  }

  pre,
  .plain {
    white-space: pre-wrap;
  }

  blockquote {
    margin-inline: 1em;
  }

  img {
    max-width: 100%;
    height: auto;
  }

  td,
  th {
    padding: 0.15em 0.4em;
    text-align: start;
    vertical-align: top;
  }

  .grid {
    border-collapse: collapse;
  }

  .grid :is(td, th) {
    border: 1px solid;
  }

  [part='note'] {
    font-size: max(0.85em, 12px);
    font-style: italic;
  }

  .bold {
    font-weight: bold;
  }
  .italics {
    font-style: italic;
  }
  .underline {
    text-decoration: underline;
  }
  .strikethrough {
    text-decoration: line-through;
  }
  .underline.strikethrough {
    text-decoration: underline line-through;
  }
  .left {
    text-align: left;
  }
  .right {
    text-align: right;
  }
  .center {
    text-align: center;
  }
  .justify {
    text-align: justify;
  }
  .border-left {
    border-left: 1px solid;
  }
  .border-right {
    border-right: 1px solid;
  }
  .border-top {
    border-top: 1px solid;
  }
  .border-bottom {
    border-bottom: 1px solid;
  }
  .arabic {
    list-style-type: decimal;
  }
  .little-roman {
    list-style-type: lower-roman;
  }
  .big-roman {
    list-style-type: upper-roman;
  }
  .little-alpha {
    list-style-type: lower-alpha;
  }
  .big-alpha {
    list-style-type: upper-alpha;
  }
  .disc {
    list-style-type: disc;
  }
  .circle {
    list-style-type: circle;
  }
  .square {
    list-style-type: square;
  }
  .unlist {
    list-style-type: none;
  }
`;
