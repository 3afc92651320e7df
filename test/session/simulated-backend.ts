import { BackendSession, type BackendOptions } from '../../src/session/backend-session.js';
import type { Snapshot } from '../../src/session/session.js';
import { settled } from '../support/settled.js';
import type { SimulatedBrowser, SimulatedTab } from '../support/simulated-host.js';
import { json } from '../support/simulated-server.js';

export const siteUrl = 'https://portal.example/chart?tab=labs#latest';
export const fhirBase = 'https://ehr.example/fhir/R4';

/** One request that a backend has seen. */
export interface SeenByBackend {
  readonly method: string;
  /** Below the backend, with its query. */
  readonly path: string;
  readonly init: RequestInit;
  readonly session: string | null;
}

/** A problem of the backend itself. */
export function problem(status: number, code: string): Response {
  return json({ title: 'A problem', status, code }, status, { 'content-type': 'application/problem+json' });
}

/** Somebody who is signed in, as a backend says it. */
export function someone(more: object = {}): object {
  return {
    status: 'signed-in',
    id: 'session-1',
    fhir_base: fhirBase,
    scope: 'launch/patient patient/Patient.rs',
    asked_scope: 'launch/patient patient/Patient.rs patient/Observation.rs',
    context: { patient: 'maria', need_patient_banner: true, intent: 'review' },
    user: { sub: 'riverside:maria', name: 'Maria Silva', fhirUser: 'Patient/maria' },
    refreshable: true,
    idle_limit: 900,
    ending: { cause: 'idle', in: 900, extendable: true },
    ...more,
  };
}

export const nobody: object = { status: 'signed-out', fhir_base: fhirBase };

/** A backend in a function: what it says can be changed answer by answer. */
export class SimulatedBackend {
  readonly seen: SeenByBackend[] = [];
  session: () => Response | Promise<Response> = () => json(someone());
  refresh: () => Response | Promise<Response> = () => json(someone());
  signOut: () => Response | Promise<Response> = () => new Response(null, { status: 204 });
  fhir: () => Response | Promise<Response> = () => json({ resourceType: 'Patient', id: 'maria' });

  /** The paths that were asked, with their methods. */
  get asked(): readonly string[] {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }

  count(path: string): number {
    return this.seen.filter((request) => request.path === path).length;
  }

  /** Answers nothing, as where the network is away. */
  vanish(): void {
    const away = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
    Object.assign(this, { session: away, refresh: away, signOut: away, fhir: away });
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    init.signal?.throwIfAborted();
    const path = url.pathname.replace(/^\/smart\//, '') + url.search;
    const session = new Headers(init.headers).get('smart-session');
    this.seen.push({ method: init.method ?? 'GET', path, init, session });
    const answers: Readonly<Record<string, () => Response | Promise<Response>>> = {
      session: this.session,
      refresh: this.refresh,
      'sign-out': this.signOut,
    };
    const response = await (answers[path] ?? this.fhir)();
    init.signal?.throwIfAborted();
    return response;
  };
}

/** A page with a backend. */
export interface AtBackend {
  readonly tab: SimulatedTab;
  readonly session: BackendSession;
}

/** Opens a page in a tab of its own, or loads it again in one that there is. */
export async function startAt(
  backend: SimulatedBackend,
  browser: SimulatedBrowser,
  options: Partial<BackendOptions> = {},
  tab: SimulatedTab = browser.openTab(siteUrl, backend.fetch),
): Promise<AtBackend> {
  const session = new BackendSession({ backend: '/smart', ...options }, tab);
  await session.start();
  await settled();
  return { tab, session };
}

/** The reason why nobody is signed in; otherwise the status. */
export function whereIs({ snapshot }: { readonly snapshot: Snapshot }): string {
  return snapshot.status === 'signed-out' ? `signed-out: ${snapshot.reason}` : snapshot.status;
}
