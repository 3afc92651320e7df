import { settings } from './settings.js';

const storageKey = 'demo/server';
const auth = document.querySelector('smart-auth');
const choice = document.querySelector('#choice').elements.server;
const { servers = [] } = settings;

/** What a page has to say to get on with a server. Most need nothing. */
const remedies = {
  meditech: ({ root }) => ({ 'config-url': `${root}/.well-known/smart-configuration` }),
  medent: () => ({ src: '{+fhirUser}' }),
  hapi: () => ({ 'allow-unprotected': '', src: 'Patient/maria' }),
};

/** Where no page may read the configuration, the page brings it along. */
const configurations = {
  eclinicalworks: ({ root }) => ({
    authorization_endpoint: `${root}/auth`,
    token_endpoint: `${root}/token`,
    revocation_endpoint: `${root}/token/revocation`,
    code_challenge_methods_supported: ['S256'],
    capabilities: ['launch-standalone', 'client-public', 'permission-v2'],
  }),
};

function fill(list, texts, none) {
  list.replaceChildren(
    ...(texts.length > 0 ? texts : [none]).map((text) => {
      const line = document.createElement('li');
      line.textContent = text;
      return line;
    }),
  );
}

function optionOf(text, value) {
  const option = document.createElement('option');
  Object.assign(option, { value, textContent: text });
  return option;
}

function setOrRemove(element, name, value) {
  if (value === undefined) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value);
  }
}

/** Points the app at a server that behaves so. */
function use({ id, faults }) {
  const { origin, pathname } = new URL(settings.fhirBase);
  const root = id ? `${origin}/as/${id}` : origin;
  const { src = 'Patient/{patient}', ...attributes } = remedies[id]?.({ root }) ?? {};
  const configuration = configurations[id]?.({ root });
  for (const name of ['config-url', 'allow-unprotected']) {
    setOrRemove(auth, name, attributes[name]);
  }
  auth.configuration = configuration;
  auth.setAttribute('client-id', settings.clientId);
  auth.setAttribute('scope', settings.scope);
  auth.setAttribute('tenant', settings.tenant);
  auth.setAttribute('fhir-base', `${root}${decodeURI(pathname)}`);
  auth.querySelector('fhir-resource').setAttribute('src', src);
  fill(document.querySelector('#faults'), faults, 'Nothing. It keeps the rules.');
  const said = [
    ...Object.entries(attributes).map(([name, value]) => (value ? `${name}="${value}"` : name)),
    ...(remedies[id] && src !== 'Patient/{patient}' ? [`src="${src}"`] : []),
    ...(configuration ? [`element.configuration = ${JSON.stringify(configuration, null, 2)}`] : []),
  ];
  document.querySelector('#remedy').hidden = said.length === 0;
  document.querySelector('#source').textContent = said.join('\n');
}

function show(session) {
  const facts = {
    Status: session.status,
    ...(session.error && { Error: `${session.error.code}: ${session.error.message}` }),
    ...(session.context && { Patient: session.context.patient ?? 'not said' }),
    ...(session.user && {
      'Signed in': `${session.user.name ?? 'somebody'}, signature ${session.user.signature}`,
    }),
    ...(session.status === 'signed-in' && {
      'Known until': session.expiresAt ? new Date(session.expiresAt).toLocaleTimeString() : 'not said',
      'Can be renewed': session.refreshable ? 'yes' : 'no',
      'Not granted': session.missingScopes.join(' ') || 'nothing',
    }),
  };
  document.querySelector('#result').replaceChildren(
    ...Object.entries(facts).flatMap(([term, text]) => {
      const parts = [document.createElement('dt'), document.createElement('dd')];
      parts[0].textContent = term;
      parts[1].textContent = text;
      return parts;
    }),
  );
  fill(
    document.querySelector('#warnings'),
    session.warnings.map(({ code, fix }) => `${code}: ${fix}`),
    'Nothing.',
  );
}

auth.addEventListener('smart-status-change', ({ session }) => show(session));

if (settings.fhirBase && servers.length > 0) {
  const all = [{ id: '', name: 'A server that keeps the rules', faults: [] }, ...servers];
  choice.replaceChildren(...all.map(({ id, name }) => optionOf(name, id)));
  // Signing in leaves this page, so the choice lives as long as the tab.
  choice.value = sessionStorage.getItem(storageKey) ?? '';
  const chosen = () => all.find(({ id }) => id === choice.value) ?? all[0];
  choice.addEventListener('change', () => {
    sessionStorage.setItem(storageKey, choice.value);
    use(chosen());
  });
  use(chosen());
} else {
  fill(document.querySelector('#faults'), [], 'This page needs the sandbox: npm start.');
}

await import('./smart-elements.min.js');
