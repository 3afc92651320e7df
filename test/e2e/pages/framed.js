addEventListener('smart-status-change', ({ session }) => {
  const words = document.querySelector('smart-auth').shadowRoot?.textContent;
  parent.postMessage({ status: session.status, code: session.error?.code, words }, '*');
});
