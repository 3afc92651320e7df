import { isJsonObject } from './json-object.js';
import type { LaunchContext } from './launch-context.js';
import { isSecureUrl } from './secure-url.js';
import type { ServerConfiguration } from './server-configuration.js';

/**
 * The places beside the FHIR base that a token is for, because the server itself says so: its `associated_endpoints`
 * (SMART-11), and the `locations` of the `authorization_details` that came with the token (SMART-56, RFC 9396).
 */
export function declaredPlaces(
  { associatedEndpoints }: ServerConfiguration,
  { extra }: LaunchContext,
): readonly string[] {
  const details = extra['authorization_details'];
  const locations = (Array.isArray(details) ? details.filter(isJsonObject) : [])
    .filter(({ type }) => type === 'smart_on_fhir')
    .flatMap((detail) => detail['locations'] ?? [])
    .filter((url) => typeof url === 'string');
  return [
    ...associatedEndpoints,
    ...locations.filter((url) => URL.canParse(url) && isSecureUrl(new URL(url))),
  ];
}
