import { care } from './gallery/care.js';
import { findings } from './gallery/findings.js';
import { hostileTraps } from './gallery/hostile-traps.js';
import { meaningTraps } from './gallery/meaning-traps.js';
import { people } from './gallery/people.js';

const groups = [
  ['People and places', people],
  ['Findings', findings],
  ['Care', care],
  ['What does not mean what it seems to', meaningTraps],
  ['What attacks the page, or may not be shown', hostileTraps],
];

const main = document.querySelector('main');
const form = document.querySelector('#choices');
const jump = document.querySelector('#sample');

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A record as it is shown, with its JSON beside it. */
function sampleOf({ title, json }, id) {
  const shown = make('fhir-resource', { headingLevel: 4 });
  shown.resourceText = json;
  const source = make('pre', { textContent: json, tabIndex: 0 });
  source.setAttribute('aria-label', `The JSON of “${title}”`);
  source.setAttribute('lang', 'zxx');
  source.setAttribute('dir', 'ltr');
  const heading = make('h3', { id, textContent: title, tabIndex: -1 });
  heading.lang = 'en-GB';
  heading.dir = 'ltr';
  return make('article', { className: 'sample' }, heading, make('div', { className: 'pair' }, shown, source));
}

let count = 0;
for (const [name, samples] of groups) {
  const headingId = `group-${count}`;
  const section = make('section', {}, make('h2', { id: headingId, textContent: name }));
  section.setAttribute('aria-labelledby', headingId);
  const options = make('optgroup', { label: name });
  for (const sample of samples) {
    const id = `sample-${count++}`;
    section.append(sampleOf(sample, id));
    options.append(make('option', { value: id, textContent: sample.title }));
  }
  jump.append(options);
  main.append(section);
}

function apply() {
  const { view, narrative, language, direction, colours } = Object.fromEntries(new FormData(form));
  // Through the CSSOM: a style attribute would be against the policy of this page.
  document.documentElement.style.colorScheme = colours;
  for (const shown of document.querySelectorAll('fhir-resource')) {
    shown.setAttribute('view', view);
    shown.setAttribute('narrative', narrative);
    if (shown.lang !== language) {
      shown.lang = language;
      // Dates are put into words when a record is drawn up, and the language does not announce itself.
      const text = shown.resourceText;
      shown.resourceText = '';
      shown.updateComplete?.then(() => (shown.resourceText = text));
    }
    shown.dir = direction;
  }
}

function goTo(id) {
  const target = document.getElementById(id);
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

form.addEventListener('change', ({ target }) => {
  if (target === jump) {
    goTo(jump.value);
    history.replaceState(null, '', `#${jump.value}`);
  } else {
    apply();
  }
});
form.addEventListener('submit', (event) => event.preventDefault());

await import('./smart-elements.min.js');
apply();
if (location.hash) {
  jump.value = location.hash.slice(1);
  goTo(jump.value);
}
