import { isJsonObject, type JsonObject, type JsonValue } from './json-object.js';

const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';

/** The parts of the `oauth-uris` extension, by the name that the same thing has in smart-configuration. */
const memberOf = new Map([
  ['authorize', 'authorization_endpoint'],
  ['token', 'token_endpoint'],
  ['revoke', 'revocation_endpoint'],
  ['introspect', 'introspection_endpoint'],
  ['manage', 'management_endpoint'],
  ['register', 'registration_endpoint'],
]);

/**
 * Gathers the endpoints that a CapabilityStatement (or a DSTU2 Conformance) names in its `oauth-uris` extensions.
 *
 * SMART-5: every `rest` that is a server's is looked at, not the first alone.
 *
 * @returns the members as smart-configuration names them; undefined where there is no such extension.
 */
export function readOAuthUris(statement: JsonObject): JsonObject | undefined {
  const members: Record<string, JsonValue> = {};
  for (const rest of objects(statement['rest'])) {
    if (rest['mode'] === 'client') {
      continue;
    }
    const security = isJsonObject(rest['security']) ? rest['security'] : {};
    for (const extension of objects(security['extension'])) {
      for (const part of extension['url'] === oauthUris ? objects(extension['extension']) : []) {
        const name = part['url'];
        const member = typeof name === 'string' ? memberOf.get(name) : undefined;
        if (member !== undefined) {
          members[member] ??= part['valueUri'] ?? null;
        }
      }
    }
  }
  return Object.keys(members).length > 0 ? members : undefined;
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
