// What a script of the page fails at is kept where a test can read it, in every engine.
window.faults = [];
addEventListener('error', ({ message }) => window.faults.push(message));
addEventListener('unhandledrejection', ({ reason }) => window.faults.push(String(reason)));
