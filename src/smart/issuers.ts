import { launchError } from '../core/errors/launch.js';
import type { ClientOptions } from './client-settings.js';
import type { Launch } from './launch.js';
import { hostOf } from './secure-url.js';

/** A FHIR server that may open this app, and what is different there. */
export interface AllowedIssuer {
  /** The FHIR base, as the EHR sends it in `iss`. */
  readonly issuer: string;
  /** Default: that of the element. */
  readonly clientId?: string;
  /** Default: that of the element. */
  readonly scope?: string;
  /** Where its configuration is, in place of the well-known place. That of the element is for `fhir-base` alone. */
  readonly configUrl?: string;
}

/**
 * Reads a list of allowed issuers: what a script sets, or the text of an attribute, which is URLs separated by white
 * space, or the same list as JSON.
 *
 * @throws {SmartError} `launch/invalid-issuers`.
 */
export function readIssuers(value: string | readonly AllowedIssuer[]): readonly AllowedIssuer[] {
  if (typeof value !== 'string') {
    return value;
  }
  const text = value.trim();
  if (!text.startsWith('[')) {
    return text
      .split(/\s+/)
      .filter(Boolean)
      .map((issuer) => ({ issuer }));
  }
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw launchError('invalid-issuers');
  }
  if (!Array.isArray(list) || !list.every(isAllowedIssuer)) {
    throw launchError('invalid-issuers');
  }
  return list;
}

/**
 * The options for the server that `iss` names, from among those that the page allows (SMART-17). Nothing but the choice
 * comes from the address.
 *
 * @returns undefined where it is not one of them.
 */
export function optionsForIssuer(
  options: ClientOptions,
  issuers: readonly AllowedIssuer[],
  { issuer }: Launch,
): ClientOptions | undefined {
  const allowed = issuers.find((one) => withoutSlash(one.issuer) === withoutSlash(issuer));
  // What the page says of one server is not true of another: where to sign in, and that nobody has to.
  const { configUrl, configuration, allowUnprotected, ...common } = options;
  const isOfPage = withoutSlash(options.fhirBase.trim()) === withoutSlash(issuer);
  return (
    allowed && {
      ...common,
      ...(isOfPage && {
        configuration,
        ...(configUrl !== undefined && { configUrl }),
        ...(allowUnprotected !== undefined && { allowUnprotected }),
      }),
      ...(allowed.configUrl !== undefined && { configUrl: allowed.configUrl, configuration: undefined }),
      // SMART-26: as the EHR wrote it.
      fhirBase: issuer,
      clientId: allowed.clientId ?? options.clientId,
      scope: allowed.scope ?? options.scope,
    }
  );
}

/** What to say of an `iss` that is not allowed. The address is anyone's: only its host is repeated. */
export function issuerNotAllowed({ issuer }: Launch): ReturnType<typeof launchError> {
  return launchError('issuer-not-allowed', { values: { host: URL.canParse(issuer) ? hostOf(issuer) : '…' } });
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

function isAllowedIssuer(value: unknown): value is AllowedIssuer {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { issuer, clientId, scope, configUrl }: Partial<Record<keyof AllowedIssuer, unknown>> = value;
  return typeof issuer === 'string' && [clientId, scope, configUrl].every(isTextOrAbsent);
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
