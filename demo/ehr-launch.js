import { settings } from './settings.js';

/** Where the sandbox makes a launch and sends the browser on to the app, with `iss` and `launch`. */
function launchAddress(patient) {
  const address = new URL(`/launch/${settings.tenant}`, settings.fhirBase);
  address.searchParams.set('patient', patient);
  address.searchParams.set('app', new URL('./ehr-app.html', location.href).href);
  return address.href;
}

document.querySelector('#launch').addEventListener('submit', (event) => {
  event.preventDefault();
  const address = launchAddress(new FormData(event.target).get('patient'));
  document.querySelector('#address').textContent = address;
  if (event.submitter?.value === 'window') {
    // The app needs nothing of this page: the EHR keeps no hold on it.
    window.open(address, '_blank', 'noopener');
  } else {
    document.querySelector('#app').src = address;
  }
});
