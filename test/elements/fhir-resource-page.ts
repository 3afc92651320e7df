import { ContextProvider } from '@lit/context';

import '../../src/elements/fhir-resource/fhir-resource.js';
import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import type { Snapshot } from '../../src/session/session.js';
import { sessionContext } from '../../src/ui/session-context.js';
import { HandMadeFetch } from '../fhir/answers.js';
import { settled } from '../support/settled.js';

const common = { fhirBase: 'https://ehr.example/fhir', warnings: [] };
const context = { patient: '1', needPatientBanner: true, extra: {} };
const declared = {
  source: 'smart-configuration',
  authorizationEndpoint: 'https://ehr.example/authorize',
  tokenEndpoint: 'https://ehr.example/token',
  capabilities: [],
  issParameterSupported: false,
  associatedEndpoints: [],
} as const;
const nothing = async (): Promise<void> => undefined;

/** Snapshots of a session, by hand. */
export const snapshots = {
  starting: (id = 's'): Snapshot => ({ ...common, id, status: 'starting' }),
  signedOut: (id = 's'): Snapshot => ({
    ...common,
    id,
    status: 'signed-out',
    reason: 'initial',
    signIn: nothing,
  }),
  authorizing: (id = 's'): Snapshot => ({
    ...common,
    id,
    status: 'authorizing',
    isReplacing: false,
    signInUrl: undefined,
    cancel: () => undefined,
  }),
  exchanging: (id = 's'): Snapshot => ({ ...common, id, status: 'exchanging' }),
  expired: (id = 's'): Snapshot => ({
    ...common,
    id,
    status: 'expired',
    recovery: 'sign-in',
    context,
    signIn: nothing,
    signOut: nothing,
  }),
  signedIn: (
    server: HandMadeFetch,
    id = 's',
    missingScopes: readonly string[] = [],
    associatedEndpoints: readonly string[] = [],
  ): Snapshot => ({
    ...common,
    id,
    status: 'signed-in',
    expiresAt: undefined,
    refreshable: false,
    refreshing: false,
    ending: undefined,
    idleLimit: 3_600_000,
    recovery: 'sign-in',
    scopes: [],
    missingScopes,
    context,
    server: { ...declared, associatedEndpoints },
    user: undefined,
    fetch: server.fetch,
    refresh: nothing,
    extend: nothing,
    signInAgain: nothing,
    introspect: () => Promise.reject(new Error('Nobody asks here.')),
    signOut: nothing,
  }),
};

/** A page with a session that a test moves along, as `<smart-auth>` would. */
export class Page {
  readonly root: HTMLElement = document.createElement('main');
  readonly server: HandMadeFetch = new HandMadeFetch();
  readonly #provider: ContextProvider<typeof sessionContext, HTMLElement>;

  constructor(snapshot: Snapshot = snapshots.starting()) {
    this.#provider = new ContextProvider(this.root, { context: sessionContext, initialValue: snapshot });
    document.body.append(this.root);
  }

  session(snapshot: Snapshot): void {
    this.#provider.setValue(snapshot);
  }

  signIn(id = 's'): void {
    this.session(snapshots.signedIn(this.server, id));
  }

  add(src: string): FhirResourceElement {
    const element = document.createElement('fhir-resource');
    element.lang = 'en-GB';
    element.setAttribute('src', src);
    this.root.append(element);
    return element;
  }

  /** Takes the page away, and waits until its elements have let go of the session. */
  async remove(): Promise<void> {
    this.root.remove();
    await settled();
  }
}

/** The states that an element has now. */
export function statesOf(element: Element): readonly string[] {
  const all = 'signed-out loading ready empty partial stale denied not-found gone error refused'.split(' ');
  return all.filter((state) => element.matches(`:state(${state})`));
}

export function wordsOf(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Answers what is asked now, and lets the page show it. */
export async function respond(page: Page, make: (url: string) => Response): Promise<void> {
  await settled();
  page.server.answerAll(make);
  await settled();
}
