const auth = document.querySelector('smart-auth');

function show(id, text) {
  document.querySelector(`#${id}`).textContent = text;
}

function addLine(id, text) {
  const line = document.createElement('li');
  line.textContent = text;
  document.querySelector(`#${id}`).append(line);
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
  show('cookies', document.cookie || 'none');
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
    if (initiatorType === 'fetch') {
      const { origin, pathname, search } = new URL(name);
      // All of them are at the page's own origin; the policy of this page allows no other.
      const host = origin === location.origin ? '' : origin;
      addLine('requests', `${host}${pathname}${search} – ${Math.round(duration)} ms`);
    }
  }
}).observe({ type: 'resource', buffered: true });

document.querySelector('#reload').addEventListener('click', () => {
  for (const element of document.querySelectorAll('fhir-resource')) {
    element.reload();
  }
});

document.querySelector('#present').addEventListener('click', () => {
  // What goes wrong shows in the next snapshot.
  auth.session.refresh?.().catch(() => undefined);
});

show('source', auth.outerHTML.replaceAll('\n        ', '\n'));
await import('./smart-elements.min.js');
