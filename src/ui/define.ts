/**
 * Registers a tag unless it is taken: a second copy of the kit on a page then uses the first one's element in place
 * of throwing. On a server there are no tags.
 */
export function define(tag: string, elementClass: CustomElementConstructor): void {
  if ('customElements' in globalThis && !customElements.get(tag)) {
    customElements.define(tag, elementClass);
  }
}
