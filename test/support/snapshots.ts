import { ContextProvider } from '@lit/context';

import { discoveryError } from '../../src/core/errors/discovery.js';
import { createSnapshot, type SnapshotActions, type SnapshotParts } from '../../src/session/snapshots.js';
import type { SessionStatus, Snapshot } from '../../src/session/session.js';
import { sessionContext } from '../../src/ui/session-context.js';

export const statuses: readonly SessionStatus[] = [
  'starting',
  'signed-out',
  'authorizing',
  'exchanging',
  'signed-in',
  'expired',
  'unprotected',
  'unavailable',
];

/** What was done through a snapshot. */
export interface Doings extends SnapshotActions {
  readonly done: string[];
}

export function doings(): Doings {
  const done: string[] = [];
  const note = (name: string) => async (): Promise<void> => {
    done.push(name);
  };
  return {
    done,
    signIn: note('signIn'),
    signOut: note('signOut'),
    refresh: note('refresh'),
    extend: note('extend'),
    signInAgain: note('signInAgain'),
    introspect: () => Promise.reject(new Error('Nobody asks here.')),
    fetch: async () => new Response('{}'),
    cancel: () => void done.push('cancel'),
    retry: () => void done.push('retry'),
  };
}

/** A snapshot as the session makes them. */
export function snapshot(
  status: SessionStatus,
  changes: Partial<Omit<SnapshotParts, 'credentials'>> & { credentials?: object } = {},
  actions: SnapshotActions = doings(),
): Snapshot {
  const credentials = {
    accessToken: 'a-token',
    refreshToken: 'another-token',
    obtainedAt: Date.now(),
    beganAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
    askedScopes: ['patient/Patient.rs'],
    grantedScopes: ['patient/Patient.rs'],
    warnings: [],
    context: { patient: 'maria', needPatientBanner: true, extra: {} },
    user: { subject: 's', name: 'Maria Silva', signature: 'verified' },
    configuration: {},
    ...changes.credentials,
  } as unknown as NonNullable<SnapshotParts['credentials']>;
  return createSnapshot(
    status,
    {
      id: 'one',
      fhirBase: 'https://ehr.example/fhir',
      error: status === 'unavailable' ? discoveryError('not-found') : undefined,
      advice: [],
      reason: 'initial',
      refreshing: false,
      ending: undefined,
      idleLimitMs: 12 * 3_600_000,
      isReplacing: false,
      signInUrl: undefined,
      ...changes,
      credentials,
    },
    actions,
  );
}

/** An element that provides a session to those within. */
export function provider(value: Snapshot): { element: HTMLElement; set: (next: Snapshot) => void } {
  const element = document.createElement('div');
  const context = new ContextProvider(element, { context: sessionContext, initialValue: value });
  return {
    element,
    set: (next) => {
      context.setValue(next);
    },
  };
}
