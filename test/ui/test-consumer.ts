import { ContextProvider } from '@lit/context';
import { LitElement } from 'lit';

import type { Snapshot } from '../../src/session/session.js';
import { sessionContext } from '../../src/ui/session-context.js';
import { SessionController } from '../../src/ui/session-controller.js';
import { snapshot } from '../support/snapshots.js';

/** The least that can use a session. */
export class TestConsumer extends LitElement {
  static override properties = { htmlFor: { attribute: 'for' } };
  declare htmlFor: string;
  readonly session: SessionController;
  updates = 0;

  constructor() {
    super();
    this.htmlFor = '';
    this.session = new SessionController(this);
  }

  protected override updated(): void {
    this.updates++;
  }

  get says(): string {
    return this.session.snapshot?.status ?? this.session.problem?.code ?? 'nothing';
  }
}
customElements.define('test-consumer', TestConsumer);

export function consumer(htmlFor = ''): TestConsumer {
  const element = new TestConsumer();
  element.htmlFor = htmlFor;
  return element;
}

/** The least that can provide one, and says that it has none once it is off the page, as `<smart-auth>` does. */
export class TestProvider extends LitElement {
  readonly #context = new ContextProvider(this, {
    context: sessionContext,
    initialValue: snapshot('starting'),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.set(snapshot('starting'));
  }

  set(next: Snapshot): void {
    this.#context.setValue(next);
  }
}

/** Lets a move be noticed, which takes a microtask, and the update that follows. */
export async function settled(element: TestConsumer): Promise<void> {
  await Promise.resolve();
  await element.updateComplete;
}
