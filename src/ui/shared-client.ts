import { FhirClient } from '../fhir/fhir-client.js';
import type { SignedInSnapshot, UnprotectedSnapshot } from '../session/session.js';
import { declaredPlaces } from '../smart/declared-places.js';

/** A snapshot with which records can be read. */
export type UsableSnapshot = SignedInSnapshot | UnprotectedSnapshot;

interface SharedClient {
  readonly client: FhirClient;
  readonly users: Set<object>;
}

/** By session id: sessions never share an answer. */
const clients = new Map<string, SharedClient>();

/** The places beside the FHIR base that the server of a session has named. */
export function placesOf(snapshot: UsableSnapshot): readonly string[] {
  return snapshot.status === 'signed-in' ? declaredPlaces(snapshot.server, snapshot.context) : [];
}

/** The one client of a session, for every element that uses it. Whoever takes it lets it go with {@link releaseClient}. */
export function shareClient(snapshot: UsableSnapshot, user: object): FhirClient {
  let shared = clients.get(snapshot.id);
  if (!shared) {
    const client = new FhirClient({
      fetch: (url, init) => snapshot.fetch(url, init),
      base: snapshot.fhirBase,
      ...(snapshot.status === 'signed-in' && {
        patient: snapshot.context.patient,
        scopes: snapshot.scopes,
      }),
      places: placesOf(snapshot),
    });
    shared = { client, users: new Set() };
    clients.set(snapshot.id, shared);
  }
  shared.users.add(user);
  return shared.client;
}

/** With its last user the client goes, and with it everything that it read. */
export function releaseClient(sessionId: string, user: object): void {
  const shared = clients.get(sessionId);
  if (shared?.users.delete(user) && shared.users.size === 0) {
    clients.delete(sessionId);
    shared.client.close();
  }
}
