import type { JsonObject } from './json-object.js';

/** What the sign-in is about (SMART App Launch 2.2, "Launch context arrives with your access_token"). */
export interface LaunchContext {
  /** The id of the patient. */
  readonly patient?: string;
  /** The id of the encounter. */
  readonly encounter?: string;
  /** Whether the page must show whose record this is. False only where the server says so. */
  readonly needPatientBanner: boolean;
  /** What the EHR's user wanted to do. */
  readonly intent?: string;
  /** The organisation, as an opaque string. */
  readonly tenant?: string;
  /** Other members of the token response, as they came: extensions, `fhirContext`, `smart_style_url`,
   * `authorization_details`, `appContext`. {@link readFhirContext} and its like read them. */
  readonly extra: JsonObject;
}

/** The members of a token response that belong to OAuth, not to the launch. */
const ofOAuth = new Set(['access_token', 'token_type', 'expires_in', 'scope', 'refresh_token', 'id_token']);
const named = new Set(['patient', 'encounter', 'need_patient_banner', 'intent', 'tenant']);

/** Reads the launch context from the members of a token response. What does not have the form it should is left out. */
export function readLaunchContext(response: JsonObject): LaunchContext {
  const text = (name: string): string | undefined => {
    const value = response[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const patient = text('patient');
  const encounter = text('encounter');
  const intent = text('intent');
  const tenant = text('tenant');
  const banner = response['need_patient_banner'];
  const others = Object.entries(response).filter(([name]) => !ofOAuth.has(name) && !named.has(name));
  return Object.freeze({
    ...(patient !== undefined && { patient }),
    ...(encounter !== undefined && { encounter }),
    ...(intent !== undefined && { intent }),
    ...(tenant !== undefined && { tenant }),
    // SMART-76: absent means show it; some servers send the boolean as a string.
    needPatientBanner: banner !== false && banner !== 'false',
    extra: Object.freeze(Object.fromEntries(others)),
  });
}
