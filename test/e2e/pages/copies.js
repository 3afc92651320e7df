// Tags that the page itself has taken come first, then a copy of the kit that knows of some of its elements only, then one
// that knows of all. Which tags are whose is kept where a test can read it.
const { first, own } = document.documentElement.dataset;
const listed = (text) => text.split(' ').filter(Boolean);
const tags = ['smart-auth', 'smart-login-button', 'smart-session-status', 'fhir-resource'];
const defined = () => tags.filter((tag) => customElements.get(tag));

for (const tag of listed(own)) {
  customElements.define(tag, class extends HTMLElement {});
}
const ofPage = defined();

const { define } = customElements;
customElements.define = function defineSome(tag, ...more) {
  if (listed(first).includes(tag)) {
    define.call(this, tag, ...more);
  }
};
await import('/dist/smart-elements.min.js?copy=1');
delete customElements.define;
const ofFirst = defined().filter((tag) => !ofPage.includes(tag));

await import('/dist/smart-elements.min.js?copy=2');
const ofSecond = defined().filter((tag) => !ofPage.includes(tag) && !ofFirst.includes(tag));
window.tagsOf = { page: ofPage, first: ofFirst, second: ofSecond };
