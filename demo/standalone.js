import { settings } from './settings.js';

const storageKey = 'demo/settings';
const auth = document.querySelector('smart-auth');
const form = document.querySelector('#own');

/** The reader's own server lives as long as the tab, because signing in leaves this page. */
const own = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
const used = own ?? settings;

function show(id, text) {
  document.querySelector(`#${id}`).textContent = text;
}

function addLine(id, text) {
  const line = document.createElement('li');
  line.textContent = text;
  document.querySelector(`#${id}`).append(line);
}

function use({ fhirBase, tenant, clientId, scope }) {
  auth.setAttribute('fhir-base', fhirBase);
  auth.setAttribute('tenant', tenant);
  auth.setAttribute('client-id', clientId);
  auth.setAttribute('scope', scope);
  for (const [name, value] of Object.entries({ fhirBase, tenant, clientId, scope })) {
    form.elements[name].value = value;
  }
}

/** The markup as it stands in the page, without what the kit adds to it. */
function sourceOf(element) {
  const copy = element.cloneNode(true);
  copy.removeAttribute('status');
  const lines = copy.outerHTML.split('\n');
  const indents = lines.slice(1).filter((line) => line.trim() !== '');
  const indent = Math.min(...indents.map((line) => line.search(/\S/)));
  return lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join('\n');
}

/** The snapshot without its functions, which JSON leaves out by itself. */
function inWords({ error, warnings, expiresAt, ...rest }) {
  const details = {
    ...rest,
    ...(expiresAt && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(error && { error: error.code }),
    ...(warnings.length > 0 && { warnings: warnings.map(({ code }) => code) }),
  };
  return JSON.stringify(details, null, 2);
}

let lastStatus = '';
auth.addEventListener('smart-status-change', ({ session }) => {
  show('session', inWords(session));
  if (session.status !== lastStatus) {
    lastStatus = session.status;
    addLine('history', `${new Date().toLocaleTimeString()} ${session.status}`);
  }
  for (const step of document.querySelectorAll('#steps > li')) {
    const isNow = step.dataset.when.split(' ').includes(session.status);
    step.toggleAttribute('data-now', isNow);
    step.setAttribute('aria-current', isNow ? 'step' : 'false');
  }
});

new PerformanceObserver((list) => {
  for (const { name, initiatorType, duration } of list.getEntries()) {
    if (initiatorType === 'fetch' && !name.startsWith(location.origin)) {
      const { origin, pathname } = new URL(name);
      addLine('requests', `${origin}${pathname} – ${Math.round(duration)} ms`);
    }
  }
}).observe({ type: 'resource', buffered: true });

document.querySelector('#reload').addEventListener('click', () => {
  for (const element of document.querySelectorAll('fhir-resource')) {
    element.reload();
  }
});

document.querySelector('#renew').addEventListener('click', () => {
  // What goes wrong shows in the next snapshot.
  auth.session.refresh?.().catch(() => undefined);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(new FormData(form))));
  location.reload();
});

document.querySelector('#sandbox').addEventListener('click', () => {
  sessionStorage.removeItem(storageKey);
  location.reload();
});

use(used);
show('redirect-uri', `${location.origin}${location.pathname}`);
show('source', sourceOf(auth));
document.querySelector('#hint').hidden = own !== null || !settings.fhirBase;

await import('./smart-elements.min.js');
