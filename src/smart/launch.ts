/** How an EHR opens an app: `iss` names its FHIR base, `launch` what it was doing (SMART App Launch, "EHR launch"). */
export interface Launch {
  /** Verbatim: it becomes `aud` (SMART-26). */
  readonly issuer: string;
  /** Opaque. Absent where only `iss` came: then it is a standalone launch at a server that is given (SMART-14). */
  readonly launch?: string;
}

/**
 * Finds a launch in an address. Where there is `launch` without `iss`, the issuer is empty.
 *
 * The values are read as they stand: an EHR may write `+` for itself, where a form would mean a space (SMART-15).
 */
export function readLaunch(address: string): Launch | undefined {
  const { search } = new URL(address);
  const issuer = rawValue(search, 'iss');
  const launch = rawValue(search, 'launch');
  if (launch === undefined && /[?&](?:code|error)=/.test(search)) {
    // An answer to a sign-in that lacks its state: its iss (RFC 9207) opens nothing.
    return undefined;
  }
  if (issuer === undefined ? launch === undefined : !/^https?:\/\//i.test(issuer)) {
    return undefined;
  }
  return { issuer: issuer ?? '', ...(launch !== undefined && { launch }) };
}

function rawValue(search: string, name: string): string | undefined {
  const [, value] = new RegExp(`[?&]${name}=([^&]+)`).exec(search) ?? [];
  try {
    return value && decodeURIComponent(value);
  } catch {
    // An EHR that does not encode what it sends: the value is the text itself.
    return value;
  }
}
