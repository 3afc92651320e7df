import { isJsonObject, type JsonObject } from './json-object.js';
import type { LaunchContext } from './launch-context.js';
import { isSecureUrl } from './secure-url.js';
import { splitScope } from './scope.js';

/** One thing that a launch is about beside patient and encounter. At least one of the first three is there. */
export interface FhirContextItem {
  /** Relative to the FHIR base, or absolute. */
  readonly reference?: string;
  readonly canonical?: string;
  readonly identifier?: JsonObject;
  /** A FHIR type. */
  readonly type?: string;
  /** What it is there for. Default: `launch`. */
  readonly role: string;
}

/** What a token is for at further places (`authorization_details` of type `smart_on_fhir`). */
export interface SmartAuthorization {
  /** FHIR bases, over TLS or of this machine. */
  readonly locations: readonly string[];
  readonly fhirVersions: readonly string[];
  readonly scopes: readonly string[];
  readonly patient?: string;
  readonly encounter?: string;
  readonly fhirContext: readonly FhirContextItem[];
}

/**
 * Reads `fhirContext` in the form of version 2.0 of the guide (references as text) and of 2.1 (objects). What cannot be
 * understood is left out.
 */
export function readFhirContext({ extra }: Pick<LaunchContext, 'extra'>): readonly FhirContextItem[] {
  return list(extra['fhirContext']).flatMap((item) => readItem(item) ?? []);
}

/** The address of the EHR's style, where it is a safe one (`smart_style_url`). */
export function readStyleUrl({ extra }: LaunchContext): string | undefined {
  return secure(extra['smart_style_url']);
}

/** Reads `authorization_details` (RFC 9396) of type `smart_on_fhir`. Places that are not secure are left out. */
export function readAuthorizationDetails({ extra }: LaunchContext): readonly SmartAuthorization[] {
  return list(extra['authorization_details'])
    .filter(isJsonObject)
    .filter(({ type }) => type === 'smart_on_fhir')
    .map((detail) => {
      const patient = text(detail['patient']);
      const encounter = text(detail['encounter']);
      return {
        locations: list(detail['locations']).flatMap((url) => secure(url) ?? []),
        fhirVersions: list(detail['fhirVersions']).flatMap((version) => text(version) ?? []),
        scopes: splitScope(text(detail['scope']) ?? ''),
        ...(patient !== undefined && { patient }),
        ...(encounter !== undefined && { encounter }),
        fhirContext: readFhirContext({ extra: detail }),
      };
    });
}

/** `appContext`, as CDS Hooks hands it on: text that the app gave itself. @returns undefined where it is not JSON. */
export function readAppContext({ extra }: LaunchContext): unknown {
  const value = extra['appContext'];
  try {
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  } catch {
    return undefined;
  }
}

function readItem(item: unknown): FhirContextItem | undefined {
  if (typeof item === 'string' && item !== '') {
    return { reference: item, role: 'launch' };
  }
  if (!isJsonObject(item)) {
    return undefined;
  }
  const reference = text(item['reference']);
  const canonical = text(item['canonical']);
  const identifier = isJsonObject(item['identifier']) ? item['identifier'] : undefined;
  const type = text(item['type']);
  if (reference === undefined && canonical === undefined && identifier === undefined) {
    return undefined;
  }
  return {
    ...(reference !== undefined && { reference }),
    ...(canonical !== undefined && { canonical }),
    ...(identifier && { identifier }),
    ...(type !== undefined && { type }),
    role: text(item['role']) ?? 'launch',
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function secure(value: unknown): string | undefined {
  const url = text(value);
  return url !== undefined && URL.canParse(url) && isSecureUrl(new URL(url)) ? url : undefined;
}
