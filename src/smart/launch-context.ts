/** A value of a token response, as it came. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

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
  /** Other members of the token response, as they came: extensions, `fhirContext`, `smart_style_url`. */
  readonly extra: { readonly [name: string]: JsonValue };
}
