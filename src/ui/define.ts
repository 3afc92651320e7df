/**
 * Registers a tag unless it is taken: a second copy of the kit on a page then uses the first one's element in place
 * of throwing.
 */
export function define(tag: string, elementClass: CustomElementConstructor): void {
  if (!customElements.get(tag)) {
    customElements.define(tag, elementClass);
  }
}
