/** All families of errors, for whoever wants the whole catalogue: the types, the docs, the tests. */
export { authorizeError } from './authorize.js';
export { callbackError } from './callback.js';
export { configError } from './config.js';
export { contextError } from './context.js';
export { discoveryError } from './discovery.js';
export { fhirError } from './fhir.js';
export { guardError } from './guard.js';
export { idTokenError } from './id-token.js';
export { launchError } from './launch.js';
export { providerError } from './provider.js';
export { reservedSessionError, reservedStorageError } from './reserved.js';
export { scopeAdvice } from './scope-advice.js';
export { scopeError } from './scope.js';
export { sessionError } from './session.js';
export { storageError } from './storage.js';
export { tokenError } from './token.js';
export { viewError } from './view.js';
export { windowError } from './window.js';
