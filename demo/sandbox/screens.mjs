import { scopeInWords } from './scope-words.mjs';

/** Text for a page: nothing in it is markup. */
function text(value) {
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} – sandbox</title>
<link rel="stylesheet" href="/sandbox.css">
</head>
<body>
<p class="sandbox"><strong>Sandbox.</strong> The people here are invented. Do not type a real password.</p>
<main>
<h1>${text(title)}</h1>
${body}
</main>
</body>
</html>`;
}

const problems = {
  'wrong-password': 'The user name or the password is wrong. Try again.',
  'foreign-record': 'You may not open the record that the app was started with. Sign in as somebody who may.',
};

/** Asks for name and password. */
export function renderSignIn({ action, tenant, client, problem, username = '' }) {
  const rows = tenant.accounts.map(
    (account) =>
      `<tr><td><code>${text(account.username)}</code></td><td><code>${text(account.password)}</code></td><td>${text(account.name)}, ${text(account.role)}</td></tr>`,
  );
  const notice = problem ? `<p class="problem" id="problem" role="alert">${text(problems[problem])}</p>` : '';
  const about = problem ? ' aria-describedby="problem"' : '';
  return page(
    'Sign in',
    `<p>Sign in to <strong>${text(tenant.name)}</strong> to go on to <strong>${text(client)}</strong>.</p>
${notice}
<form method="post" action="${text(action)}">
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" required spellcheck="false" value="${text(username)}"${about} autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${about}>
<p><button name="sign-in" value="yes">Sign in</button> <button class="quiet" name="cancel" value="yes" formnovalidate>Cancel</button></p>
</form>
<table><caption>Who you can be here</caption>
<thead><tr><th scope="col">User name</th><th scope="col">Password</th><th scope="col">Who</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`,
  );
}

/** Asks whose record it is about. */
export function renderPatientChoice({ action, patients }) {
  const options = patients.map(
    (patient, index) =>
      `<label class="choice"><input type="radio" name="patient" value="${text(patient.id)}" required${index === 0 ? ' checked' : ''}><span><bdi>${text(nameOf(patient))}</bdi><small>${text(patient.birthDate ? `born ${patient.birthDate}` : 'birth date not known')}, id ${text(patient.id)}</small></span></label>`,
  );
  return page(
    'Choose a patient',
    `<form method="post" action="${text(action)}">
<fieldset><legend>Whose record do you want to open?</legend>
${options.join('\n')}
</fieldset>
<p><button name="choose" value="yes">Open this record</button></p>
</form>`,
  );
}

/** Asks for consent, one line a scope. */
export function renderConsent({ action, otherAccount, client, account, patient, scopes }) {
  const lines = scopes.map(
    (scope) =>
      `<li><label class="choice"><input type="checkbox" name="scope" value="${text(scope)}" checked><span>${text(scopeInWords(scope))} <small><code>${text(scope)}</code></small></span></label></li>`,
  );
  const whose = patient ? ` It is about <strong><bdi>${text(nameOf(patient))}</bdi></strong>.` : '';
  return page(
    'Allow access?',
    `<p><strong>${text(client)}</strong> asks for the following.${whose}</p>
<form method="post" action="${text(action)}">
<ul>${lines.join('\n')}</ul>
<p><button name="decision" value="allow">Allow</button> <button class="quiet" name="decision" value="deny">Deny</button></p>
</form>
<p>You are signed in as <bdi>${text(account.name)}</bdi>. <a href="${text(otherAccount)}">Use another account</a></p>`,
  );
}

/** Asks whether to sign out at this server as well as at the app. */
export function renderSignOut({ action, secret, client, account }) {
  const app = client ? `<strong>${text(client)}</strong>` : 'An app';
  return page(
    'Sign out here, too?',
    `<p>${app} has sent you here to sign out. You are signed in as <bdi>${text(account.name)}</bdi>.</p>
<p>Sign out if others use this computer.</p>
<form method="post" action="${text(action)}">
<input type="hidden" name="xsrf" value="${text(secret)}">
<p><button name="logout" value="yes">Sign out</button> <button class="quiet" name="stay" value="yes">Stay signed in</button></p>
</form>`,
  );
}

/** Says how it ended, to whoever is not sent back to an app. */
export function renderSignedOut({ account }) {
  return account
    ? page(
        'You are still signed in',
        `<p>You are signed in here as <bdi>${text(account.name)}</bdi>. You can close this page.</p>`,
      )
    : page(
        'You are signed out',
        '<p>Nobody is signed in here any more in this browser. You can close this page.</p>',
      );
}

/** Says why a sign-in cannot go on, where there is no app to send the person back to. */
export function renderFailure(error, description) {
  return page(
    'This does not work',
    `<p>${text(description ?? 'The request was not understood.')}</p>
<p>Go back to the app and begin again there.</p>
<p><code>${text(error)}</code></p>`,
  );
}

/** The front page: what is here, and where. */
export function renderWelcome({ tenants, fhirBase }) {
  const rows = tenants.map(
    (tenant) => `<tr><td>${text(tenant.name)}</td><td><code>${text(fhirBase(tenant.id))}</code></td></tr>`,
  );
  return page(
    'A place to try SMART on FHIR',
    `<p>An authorization server and a FHIR server with invented people. The client id is <code>demo-app</code>.</p>
<table><thead><tr><th scope="col">Organisation</th><th scope="col">FHIR base</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

function nameOf({ name = [] }) {
  const [first] = name;
  return (
    first?.text || [...(first?.given ?? []), first?.family].filter(Boolean).join(' ') || 'Name not known'
  );
}
