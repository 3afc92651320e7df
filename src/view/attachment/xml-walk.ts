import type { XmlElement } from '../narrative/xhtml.js';

/** The child elements of a name. Names are in lower case, without prefix. */
export function elementsIn(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return (parent?.children ?? []).filter(
    (child): child is XmlElement => typeof child === 'object' && child.name === name,
  );
}

/** The first element at the end of a path. */
export function elementAt(
  parent: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  return path.reduce((at, name) => elementsIn(at, name)[0], parent);
}

/** An attribute, by its name in lower case. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.get(name);
}

/** All text within, its white space as one space. */
export function textWithin(element: XmlElement | undefined): string {
  return rawTextWithin(element).replace(/\s+/g, ' ').trim();
}

/** All text within, as written. */
export function rawTextWithin(element: XmlElement | undefined): string {
  return (element?.children ?? [])
    .map((child) => (typeof child === 'string' ? child : rawTextWithin(child)))
    .join('');
}

/** An element and everything below it. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) {
    if (typeof child === 'object') {
      yield* everyElement(child);
    }
  }
}
