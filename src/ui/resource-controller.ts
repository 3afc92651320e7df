import { initialState, Task, TaskStatus } from '@lit/task';
import type { ReactiveController } from 'lit';

import { fhirError } from '../core/errors/fhir.js';
import { sessionError } from '../core/errors/session.js';
import { scopeError } from '../core/errors/scope.js';
import { SmartError } from '../core/smart-error.js';
import type { FhirClient, ReadOptions } from '../fhir/fhir-client.js';
import { textIn, type FhirResource } from '../fhir/resource.js';
import { expandSource, launchVariables } from '../fhir/source-template.js';
import type { Snapshot } from '../session/session.js';
import { missingScopes, splitScope } from '../smart/scope.js';
import type { DataState } from './data-state.js';
import type { AttachmentSource } from './attachment-source.js';
import type { ReadReference } from './opened-references.js';
import { leavesLastShown, stateOfError } from './outcome-state.js';
import type { SearchResults } from './search-results.js';
import { Sighting } from './sighting.js';
import { SessionController, type SessionConsumer } from './session-controller.js';
import { placesOf, releaseClient, shareClient, type UsableSnapshot } from './shared-client.js';

/** What there is to show. */
export interface Outcome {
  readonly state: DataState;
  readonly resource?: FhirResource | undefined;
  readonly error?: SmartError | undefined;
  /** When the server answered, in ms since the epoch. */
  readonly readAt?: number | undefined;
  /** Whether the server is being asked now. */
  readonly busy?: boolean;
  /** When a busy server is asked again, in ms since the epoch. */
  readonly busyUntil?: number | undefined;
  /** Of a search: how to go on. */
  readonly results?: SearchResults | undefined;
}

interface Reading {
  readonly sessionId: string;
  readonly src: string;
  readonly resource: FhirResource;
  readonly readAt: number;
  readonly results: SearchResults | undefined;
  /** Of a Bundle: what there is of what was asked for. */
  readonly stateOf: ((bundle: FhirResource) => DataState) | undefined;
}

/** What an element wants to be read. */
export interface Wanted {
  /** What to read now; an empty text where there is nothing to ask a server for. */
  readonly source: string;
  /** The scopes without which the server is not asked at all. */
  readonly requiredScope: string;
  /** How long the server may take, in ms; undefined where the element does not say. */
  readonly timeout: number | undefined;
}

/**
 * Reads what an element's `src` names, with the session that the element is in.
 *
 * It asks in the very update in which the session becomes usable, again when session or `src` change, and not when the
 * element is merely moved. What was read with one session is never told under another.
 */
export class ResourceController implements ReactiveController {
  readonly #host: SessionConsumer;
  readonly #wanted: () => Wanted;
  readonly #session: SessionController;
  readonly #task: Task<readonly [sessionId: string | undefined, src: string, scope: string], FhirResource>;
  #last: Reading | undefined;
  #clientOf: string | undefined;
  #reload = false;
  #ownError: SmartError | undefined;
  readonly #sighting: Sighting;
  /** Lets what is being read go before what nobody sees. */
  #hurry: (() => Promise<unknown>) | undefined;
  #busyUntil: number | undefined;
  #attachments: (AttachmentSource & { readonly sessionId: string }) | undefined;

