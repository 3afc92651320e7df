import { ContextProvider } from '@lit/context';

import '../../src/elements/fhir-resource/fhir-resource.js';
import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import type { OAuthSession } from '../../src/session/oauth-session.js';
import { sessionContext } from '../../src/ui/session-context.js';
import { settled } from '../support/settled.js';

/** A page whose elements use a session that has truly signed in, with its guard and its tokens. */
export class PageOfSession {
  readonly root: HTMLElement = document.createElement('main');
  readonly #session: OAuthSession;
  readonly #end: () => void;

  constructor(session: OAuthSession) {
    const provider = new ContextProvider(this.root, {
      context: sessionContext,
      initialValue: session.snapshot,
    });
    this.#session = session;
    this.#end = session.subscribe((snapshot) => {
      provider.setValue(snapshot);
    });
    document.body.append(this.root);
  }

  /** Shows what `src` names, until there is nothing more to wait for. */
  async show(src: string): Promise<FhirResourceElement> {
    const element = document.createElement('fhir-resource');
    element.lang = 'en-GB';
    element.setAttribute('src', src);
    this.root.append(element);
    await settled();
    await element.updateComplete;
    return element;
  }

  async remove(): Promise<void> {
    this.#end();
    this.#session.stop();
    this.root.remove();
    await settled();
  }
}
