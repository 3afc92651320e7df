import { isObject, own, textIn, type JsonObject } from '../fhir/resource.js';
import type { NarrativeSource } from './resource-view.types.js';
import type { Taker } from './taker.js';

/** The text of a resource, or of a section, for whoever can show it safely: it is markup of the server's. */
export function takeNarrative(taker: Taker, node: JsonObject): NarrativeSource | undefined {
  const text = own(node, 'text');
  const xhtml = isObject(text) ? textIn(text, 'div') : undefined;
  if (!isObject(text) || xhtml === undefined) {
    return undefined;
  }
  taker.mark(text, 'div');
  return {
    xhtml,
    language: textIn(node, 'language'),
    image: (id) => imageIn(taker.contained.get(`#${id}`)),
  };
}

/** The image that a Binary, or a Media, holds (FHIR, Narrative: images by reference). */
function imageIn(holder: JsonObject | undefined): string | undefined {
  const content = own(holder, 'content');
  const image = isObject(content) ? content : holder;
  const [type, data] = [textIn(image, 'contentType'), textIn(image, 'data')];
  return type && data ? `data:${type};base64,${data}` : undefined;
}
