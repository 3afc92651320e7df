/** Registers every element. The provider comes first, so that the others find it when they are upgraded. */
import './elements/smart-auth/smart-auth.js';
import './elements/smart-login-button/smart-login-button.js';
import './elements/smart-session-status/smart-session-status.js';
import './elements/fhir-resource/fhir-resource.js';
