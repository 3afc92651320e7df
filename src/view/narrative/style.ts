/** Names, and the values that they may have. */
export type Allowed = readonly (readonly [names: RegExp, values: RegExp])[];

export function isAllowed(list: Allowed, name: string, value: string): boolean {
  return list.some(([names, values]) => names.test(name) && values.test(value));
}

/** Lengths of a page: none below nothing, none that carries what follows out of sight. */
const length = '(?:0|1?\\d{0,2}(?:\\.\\d+)?(?:px|pt)|\\d?(?:\\.\\d+)?(?:r?em|ex)|[1-4]?\\d%)';
const color = '(?:#[\\da-f]{3,8}|[a-z]+|rgba?\\([\\d\\s,.%/]+\\))';
const word = '[a-z-]+';

const upToFour = (one: string): RegExp => new RegExp(`^${one}(?:\\s+${one}){0,3}$`);

const lengths = upToFour(`(?:${length}|auto)`);
const words = upToFour(word);
const colors = new RegExp(`^${color}$`);

/**
 * What a style may say, by property. What is not here could lay text over other text, put it out of sight or fetch:
 * positions, heights, transforms, whatever has parentheses (`url()`, `var()`, `image-set()`, `attr()`), an escape or a
 * quote in it.
 */
const allowed: Allowed = [
  [/^(?:margin|padding)(?:-(?:top|right|bottom|left))?$|^text-indent$|^border-(?:radius|spacing)$/, lengths],
  [
    /^border(?:-(?:top|right|bottom|left))?(?:-(?:width|style|color))?$/,
    upToFour(`(?:${length}|${color}|${word})`),
  ],
  [
    /^font-(?:style|variant)$|^text-(?:align|decoration)$|^white-space$|^list-style-type$|^vertical-align$|^border-collapse$/,
    words,
  ],
  [/^font-weight$/, /^(?:[a-z]+|[1-9]00)$/],
  // Fonts of signs, such as Wingdings, would show other letters than were written.
  [/^font-family$/, /^(?:serif|sans-serif|monospace)$/],
  [/^font-size$/, /^\d{0,3}(?:\.\d+)?(?:px|pt|r?em|%)$/],
  [/^width$/, /^(?:100|\d{1,2}(?:\.\d+)?)(?:%|em)$/],
  [/^(?:color|background|background-color)$/, colors],
];

/** In UTF-16 units. No style of a record is as long; one of millions would take seconds to look through. */
const longest = 10_000;

/** Which colours an element or one around it has already. */
export interface Tints {
  readonly color?: boolean;
  readonly 'background-color'?: boolean;
}

/**
 * Gives an element what is harmless of a style attribute, through the object model: a policy for styles does not stop
 * that.
 *
 * Colours only tint what the page has, and only once on the way down: text in the colour of its background cannot be
 * made, whatever that is. Likewise sizes stay between 12 pixels and three times the size of the page's text.
 *
 * @returns the colours that the element has now.
 */
export function applyStyle(element: HTMLElement, style: string, tints: Tints): Tints {
  const found = { ...tints };
  for (const declaration of style.slice(0, longest).toLowerCase().split(';')) {
    const [property = '', value = ''] = declaration
      .replace(/!\s*important\s*$/, '')
      .split(':')
      .map((part) => part.trim());
    if (!value || !isAllowed(allowed, property, value)) {
      continue;
    }
    const key = property === 'background' ? 'background-color' : property;
    if (key === 'font-size') {
      element.style.setProperty(key, `clamp(12px, ${value}, max(3rem, 48px))`);
    } else if (key !== 'color' && key !== 'background-color') {
      element.style.setProperty(key, value);
    } else if (!tints[key]) {
      const mixed = key === 'color' ? `oklab, ${value} 40%, currentcolor` : `srgb, ${value} 12%, transparent`;
      element.style.setProperty(key, `color-mix(in ${mixed})`);
      found[key] = true;
    }
  }
  return found;
}
