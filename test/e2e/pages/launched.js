// What the app shows is told to the page around it, which may not look into it.
function tell(what) {
  const { session } = document.querySelector('smart-auth');
  const words = document.querySelector('fhir-resource').shadowRoot?.textContent;
  const { status, error, context } = session;
  const page = performance.timeOrigin;
  const told = { what, page, status, code: error?.code, patient: context?.patient, words };
  // As JSON has it: what there is nothing of is left out, in every engine.
  parent.postMessage(JSON.parse(JSON.stringify(told)), '*');
}

addEventListener('smart-status-change', () => tell('status'));
addEventListener('fhir-load', () => tell('record'));
