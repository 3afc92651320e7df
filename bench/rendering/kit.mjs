/** The element as it is published. */
import '../../dist/elements/fhir-resource/fhir-resource.js';
import { present } from './in-page.mjs';

let host;
let shown = [];

await present({
  setUp(element) {
    host = element;
  },
  async show(texts) {
    shown = texts.map((text) => {
      const element = document.createElement('fhir-resource');
      element.resourceText = text;
      return element;
    });
    host.append(...shown);
    await Promise.all(shown.map((element) => element.updateComplete));
  },
  isShown: () => shown.every((element) => !element.matches(':state(loading)')),
  countFailed: () => shown.filter((element) => element.matches(':state(error), :state(refused)')).length,
  clear() {
    host.replaceChildren();
    shown = [];
  },
});