  constructor(host: SessionConsumer, wanted: () => Wanted) {
    this.#host = host;
    this.#wanted = wanted;
    // The order counts: the task is to find the session of this very update.
    this.#session = new SessionController(host);
    this.#sighting = new Sighting(host, () => {
      this.#hurry?.().catch(() => undefined);
    });
    host.addController(this);
    this.#task = new Task(host, {
      args: () => {
        const { source, requiredScope } = wanted();
        return [usable(this.#session.snapshot)?.id, source, requiredScope] as const;
      },
      task: async ([, src], { signal }) => {
        const snapshot = usable(this.#session.snapshot);
        return snapshot && src ? await this.#read(snapshot, src, signal) : initialState;
      },
    });
  }

  get snapshot(): Snapshot | undefined {
    return this.#session.snapshot;
  }

  hostUpdate(): void {
    const { snapshot } = this;
    const usableId = usable(snapshot)?.id;
    if (this.#clientOf !== undefined && this.#clientOf !== usableId) {
      releaseClient(this.#clientOf, this);
      this.#clientOf = undefined;
    }
    const mayStay = usableId !== undefined || snapshot?.status === 'expired';
    if (
      this.#last &&
      !(mayStay && this.#last.sessionId === snapshot?.id && this.#last.src === this.#wanted().source)
    ) {
      this.#forget();
    }
  }

  /** The id of the session whose records may be on the page; undefined where none may. */
  get readingSession(): string | undefined {
    const { snapshot } = this;
    return usable(snapshot)?.id ?? (snapshot?.status === 'expired' ? snapshot.id : undefined);
  }

  /** Finds what a reference leads to, on behalf of the element; undefined where there is no session for it. */
  get reader(): ReadReference | undefined {
    const snapshot = usable(this.snapshot);
    return snapshot && ((reference, options) => this.#clientOfSession(snapshot).resolve(reference, options));
  }

  /** Where the content of attachments is asked for: the same object for as long as the session is the same. */
  get attachments(): AttachmentSource | undefined {
    const snapshot = usable(this.snapshot);
    if (this.#attachments?.sessionId !== snapshot?.id) {
      this.#attachments = snapshot && {
        sessionId: snapshot.id,
        base: snapshot.fhirBase,
        places: placesOf(snapshot),
        fetch: (url, init) => snapshot.fetch(url, { ...init, cache: 'no-store' }),
      };
    }
    return this.#attachments;
  }

  /** Asks the server again. Resolves when it has answered, however. */
  async reload(): Promise<void> {
    this.#reload = true;
    await this.#task.run();
  }

  get outcome(): Outcome {
    const { snapshot, problem } = this.#session;
    switch (snapshot?.status) {
      case undefined:
        return problem ? { state: 'error', error: this.#once(problem) } : { state: 'loading' };
      case 'starting':
      case 'exchanging':
        return { state: 'loading' };
      case 'signed-out':
      case 'authorizing':
        return { state: 'signed-out' };
      case 'unavailable':
        return { state: 'error', error: snapshot.error };
      case 'expired':
        return {
          ...(this.#last && shownOf(this.#last)),
          state: this.#last ? 'stale' : 'signed-out',
          error: this.#once(sessionError('expired')),
        };
      case 'signed-in':
      case 'unprotected':
        return this.#outcomeOfTask();
    }
  }

  #outcomeOfTask(): Outcome {
    if (!this.#wanted().source) {
      return {
        state: 'error',
        error: this.#once(fhirError('invalid-source', { values: { value: '' } })),
      };
    }
    const last = this.#last;
    const { status, error } = this.#task;
    if (status === TaskStatus.ERROR && SmartError.is(error)) {
      return last ? { ...shownOf(last), state: 'stale', error } : { state: stateOfError(error), error };
    }
    const busy = status !== TaskStatus.COMPLETE;
    const busyUntil = busy ? this.#busyUntil : undefined;
    if (!last) {
      return { state: 'loading', busy, busyUntil };
    }
    const shown = shownOf(last);
    const { resource, stateOf } = shown;
    const state = resource.resourceType === 'Bundle' ? (stateOf?.(resource) ?? 'partial') : 'ready';
    return { ...shown, state, busy, busyUntil };
  }

  /** The same error again where it has been told before: whoever compares sees nothing new. */
  #once(error: SmartError): SmartError {
    this.#ownError = this.#ownError?.code === error.code ? this.#ownError : error;
    return this.#ownError;
  }

  async #read(snapshot: UsableSnapshot, src: string, signal: AbortSignal): Promise<FhirResource> {
    const reload = this.#reload;
    this.#reload = false;
    const isSignedIn = snapshot.status === 'signed-in';
    const missing = isSignedIn
      ? missingScopes(splitScope(this.#wanted().requiredScope), snapshot.scopes)
      : [];
    if (missing.length > 0) {
      throw scopeError('missing', { values: { value: missing.join(' ') } });
    }
    const variables = isSignedIn ? launchVariables(snapshot.context, snapshot.user) : launchVariables();
    const source = expandSource(src, variables);
    const client = this.#clientOfSession(snapshot);
    const priority = this.#sighting.isSeen ? 'visible' : 'hidden';
    const { timeout } = this.#wanted();
    const options: ReadOptions = { signal, priority, timeout, onBusy: this.#onBusy };
    // What is asked for again, when the element comes into view, is what is under way.
    const hurry = (this.#hurry = () => client.read(source, { signal, priority: 'visible' }));
    const resource = await client
      .read(source, { ...options, reload })
      .catch((error: unknown) => {
        if (SmartError.is(error) && !leavesLastShown(error)) {
          this.#forget();
        }
        throw error;
      })
      .finally(() => {
        if (this.#hurry === hurry) {
          this.#hurry = undefined;
          this.#busyUntil = undefined;
        }
      });
    // Where that cannot be loaded, the first page is shown alone, and as a part.
    const part =
      resource.resourceType === 'Bundle'
        ? await import('./search-results.js').catch(() => undefined)
        : undefined;
    const results = isSearch(resource)
      ? await part?.beginSearch(this.#host, client, source, { timeout }).catch(() => undefined)
      : undefined;
    if (signal.aborted) {
      results?.close();
    }
    // Only the latest run speaks: an earlier one was aborted.
    signal.throwIfAborted();
    this.#forget();
    const stateOf = part?.stateOfBundle;
    this.#last = { sessionId: snapshot.id, src, resource, readAt: Date.now(), results, stateOf };
    return resource;
  }

  readonly #onBusy = (ms: number): void => {
    this.#busyUntil = Date.now() + ms;
    this.#host.requestUpdate();
  };

  #forget(): void {
    this.#last?.results?.close();
    this.#last = undefined;
  }

  #clientOfSession(snapshot: UsableSnapshot): FhirClient {
    this.#clientOf = snapshot.id;
    return shareClient(snapshot, this);
  }
}

function usable(snapshot: Snapshot | undefined): UsableSnapshot | undefined {
  return snapshot?.status === 'signed-in' || snapshot?.status === 'unprotected' ? snapshot : undefined;
}

/** What there is to show of what was read: of a search, also what was loaded since. */
function shownOf({ resource, ...reading }: Reading): Reading {
  return { ...reading, resource: reading.results?.bundle ?? resource };
}

/** Whether it is the first page of several, or may be. */
function isSearch(resource: FhirResource): boolean {
  const type = textIn(resource, 'type');
  return resource.resourceType === 'Bundle' && (type === 'searchset' || type === 'history');
}
